package import Inventory

/// Joins failures with the virtual machines that they hit.
///
/// Affected is who ran on the host just before T0, whom a later failover record names with it, or whom HA restarted in that
/// cluster and nothing places elsewhere. The outcome is looked for among the later records of each VM, up to its next
/// failure.
package struct IncidentAnalysis: Sendable {
  /// All outages of the cluster or of the whole source, oldest first.
  package let outages: [Outage]
  private let failoversFinished: [ObjectID: [Instant]]
  private let highAvailability: [ObjectID: [Span<String>]]
  private let restartPriority: [ObjectID: [Span<String>]]
  private let verdicts: [ObjectID: [VMVerdict]]
  private let files: [VMFile]

  /// - Parameters:
  ///   - failoversFinished: for each cluster the times at which HA reported that a failover had ended.
  ///   - highAvailability: for each cluster whether HA was on (`true`, `false`).
  ///   - restartPriority: for each cluster the priority of VMs that have none of their own.
  ///   - files: the VMs to look at. Outages that none of them shows to be real are kept out of each other's way.
  package init(
    outages: [Outage], failoversFinished: [ObjectID: [Instant]], highAvailability: [ObjectID: [Span<String>]],
    restartPriority: [ObjectID: [Span<String>]], files: [VMFile]
  ) {
    let outages = outages.sorted { ($0.failedAt, $0.id) < ($1.failedAt, $1.id) }
    self.outages = outages
    self.failoversFinished = failoversFinished
    self.highAvailability = highAvailability
    self.restartPriority = restartPriority
    self.files = files
    let real = Self.realOutages(outages, files)
    var verdicts: [ObjectID: [VMVerdict]] = [:]
    for file in files {
      verdicts[file.id] = Self.verdicts(
        on: file, outages: outages, real: real, failoversFinished: failoversFinished)
    }
    self.verdicts = verdicts
  }

  /// The incident of an outage; nil where nothing shows that it was one: a lost connection alone is not death.
  /// - Parameter announced: how many VMs the cluster set out to restart.
  package func incident(of outage: Outage, announced: Int?) -> Incident? {
    let mine = files.compactMap { file in verdicts[file.id]?.first { $0.outage.id == outage.id } }
    let hasFailover = mine.contains { $0.hasFailoverRecord }
    if outage.trigger == .connectionLost && !hasFailover { return nil }
    let hasVictims = hasFailover || mine.contains { $0.wasStopped }
    let outcomes = mine.compactMap { outcome(of: $0, hasVictims: hasVictims) }
    let affected = Set(outcomes.map(\.vm))
    let unplaced = outage.cluster.map { cluster in
      files.filter { !affected.contains($0.id) && isUnplaced($0, outage, cluster) }.map(\.id)
    }
    let ambiguous = mine.filter { $0.basis == .restart(isAmbiguous: true) && affected.contains($0.outcome.vm) }
    return Incident(
      outage: outage, outcomes: outcomes, unplaced: unplaced ?? [], ambiguous: ambiguous.map(\.outcome.vm),
      announced: announced)
  }

  private func isUnplaced(_ file: VMFile, _ outage: Outage, _ cluster: ObjectID) -> Bool {
    if file.isUnplaced(justBefore: outage.failedAt, in: cluster) { return true }
    // Hit before, without a trace since: whether it ran again by now, nothing shows.
    let earlier = verdicts[file.id]?.last { $0.outage.failedAt < outage.failedAt }
    return file.host(justBefore: outage.failedAt) == outage.host && earlier?.outcome.kind == .noTrace
      && file.mayHaveRun(justBefore: outage.failedAt)
  }

  private func outcome(of verdict: VMVerdict, hasVictims: Bool) -> VMOutcome? {
    if verdict.isDecided { return verdict.outcome }
    var outcome = verdict.outcome
    let isFailure = verdict.outage.trigger == .hostFailed
    switch verdict.survival {
    case .movedMeanwhile: return nil
    case .moved, .seen:
      // Without a stop, a host that nobody declared dead has hit nobody whom we see running on.
      guard isFailure || (verdict.survival == .seen && hasVictims) else { return nil }
      outcome.kind = .recoveredWithHost
    case .none:
      guard isFailure || hasVictims else { return nil }
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
    let file = files.first { $0.id == verdict.outcome.vm }
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
