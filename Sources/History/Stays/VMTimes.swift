package import Inventory

/// Where a VM was and whether it ran: its spans laid over each other.
package struct VMTimes: Sendable {
  private var residency: [Span<ObjectID>]
  private var power: [Span<PowerState>]
  private let cluster: [Span<ObjectID>]
  private let absences: [Range<Instant>]
  /// Moments that are known although the time after them is not: until it is cut off again each counts as a microsecond.
  private var moments: Set<Instant> = []

  /// - Parameter absences: when it was not there, whatever the spans carry on.
  package init(
    residency: [Span<ObjectID>], power: [Span<PowerState>], cluster: [Span<ObjectID>], absences: [Range<Instant>] = []
  ) {
    (self.residency, self.power, self.cluster, self.absences) = (residency, power, cluster, absences)
  }

  /// Takes what an inventory saw at its moment where the time after it is not known, since the next one differs.
  package mutating func addSighting(of host: ObjectID?, _ power: PowerState?, at moment: Instant) {
    moments.insert(moment)
    residency = Self.seen(host, at: moment, in: residency)
    self.power = Self.seen(power, at: moment, in: self.power)
  }

  private static func seen<Value>(_ value: Value?, at moment: Instant, in spans: [Span<Value>]) -> [Span<Value>] {
    let index = spans.firstIndex { $0.value == nil && $0.from <= moment && moment < $0.to }
    guard let value, let index else { return spans }
    var spans = spans
    let (span, next) = (spans[index], moment.justAfter)
    let before = Span(from: span.from, to: moment, value: Value?.none, grade: .unknown, began: span.began, ended: nil)
    let known = Span(from: moment, to: next, value: value, grade: .proven, began: nil, ended: nil)
    let rest = Span(from: next, to: span.to, value: Value?.none, grade: .unknown, began: nil, ended: span.ended)
    spans.replaceSubrange(index...index, with: [before, known, rest].filter { $0.from < $0.to })
    return spans
  }

  /// Its stays between two moments, both included; one that begins at the last moment has no length.
  /// - Parameter hosts: what is known of the hosts that it was on.
  package func stays(from: Instant, to: Instant, hosts: [ObjectID: HostTimes]) -> [RunStay] {
    guard from <= to else { return [] }
    // The last moment counts as long as a microsecond, until it is cut off again.
    let end = to.justAfter
    var stays: [RunStay] = []
    let cuts = cuts(hosts).filter { from < $0 && $0 < end }.sorted()
    for (begin, next) in zip([from] + cuts, cuts + [end]) where begin < next {
      let isMoment = moments.contains(begin) && next == begin.justAfter
      let first = moments.contains(begin.justBefore) ? begin.justBefore : begin
      guard var stay = stay(begin, hosts) else { continue }
      (stay.from, stay.to, stay.last) = (first, isMoment ? begin : min(next, to), next.justBefore)
      stay.provenSeconds = stay.grade == .proven ? stay.seconds : 0
      Self.append(stay, to: &stays)
    }
    return stays
  }

  /// Every moment at which something may change.
  private func cuts(_ hosts: [ObjectID: HostTimes]) -> Set<Instant> {
    var cuts = Set(residency.flatMap { [$0.from, $0.to] } + power.flatMap { [$0.from, $0.to] })
    cuts.formUnion(cluster.flatMap { [$0.from, $0.to] })
    cuts.formUnion(absences.flatMap { [$0.lowerBound, $0.upperBound] })
    for host in Set(residency.compactMap(\.value)) {
      guard let times = hosts[host] else { continue }
      cuts.formUnion(times.cluster.flatMap { [$0.from, $0.to] })
    }
    return cuts
  }

  /// What was so from a moment on, until something changes; nil where the VM was not there.
  private func stay(_ from: Instant, _ hosts: [ObjectID: HostTimes]) -> RunStay? {
    guard !absences.contains(where: { $0.contains(from) }) else { return nil }
    let (place, power, own) = (span(at: from, in: residency), span(at: from, in: power), span(at: from, in: cluster))
    guard place != nil || power != nil || own != nil else { return nil }
    let times = place?.value.flatMap { hosts[$0] }
    let isRunning = power?.value.map { $0 == .on }
    let hostCluster = times.flatMap { span(at: from, in: $0.cluster)?.value }
    var grade = place?.value == nil ? Grade.unknown : place?.grade ?? .unknown
    if isRunning != nil, let power { grade = Self.weaker(grade, power.grade) }
    return RunStay(
      from: from, to: from, last: from, host: place?.value,
      cluster: hostCluster ?? own?.value, isRunning: isRunning, grade: grade, provenSeconds: 0)
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
