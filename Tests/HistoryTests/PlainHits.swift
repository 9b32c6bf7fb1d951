import Inventory

@testable import History

/// The plain way to find whom outages hit: every VM is held against every outage. `HitSearch` has to find the same.
enum PlainHits {
  private static let failoverTypes: Set<EventType> = [
    .vmRestarted, .vmRestartFailed, .vmNotProtected, .vmWaiting, .vmRestartAttempted, .vmDuplicate,
  ]

  /// A failure that may have hit a VM, and why we think so.
  private struct Hit {
    let outage: Outage
    let basis: VMVerdict.Basis
    /// Of a restart that nothing places: all the outages that it may belong to.
    var alternatives: Set<Int64> = []
  }

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
    let unplacedRestarts = vm.records.filter { $0.type == .vmRestarted && $0.otherHost == nil || $0.isFailoverWithoutHost }
      .map { candidates(for: $0, of: vm, outages: outages, real: real, failoversFinished: failoversFinished) }
    func verdict(_ hit: Hit, until end: Instant) -> VMVerdict {
      VMVerdict(
        vm, hitBy: hit.outage, basis: hit.basis, isReal: real.contains(hit.outage.id),
        failoversFinished: hit.outage.cluster.flatMap { failoversFinished[$0] } ?? [], until: end)
    }
    var hits: [Hit] = []
    for outage in outages {
      if vm.host(justBefore: outage.failedAt) == outage.host, vm.mayHaveRun(justBefore: outage.failedAt) {
        if let previous = hits.last,
          !ranAgain(vm, after: verdict(previous, until: outage.failedAt), before: outage)
        {
          // Stopped before and not heard of since: only HA's acting for it now shows that it ran again.
          if isNamed(vm, with: outage, outages: outages) {
            hits.append(Hit(outage: outage, basis: .named))
          } else if isRestarted(vm, in: outage) {
            hits.append(Hit(outage: outage, basis: .restart(isAmbiguous: false), alternatives: [outage.id]))
          }
        } else {
          hits.append(Hit(outage: outage, basis: .resident))
        }
      } else if isNamed(vm, with: outage, outages: outages) {
        hits.append(Hit(outage: outage, basis: .named))
      } else if let several = unplacedRestarts.first(where: { $0.contains(outage.id) }) {
        hits.append(
          Hit(outage: outage, basis: .restart(isAmbiguous: several.count > 1), alternatives: Set(several)))
      }
    }
    return hits.enumerated().map { index, hit in
      // The next failure closes the window, unless one restart may belong to either.
      let next = hits[(index + 1)...].first { later in
        real.contains(later.outage.id) && later.outage.failedAt > hit.outage.failedAt
          && !later.alternatives.contains(hit.outage.id)
      }
      return verdict(hit, until: next?.outage.failedAt ?? .distantFuture)
    }
  }

  /// Whether a VM that an earlier failure stopped ran again before this one.
  private static func ranAgain(_ vm: VMFile, after verdict: VMVerdict, before outage: Outage) -> Bool {
    guard verdict.outage.trigger == .hostFailed || verdict.hasFailoverRecord || verdict.wasStopped else { return true }
    switch verdict.outcome.kind {
    case .restarted, .recoveredWithHost, .duplicate: return true
    case .failed, .notProtected, .waiting, .noTrace: break
    }
    if verdict.survival != .none { return true }
    return vm.records.contains { record in
      verdict.outage.failedAt <= record.at && record.at < outage.failedAt && startsVM(record)
    }
  }

  /// Whether the record shows the VM being started, or arriving alive.
  private static func startsVM(_ record: Record) -> Bool {
    record.type == .migrationCompleted
      || (record.type != .vmPlaced && PowerEvidence(record)?.after == .value(.on))
  }

  /// Whether HA restarted the VM during this outage, before anything else started it.
  private static func isRestarted(_ vm: VMFile, in outage: Outage) -> Bool {
    let start = vm.records.first { outage.failedAt <= $0.at && startsVM($0) }
    return start?.type == .vmRestarted && (outage.trigger == .hostFailed || (start?.at ?? .distantFuture) < outage.backAt)
  }

  /// Whether a failover record names the VM with the host of this outage, and not with a later one of the same host.
  private static func isNamed(_ vm: VMFile, with outage: Outage, outages: [Outage]) -> Bool {
    let end = outages.first { $0.host == outage.host && $0.failedAt > outage.failedAt }?.failedAt ?? .distantFuture
    return vm.records.contains { record in
      guard outage.failedAt <= record.at, record.at < min(end, outage.backAt) else { return false }
      switch record.type {
      case .vmRestartFailed, .vmNotProtected: return record.host == outage.host
      case .vmRestarted: return record.otherHost == outage.host
      case .vmPoweredOff where !record.facts.isFound:
        return record.host == outage.host && outage.trigger == .hostIsolated
      default: return false
      }
    }
  }

  /// The failures that the restart of an unplaced VM may belong to: those of its cluster since HA last reported an end, of
  /// hosts on which it may have been. Empty where its place before one that is still open explains the restart.
  private static func candidates(
    for restart: Record, of vm: VMFile, outages: [Outage], real: Set<Int64>, failoversFinished: [ObjectID: [Instant]]
  ) -> [Int64] {
    let cluster = restart.cluster ?? span(at: restart.at, in: vm.cluster)?.value
    let before = outages.filter { $0.failedAt <= restart.at && $0.cluster == cluster }
    let earlier = vm.records.filter { $0 < restart }
    // The power-on before HA's record is of the same start.
    let own = earlier.suffix { startsVM($0) && $0.type != .migrationCompleted && $0.host == restart.host }.map(\.seq)
    // What was before the VM's last start did not stop it now.
    let current = before.filter { outage in
      !earlier.contains { outage.failedAt <= $0.at && !own.contains($0.seq) && startsVM($0) }
    }
    let explained = current.contains { outage in
      vm.host(justBefore: outage.failedAt) == outage.host && vm.mayHaveRun(justBefore: outage.failedAt)
        && (outage.trigger == .hostFailed || restart.at < outage.backAt)
    }
    if explained { return [] }
    let possible = current.filter { vm.host(justBefore: $0.failedAt) == nil }
    guard let latest = possible.last else { return [] }
    let finished = cluster.flatMap { failoversFinished[$0]?.last { $0 < restart.at } } ?? .distantPast
    var recent = possible.filter { $0.failedAt > finished }
    if recent.isEmpty { recent = latest.backAt > restart.at ? [latest] : [] }
    let likely = recent.filter { $0.trigger != .connectionLost || real.contains($0.id) }
    if !likely.isEmpty { recent = likely }
    return recent.filter { outage in !recent.contains { $0.failedAt >= outage.backAt } }.map(\.id)
  }
}

extension [Record] {
  /// The elements at the end that fit.
  fileprivate func suffix(while fits: (Record) -> Bool) -> ArraySlice<Record> {
    suffix(reversed().prefix(while: fits).count)
  }
}
