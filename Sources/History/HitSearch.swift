internal import Inventory

/// Finds the failures that hit one VM. It looks only at outages of hosts on which the VM was, of hosts with which a failover
/// record names it, and of its cluster where nothing shows its place.
struct HitSearch {
  private let vm: VMFile
  private let index: OutageIndex
  private let failoversFinished: [ObjectID: [Instant]]
  /// Places of the outages of hosts on which the VM was just before, oldest first.
  let residences: [Int]
  private let gaps: [(after: Instant, through: Instant)]

  private static let failoverTypes: Set<EventType> = [
    .vmRestarted, .vmRestartFailed, .vmNotProtected, .vmWaiting, .vmRestartAttempted, .vmDuplicate,
  ]

  /// A failure that may have hit a VM, and why we think so.
  private struct Hit {
    let place: Int
    let outage: Outage
    let basis: VMVerdict.Basis
    /// Of a restart that nothing places: all the outages that it may belong to.
    var alternatives: Set<Int> = []
  }

  init(_ vm: VMFile, _ index: OutageIndex, failoversFinished: [ObjectID: [Instant]]) {
    self.vm = vm
    self.index = index
    self.failoversFinished = failoversFinished
    residences = vm.residency.flatMap { span in
      span.value.map { index.places(ofHost: $0, after: span.from, through: span.to) } ?? []
    }
    gaps = vm.gaps
  }

  /// Outages that nobody declared a failure, but during which HA acted for this VM of the host.
  var madeReal: [Int64] {
    residences.map { index.outages[$0] }.filter { outage in
      outage.trigger != .hostFailed
        && vm.records(from: outage.failedAt, before: outage.backAt).contains { Self.failoverTypes.contains($0.type) }
    }.map(\.id)
  }

  /// Places of the outages before which the VM was in the cluster of the failed host, or may have been, and nothing shows
  /// where; or on the host itself.
  var suspected: [Int] {
    var places = Set(residences)
    for gap in gaps {
      if vm.cluster.isEmpty { places.formUnion(index.places(after: gap.after, through: gap.through)) }
      for span in vm.cluster {
        guard let cluster = span.value, max(span.from, gap.after) < min(span.to, gap.through) else { continue }
        places.formUnion(
          index.places(ofCluster: cluster, after: max(span.from, gap.after), through: min(span.to, gap.through)))
      }
    }
    return places.sorted()
  }

  /// Every failure that hit the VM, with what its records say of each.
  func verdicts(real: Set<Int64>) -> [VMVerdict] {
    let unplacedRestarts = vm.records.filter { $0.type == .vmRestarted && $0.otherHost == nil || $0.isFailoverWithoutHost }
      .map { candidates(for: $0, real: real) }
    let (named, resident) = (named, Set(residences))
    func verdict(_ hit: Hit, until end: Instant) -> VMVerdict {
      VMVerdict(
        vm, hitBy: hit.outage, basis: hit.basis, isReal: real.contains(hit.outage.id),
        failoversFinished: hit.outage.cluster.flatMap { failoversFinished[$0] } ?? [], until: end)
    }
    var hits: [Hit] = []
    for place in resident.union(named).union(unplacedRestarts.joined()).sorted() {
      let outage = index.outages[place]
      if resident.contains(place), vm.mayHaveRun(justBefore: outage.failedAt) {
        if let previous = hits.last, !ranAgain(after: verdict(previous, until: outage.failedAt), before: outage) {
          // Stopped before and not heard of since: only HA's acting for it now, or its own stop, shows that it ran again.
          if named.contains(place) {
            hits.append(Hit(place: place, outage: outage, basis: .named))
          } else if isRestarted(in: outage) {
            hits.append(Hit(place: place, outage: outage, basis: .restart(isAmbiguous: false), alternatives: [place]))
          }
        } else {
          hits.append(Hit(place: place, outage: outage, basis: .resident))
        }
      } else if named.contains(place) {
        hits.append(Hit(place: place, outage: outage, basis: .named))
      } else if let several = unplacedRestarts.first(where: { $0.contains(place) }) {
        hits.append(
          Hit(place: place, outage: outage, basis: .restart(isAmbiguous: several.count > 1), alternatives: Set(several)))
      }
    }
    return hits.enumerated().map { number, hit in
      // The next failure closes the window, unless one restart may belong to either.
      let next = hits[(number + 1)...].first { later in
        real.contains(later.outage.id) && later.outage.failedAt > hit.outage.failedAt
          && !later.alternatives.contains(hit.place)
      }
      return verdict(hit, until: next?.outage.failedAt ?? .distantFuture)
    }
  }

