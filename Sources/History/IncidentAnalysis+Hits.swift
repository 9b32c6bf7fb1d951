internal import Inventory

extension IncidentAnalysis {
  private static let failoverTypes: Set<EventType> = [
    .vmRestarted, .vmRestartFailed, .vmNotProtected, .vmWaiting, .vmRestartAttempted, .vmDuplicate,
  ]

  /// The outages that ended the run of somebody: declared failures, and others during which HA acted for a VM of the host.
  static func realOutages(_ outages: [Outage], _ files: [VMFile]) -> Set<Int64> {
    var real = Set(outages.filter { $0.trigger == .hostFailed }.map(\.id))
    for outage in outages where !real.contains(outage.id) {
      let isReal = files.contains { file in
        file.host(justBefore: outage.failedAt) == outage.host
          && file.records.contains {
            failoverTypes.contains($0.type) && outage.failedAt <= $0.at && $0.at < outage.backAt
          }
      }
      if isReal { real.insert(outage.id) }
    }
    return real
  }

  /// Every failure that hit a VM, with what its records say of each.
  static func verdicts(
    on vm: VMFile, outages: [Outage], real: Set<Int64>, failoversFinished: [ObjectID: [Instant]]
  ) -> [VMVerdict] {
    let unplacedRestarts = vm.records.filter { $0.type == .vmRestarted && $0.otherHost == nil }
      .map { candidates(for: $0, of: vm, outages: outages, failoversFinished: failoversFinished) }
    var hits: [(outage: Outage, basis: VMVerdict.Basis)] = []
    for outage in outages {
      if vm.host(justBefore: outage.failedAt) == outage.host, vm.mayHaveRun(justBefore: outage.failedAt) {
        hits.append((outage, .resident))
      } else if isNamed(vm, with: outage, outages: outages) {
        hits.append((outage, .named))
      } else if let several = unplacedRestarts.first(where: { $0.contains(outage.id) }) {
        hits.append((outage, .restart(isAmbiguous: several.count > 1)))
      }
    }
    var verdicts: [VMVerdict] = []
    for (index, hit) in hits.enumerated() {
      if let previous = verdicts.last, hit.basis == .resident, !ranAgain(vm, after: previous, before: hit.outage) {
        continue
      }
      let next = hits[(index + 1)...].first { later in
        switch later.basis {
        case .resident, .named: real.contains(later.outage.id) && later.outage.failedAt > hit.outage.failedAt
        case .restart: false
        }
      }
      verdicts.append(
        VMVerdict(vm, hitBy: hit.outage, basis: hit.basis, until: next?.outage.failedAt ?? .distantFuture))
    }
    return verdicts
  }

  /// Whether a VM that an earlier failure stopped ran again before this one.
  private static func ranAgain(_ vm: VMFile, after previous: VMVerdict, before outage: Outage) -> Bool {
    guard previous.outage.trigger == .hostFailed || previous.hasFailoverRecord else { return true }
    switch previous.outcome.kind {
    case .restarted, .recoveredWithHost, .duplicate: return true
    case .failed, .notProtected, .waiting, .noTrace: break
    }
    return vm.records.contains { record in
      guard previous.outage.failedAt <= record.at, record.at < outage.failedAt else { return false }
      return PowerEvidence(record)?.after == .value(.on)
        || (record.type == .migrationCompleted && record.otherHost == outage.host)
    }
  }

  /// Whether a failover record names the VM with the host of this outage, and not with a later one of the same host.
  private static func isNamed(_ vm: VMFile, with outage: Outage, outages: [Outage]) -> Bool {
    let end = outages.first { $0.host == outage.host && $0.failedAt > outage.failedAt }?.failedAt ?? .distantFuture
    return vm.records.contains { record in
      guard outage.failedAt <= record.at, record.at < end else { return false }
      switch record.type {
      case .vmRestartFailed, .vmNotProtected: return record.host == outage.host
      case .vmRestarted: return record.otherHost == outage.host
      default: return false
      }
    }
  }

  /// The failures that the restart of an unplaced VM may belong to: those of its cluster since HA last reported an end, of
  /// hosts on which it may have been. Empty where its place before one of them is known to explain the restart.
  private static func candidates(
    for restart: Record, of vm: VMFile, outages: [Outage], failoversFinished: [ObjectID: [Instant]]
  ) -> [Int64] {
    let cluster = restart.cluster ?? span(at: restart.at, in: vm.cluster)?.value
    let before = outages.filter { $0.failedAt <= restart.at && $0.cluster == cluster }
    let explained = before.contains {
      vm.host(justBefore: $0.failedAt) == $0.host && vm.mayHaveRun(justBefore: $0.failedAt)
    }
    if explained { return [] }
    let possible = before.filter { vm.host(justBefore: $0.failedAt) == nil }
    guard let latest = possible.last else { return [] }
    let finished = cluster.flatMap { failoversFinished[$0]?.last { $0 < restart.at } } ?? .distantPast
    var recent = possible.filter { $0.failedAt > finished }
    if recent.isEmpty { recent = [latest] }
    let declared = recent.filter { $0.trigger != .connectionLost }
    if !declared.isEmpty { recent = declared }
    return recent.filter { outage in !recent.contains { $0.failedAt >= outage.backAt } }.map(\.id)
  }
}
