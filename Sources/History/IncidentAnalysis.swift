package import Inventory

/// Joins failures with the virtual machines that they hit.
///
/// Affected is who ran on the host just before T0, whom a later failover record names with it, or whom HA restarted in that
/// cluster and nothing places elsewhere. The outcome is looked for among the later records of each VM, up to its next
/// failure.
package struct IncidentAnalysis: Sendable {
  private let highAvailability: [ObjectID: [Span<String>]]
  private let restartPriority: [ObjectID: [Span<String>]]
  private let files: [ObjectID: VMFile]
  /// What the records say of each VM.
  private let verdicts: [ObjectID: [VMVerdict]]
  /// For each outage the VMs that it hit, and those that may have been on its host.
  private let hits: [Int64: [VMVerdict]]
  private let suspected: [Int64: [ObjectID]]
  /// Outages in which VMs stopped.
  private let real: Set<Int64>

  /// - Parameters:
  ///   - outages: all of the cluster or of the whole source.
  ///   - failoversFinished: for each cluster the times at which HA reported that a failover had ended, in order.
  ///   - highAvailability: for each cluster whether HA was on (`true`, `false`).
  ///   - restartPriority: for each cluster the priority of VMs that have none of their own.
  ///   - real: outages that ended the run of somebody, besides those that `files` show.
  ///   - files: the VMs to look at. Outages that none of them shows to be real are kept out of each other's way.
  package init(
    outages: [Outage], failoversFinished: [ObjectID: [Instant]], highAvailability: [ObjectID: [Span<String>]],
    restartPriority: [ObjectID: [Span<String>]], real: Set<Int64> = [], files: [VMFile]
  ) {
    self.highAvailability = highAvailability
    self.restartPriority = restartPriority
    self.files = Dictionary(files.map { ($0.id, $0) }) { first, _ in first }
    let index = OutageIndex(outages)
    let searches = files.map { HitSearch($0, index, failoversFinished: failoversFinished) }
    let declared = outages.filter { $0.trigger == .hostFailed }.map(\.id)
    let real = real.union(declared).union(searches.flatMap(\.madeReal))
    var verdicts: [ObjectID: [VMVerdict]] = [:]
    var hits: [Int64: [VMVerdict]] = [:]
    var suspected: [Int64: [ObjectID]] = [:]
    for (file, search) in zip(files, searches) {
      let mine = search.verdicts(real: real)
      verdicts[file.id] = mine
      for verdict in mine { hits[verdict.outage.id, default: []].append(verdict) }
      for place in search.suspected { suspected[index.outages[place].id, default: []].append(file.id) }
    }
    (self.verdicts, self.hits, self.suspected, self.real) = (verdicts, hits, suspected, real)
  }

  /// The incident of an outage; nil where nothing shows that it was one: a lost connection alone is not death.
  /// - Parameter announced: how many VMs the cluster set out to restart.
  package func incident(of outage: Outage, announced: Int?) -> Incident? {
    let mine = hits[outage.id] ?? []
    let hasFailover = mine.contains { $0.hasFailoverRecord }
    if outage.trigger == .connectionLost && !hasFailover && !real.contains(outage.id) { return nil }
    // A restart that may be from another host shows nothing of the VMs of this one.
    let hasOwnFailover = mine.contains { $0.hasFailoverRecord && $0.basis != .restart(isAmbiguous: true) }
    let hasVictims = hasOwnFailover || real.contains(outage.id) || mine.contains { $0.wasStopped }
    let outcomes = mine.compactMap { outcome(of: $0, hasVictims: hasVictims) }
    let affected = Set(outcomes.map(\.vm))
    let unplaced = outage.cluster.map { cluster in
      (suspected[outage.id] ?? []).filter { vm in
        !affected.contains(vm) && files[vm].map { isUnplaced($0, outage, cluster) } == true
      }
    }
    let ambiguous = mine.filter { $0.basis == .restart(isAmbiguous: true) && affected.contains($0.outcome.vm) }
    return Incident(
      outage: outage, outcomes: outcomes, unplaced: unplaced ?? [], ambiguous: ambiguous.map(\.outcome.vm),
      announced: announced)
  }

  /// Whether no record shows that one of the VMs of a host stopped, or ran, since its outage began.
  package func isUnsettled(_ outage: Outage, vms: [ObjectID]) -> Bool {
    let known = vms.compactMap { files[$0] }
    guard !known.isEmpty else { return false }
    return known.allSatisfy { file in
      file.records(from: outage.failedAt, before: .distantFuture).allSatisfy { record in
        // What the source says of a host in trouble is what it knew before.
        let isRepeated = record.type == .vmPlaced && record.host == outage.host && record.at < outage.backAt
        return isRepeated || PowerSign(record) == .none
      }
    }
  }

  private func isUnplaced(_ file: VMFile, _ outage: Outage, _ cluster: ObjectID) -> Bool {
    guard file.known.contains(outage.failedAt) else { return false }
    if file.isUnplaced(justBefore: outage.failedAt, in: cluster) { return true }
    // Hit before, without a trace since: whether it ran again by now, nothing shows.
    let earlier = verdicts[file.id]?.last { $0.outage.failedAt < outage.failedAt }
    return file.host(justBefore: outage.failedAt) == outage.host && earlier?.outcome.kind == .noTrace
      && file.mayHaveRun(justBefore: outage.failedAt)
  }

  private func outcome(of verdict: VMVerdict, hasVictims: Bool) -> VMOutcome? {
    if verdict.isDecided { return verdict.outcome }
    if verdict.wasLeftAlone { return nil }
    var outcome = verdict.outcome
    let isFailure = verdict.outage.trigger == .hostFailed
    switch verdict.survival {
    case .neverStopped: return nil
    case .moved where !isFailure && hasVictims && !verdict.isMoveHot:
      // The host went down with its VMs; nothing shows that this one ran when it was moved.
      return outcome
    case .moved, .seen:
      // Without a stop, a host that nobody declared dead has hit nobody whom we see running on.
      guard isFailure || (verdict.survival == .seen && hasVictims) else { return nil }
      outcome.kind = .recoveredWithHost
    case .none:
      guard isFailure || hasVictims else { return nil }
      // Seen off or removed says what became of it; that nothing guarded it says why.
      if let reason = unprotectedReason(verdict) {
        outcome.kind = .notProtected
        outcome.reason = reason
      }
      return outcome
    }
    outcome.to = verdict.outage.host
    outcome.reason = "nothing shows that it stopped: the host was cut off, not dead"
    return outcome
  }

  private func unprotectedReason(_ verdict: VMVerdict) -> String? {
    // A record of later times alone says nothing of how it was then.
    func stated(_ spans: [Span<String>]?) -> String? {
      span(at: verdict.outage.failedAt.justBefore, in: spans ?? []).flatMap { $0.began == nil ? nil : $0.value }
    }
    let file = files[verdict.outcome.vm]
    let cluster = verdict.outage.cluster
    if stated(cluster.flatMap { highAvailability[$0] }) == "false" { return "high availability was off" }
    if stated(file?.isProtected) == "false" { return "high availability did not protect it" }
    switch stated(file?.restartPriority) {
    case "disabled": return "its restart priority was disabled"
    case nil, "clusterRestartPriority":
      let isDisabled = stated(cluster.flatMap { restartPriority[$0] }) == "disabled"
      return isDisabled ? "the restart priority of its cluster was disabled" : nil
    default: return nil
    }
  }
}