  /// Whether a VM that an earlier failure stopped ran again before this one.
  private func ranAgain(after verdict: VMVerdict, before outage: Outage) -> Bool {
    guard verdict.outage.trigger == .hostFailed || verdict.hasFailoverRecord || verdict.wasStopped else { return true }
    switch verdict.outcome.kind {
    case .restarted, .recoveredWithHost, .duplicate: return true
    case .failed, .notProtected, .waiting, .noTrace: break
    }
    if verdict.survival != .none { return true }
    return vm.records(from: verdict.outage.failedAt, before: outage.failedAt).contains(where: \.startsVM)
  }

  /// Whether HA restarted the VM during this outage, before anything else started it.
  private func isRestarted(in outage: Outage) -> Bool {
    let start = vm.records(from: outage.failedAt, before: .distantFuture).first(where: \.startsVM)
    return start?.type == .vmRestarted && (outage.trigger == .hostFailed || (start?.at ?? .distantFuture) < outage.backAt)
  }

  /// Places of the outages with whose host a failover record names the VM, or its stop on the isolated host: each time the
  /// latest of that host.
  private var named: Set<Int> {
    var places: Set<Int> = []
    for record in vm.records {
      let host: ObjectID?
      switch record.type {
      case .vmRestartFailed, .vmNotProtected: host = record.host
      case .vmRestarted: host = record.otherHost
      case .vmPoweredOff where PowerSign(record) == .stop:
        places.formUnion(isolations(record))
        continue
      default: continue
      }
      // A record that comes after the host is back names it as the one to start on.
      guard let host else { continue }
      places.formUnion(index.latest(ofHost: host, at: record.at).filter { record.at < index.outages[$0].backAt })
    }
    return places
  }

  /// Places of the isolations of the host on which the VM stopped just then.
  private func isolations(_ stop: Record) -> [Int] {
    guard let host = stop.host else { return [] }
    return index.latest(ofHost: host, at: stop.at).filter { place in
      index.outages[place].trigger == .hostIsolated && stop.at < index.outages[place].backAt
    }
  }

  /// The failures that the restart of an unplaced VM may belong to: those of its cluster since HA last reported an end, of
  /// hosts on which it may have been. Empty where its place before one that is still open explains the restart.
  private func candidates(for restart: Record, real: Set<Int64>) -> [Int] {
    let cluster = restart.cluster ?? span(at: restart.at, in: vm.cluster)?.value
    if isExplained(restart, in: cluster) { return [] }
    let ends = cluster.flatMap { failoversFinished[$0] } ?? []
    let lastEnd = ends.firstPlace { $0 >= restart.at } - 1
    let finished = lastEnd >= 0 ? ends[lastEnd] : .distantPast
    // What was before the VM's last start did not stop it now.
    let started = lastStart(before: restart)?.at ?? .distantPast
    var recent: [Int] = []
    for gap in gaps.reversed() where gap.after < restart.at && started < gap.through {
      let after = max(gap.after, started)
      for place in index.places(ofCluster: cluster, after: after, through: min(gap.through, restart.at)).reversed() {
        let outage = index.outages[place]
        if outage.failedAt > finished {
          recent.append(place)
        } else {
          if recent.isEmpty, outage.backAt > restart.at { recent = [place] }
          return narrowed(recent.reversed(), real: real)
        }
      }
    }
    return narrowed(recent.reversed(), real: real)
  }

  private func isExplained(_ restart: Record, in cluster: ObjectID?) -> Bool {
    let started = lastStart(before: restart)?.at ?? .distantPast
    let known = residences.firstPlace { index.outages[$0].failedAt > restart.at }
    return residences[..<known].reversed().prefix { index.outages[$0].failedAt > started }.contains { place in
      let outage = index.outages[place]
      return outage.cluster == cluster && vm.mayHaveRun(justBefore: outage.failedAt)
        && (outage.trigger == .hostFailed || restart.at < outage.backAt)
    }
  }

  /// The VM's last start before a restart; the power-on before HA's record is of the same start.
  private func lastStart(before restart: Record) -> Record? {
    var end = vm.records.firstPlace { $0 >= restart }
    while end > 0, vm.records[end - 1].isStart(on: restart.host) { end -= 1 }
    return vm.records[..<end].last(where: \.startsVM)
  }

  private func narrowed(_ places: [Int], real: Set<Int64>) -> [Int] {
    var recent = places
    let likely = recent.filter { index.outages[$0].trigger != .connectionLost || real.contains(index.outages[$0].id) }
    if !likely.isEmpty { recent = likely }
    return recent.filter { place in
      !recent.contains { index.outages[$0].failedAt >= index.outages[place].backAt }
    }
  }
}

extension Record {
  /// Whether it shows its VM being started, or arriving alive.
  fileprivate var startsVM: Bool {
    type == .migrationCompleted || (type != .vmPlaced && PowerEvidence(self)?.after == .value(.on))
  }

  /// Whether it shows its VM being started on a host.
  fileprivate func isStart(on host: ObjectID?) -> Bool { startsVM && type != .migrationCompleted && self.host == host }
}
