internal import History
internal import Inventory
internal import Ledger

/// What HA did during some outages, each record put where it belongs.
struct Failovers {
  let outages: OutageIndex
  /// In order.
  private let records: [Record]
  /// For each cluster the times at which HA reported that a failover had ended, in order.
  private(set) var finished: [ObjectID: [Instant]] = [:]
  /// By the outage's id: the VMs that HA's records name with it, or restarted while it may have been the reason.
  private(set) var acted: [Int64: Set<ObjectID>] = [:]
  /// By the outage's id: how many VMs the cluster set out to restart after this failure, and not after a later one.
  private(set) var announced: [Int64: Int] = [:]

  /// For each cluster the failures that were declared up to the last record, and those of them that last.
  private var declared: [ObjectID?: (last: Outage, lasting: [Outage])] = [:]

  /// - Parameter records: in order.
  init(_ records: [Record], outages: [Outage]) {
    self.outages = OutageIndex(outages)
    self.records = records
    // Outages that a record may be about: those that last, and those since HA last reported an end.
    var open: [Outage] = []
    var next = 0
    for record in records {
      while next < self.outages.outages.count, self.outages.outages[next].failedAt <= record.at {
        let outage = self.outages.outages[next]
        open.append(outage)
        if outage.trigger != .connectionLost { declare(outage) }
        next += 1
      }
      open.removeAll { outage in
        let end = outage.cluster.flatMap { finished[$0]?.last { $0 < record.at } } ?? .distantPast
        return outage.backAt <= record.at && outage.failedAt <= end
      }
      switch record.type {
      case .failoverFinished: if let cluster = record.cluster { finished[cluster, default: []].append(record.at) }
      case .failoverStarted: announce(record)
      default: act(record, open)
      }
    }
  }

  private mutating func act(_ record: Record, _ open: [Outage]) {
    guard let vm = record.vm else { return }
    let host: ObjectID?
    switch record.type {
    case .vmRestartFailed, .vmNotProtected: host = record.host
    case .vmRestarted: host = record.otherHost
    default: host = nil
    }
    if let host {
      for place in outages.latest(ofHost: host, at: record.at) { acted[outages.outages[place].id, default: []].insert(vm) }
    } else if record.type == .vmRestarted {
      // A record that names no cluster may be of any.
      for outage in open where record.cluster == nil || outage.cluster == record.cluster {
        acted[outage.id, default: []].insert(vm)
      }
    }
  }

  private mutating func announce(_ record: Record) {
    guard let count = record.facts.pendingVMs.map({ Int($0) }) else { return }
    var about: [Outage] = []
    if var known = declared[record.cluster] {
      known.lasting.removeAll { $0.backAt <= record.at }
      declared[record.cluster] = known
      // A count that stands for several failures at once says nothing of one.
      guard known.lasting.count <= 1 else { return }
      about = [known.last]
    } else {
      about = outages.places(ofCluster: record.cluster, after: .distantPast, through: record.at).map { outages.outages[$0] }
    }
    for outage in about { announced[outage.id] = max(announced[outage.id] ?? count, count) }
  }

  private mutating func declare(_ outage: Outage) {
    var lasting = declared.removeValue(forKey: outage.cluster)?.lasting ?? []
    lasting.append(outage)
    declared[outage.cluster] = (outage, lasting)
  }

  /// The outages that nobody declared a failure, but during which HA acted for a VM that had been on the host.
  func madeReal(_ reader: borrowing LedgerReader) throws -> Set<Int64> {
    var real: Set<Int64> = []
    for outage in outages.outages where outage.trigger != .hostFailed {
      let vms = Set(during(outage).compactMap(\.vm))
      guard !vms.isEmpty else { continue }
      let residents = try reader.residents(of: outage.host, justBefore: outage.failedAt)
      if residents.contains(where: vms.contains) { real.insert(outage.id) }
    }
    return real
  }

  private func during(_ outage: Outage) -> ArraySlice<Record> {
    func place(_ moment: Instant) -> Int {
      var (low, high) = (0, records.count)
      while low < high {
        let middle = (low + high) / 2
        if records[middle].at >= moment { high = middle } else { low = middle + 1 }
      }
      return low
    }
    let begin = place(outage.failedAt)
    return records[begin..<max(begin, place(outage.backAt))]
  }
}
