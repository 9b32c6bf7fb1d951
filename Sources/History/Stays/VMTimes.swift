package import Inventory

/// Where a VM was and whether it ran: its spans laid over each other.
package struct VMTimes: Sendable {
  private let residency: [Span<ObjectID>]
  private let power: [Span<PowerState>]
  private let cluster: [Span<ObjectID>]

  package init(residency: [Span<ObjectID>], power: [Span<PowerState>], cluster: [Span<ObjectID>]) {
    (self.residency, self.power, self.cluster) = (residency, power, cluster)
  }

  /// Its stays between two moments, both included; one that begins at the last moment has no length.
  /// - Parameter hosts: what is known of the hosts that it was on.
  package func stays(from: Instant, to: Instant, hosts: [ObjectID: HostTimes]) -> [RunStay] {
    guard from <= to else { return [] }
    // The last moment counts as long as a microsecond, until it is cut off again.
    let end = Instant(microseconds: to.microseconds + 1)
    var stays: [RunStay] = []
    let cuts = cuts(hosts).filter { from < $0 && $0 < end }.sorted()
    for (begin, next) in zip([from] + cuts, cuts + [end]) where begin < next {
      guard let stay = stay(begin, min(next, to), last: next.justBefore, hosts) else { continue }
      Self.append(stay, to: &stays)
    }
    return stays
  }

  /// Every moment at which something may change.
  private func cuts(_ hosts: [ObjectID: HostTimes]) -> Set<Instant> {
    var cuts = Set(residency.flatMap { [$0.from, $0.to] } + power.flatMap { [$0.from, $0.to] })
    cuts.formUnion(cluster.flatMap { [$0.from, $0.to] })
    for host in Set(residency.compactMap(\.value)) {
      guard let times = hosts[host] else { continue }
      cuts.formUnion(times.cluster.flatMap { [$0.from, $0.to] })
      cuts.formUnion(times.availability.flatMap { [$0.from, $0.to] })
    }
    return cuts
  }

  /// What was so from one moment to another, between which nothing changed; nil where the VM was not there.
  private func stay(_ from: Instant, _ to: Instant, last: Instant, _ hosts: [ObjectID: HostTimes]) -> RunStay? {
    let (place, power, own) = (span(at: from, in: residency), span(at: from, in: power), span(at: from, in: cluster))
    guard place != nil || power != nil || own != nil else { return nil }
    let times = place?.value.flatMap { hosts[$0] }
    let state = times.flatMap { span(at: from, in: $0.availability) }
    let isInTrouble = state?.value.map { $0.severity > 0 } ?? false
    // A VM that was last seen running on a host in trouble may have died with it.
    let isDoubtful = isInTrouble && power?.value == .on && (power?.from ?? from) <= (state?.from ?? from)
    let isRunning = isDoubtful ? nil : power?.value.map { $0 == .on }
    var grade = place?.value == nil ? Grade.unknown : place?.grade ?? .unknown
    if isRunning != nil, let power { grade = Self.weaker(grade, power.grade) }
    return RunStay(
      from: from, to: to, last: last, host: place?.value,
      cluster: times.flatMap { span(at: from, in: $0.cluster)?.value } ?? own?.value, isRunning: isRunning, grade: grade,
      provenSeconds: grade == .proven ? to.seconds(since: from) : 0)
  }

  private static func append(_ stay: RunStay, to stays: inout [RunStay]) {
    guard let last = stays.last, last.to == stay.from, last.host == stay.host, last.cluster == stay.cluster,
      last.isRunning == stay.isRunning
    else {
      stays.append(stay)
      return
    }
    (stays[stays.count - 1].to, stays[stays.count - 1].last) = (stay.to, stay.last)
    stays[stays.count - 1].provenSeconds += stay.provenSeconds
    // The last moment of all has no length: it does not weaken what leads up to it.
    if stay.from < stay.to { stays[stays.count - 1].grade = weaker(last.grade, stay.grade) }
  }

  private static func weaker(_ one: Grade, _ other: Grade) -> Grade {
    let order: [Grade] = [.unknown, .inferred, .text, .proven]
    return order.first { $0 == one || $0 == other } ?? .unknown
  }
}
