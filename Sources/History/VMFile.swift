package import Inventory

/// What the ledger holds of one virtual machine, as an incident needs it.
package struct VMFile: Sendable {
  package let id: ObjectID
  package let residency: [Span<ObjectID>]
  package let power: [Span<PowerState>]
  package let cluster: [Span<ObjectID>]
  /// Whether HA guarded the VM (`true`, `false`), where that is recorded.
  package let isProtected: [Span<String>]
  /// Its own restart priority, where one is set: `disabled`, `low` … or `clusterRestartPriority`.
  package let restartPriority: [Span<String>]
  /// The VM's records from the first failure on, in order.
  package let records: [Record]
  /// The times of which it holds everything: at outages before and after, the VM is no matter.
  package let known: ClosedRange<Instant>

  package init(
    id: ObjectID, residency: [Span<ObjectID>], power: [Span<PowerState>], cluster: [Span<ObjectID>],
    isProtected: [Span<String>], restartPriority: [Span<String>], records: [Record],
    known: ClosedRange<Instant> = .distantPast ... .distantFuture
  ) {
    self.id = id
    self.residency = residency
    self.power = power
    self.cluster = cluster
    self.isProtected = isProtected
    self.restartPriority = restartPriority
    self.records = records.sorted()
    self.known = known
  }

  /// The records from a moment on, and before another.
  func records(from begin: Instant, before end: Instant) -> ArraySlice<Record> {
    let low = records.firstPlace { $0.at >= begin }
    return records[low..<max(low, records.firstPlace { $0.at >= end })]
  }

  /// The stretches of known time in which nothing shows its place, each without its first moment.
  var gaps: [(after: Instant, through: Instant)] {
    var gaps: [(after: Instant, through: Instant)] = []
    var begin = known.lowerBound == .distantPast ? known.lowerBound : known.lowerBound.justBefore
    for span in residency where span.value != nil {
      if begin < span.from { gaps.append((begin, span.from)) }
      begin = max(begin, span.to)
    }
    if begin < known.upperBound { gaps.append((begin, known.upperBound)) }
    return gaps
  }

  /// Where it was just before a moment; nil where the evidence does not show it.
  package func host(justBefore moment: Instant) -> ObjectID? { span(at: moment.justBefore, in: residency)?.value }

  /// Whether it may have run just before a moment: false only where the evidence shows that it was off or suspended.
  package func mayHaveRun(justBefore moment: Instant) -> Bool {
    guard let power = span(at: moment.justBefore, in: power)?.value else { return true }
    return power == .on
  }

  /// Whether the VM existed just before a moment, in the given cluster, in a place that nothing shows.
  package func isUnplaced(justBefore moment: Instant, in cluster: ObjectID) -> Bool {
    // One that no record puts into any cluster was found by its earlier places.
    let isThere = self.cluster.isEmpty || span(at: moment.justBefore, in: self.cluster)?.value == cluster
    return isThere && host(justBefore: moment) == nil && mayHaveRun(justBefore: moment)
  }
}
