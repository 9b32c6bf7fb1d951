package import History
package import Inventory
package import Ledger

/// Finds the incidents of a ledger: loads what the analysis needs of those that were asked for, and no more.
package struct IncidentReader {
  /// Which incidents to look at.
  package struct Scope: Sendable {
    /// Nil for all; several where hosts bore one name one after the other.
    package var hosts: [ObjectID]?
    package var incident: Int64?
    /// Name of the source.
    package var source: String?
    package var since = Instant.distantPast
    package var until = Instant.distantFuture

    package init() {}
  }

  /// What was found in scope.
  package struct Findings: Sendable {
    /// Oldest first.
    package var incidents: [Incident] = []
    /// Hosts that do not answer and that nothing declared failed, and hosts that are back without a record that shows what
    /// became of their VMs; with how many VMs were on them.
    package var unconfirmed: [(outage: Outage, vms: Int)] = []
    /// Restarts by HA that belong to none of the failures that are known, oldest first.
    package var unattributed: [UnattributedRestart] = []
  }

  /// The incidents in scope as they look from a moment.
  package static func findings(
    _ reader: borrowing LedgerReader, scope: Scope, at moment: Instant
  ) throws -> Findings {
    var findings = try incidents(reader, scope: scope, at: moment)
    findings.unattributed = try UnattributedRestarts(reader, scope: scope, at: moment).restarts(beside: findings, reader)
    return findings
  }

  /// The incidents in scope, and the outages that are none.
  static func incidents(
    _ reader: borrowing LedgerReader, scope: Scope, at moment: Instant
  ) throws -> Findings {
    try reader.checkFailuresAreProjected(from: scope.since, to: min(scope.until, moment))
    let all = try reader.outages(until: moment)
    if let source = scope.source { try reader.checkSource(source) }
    let wanted = try all.filter { outage in
      guard scope.hosts?.contains(outage.host) ?? true, scope.incident == nil || outage.id == scope.incident,
        scope.since <= outage.failedAt, outage.failedAt <= scope.until
      else { return false }
      guard let source = scope.source else { return true }
      return try reader.summary(of: outage.host, at: moment).source == source
    }
    guard let begin = try beginning(of: wanted, among: all, reader) else { return Findings() }
    let hosts = Set(wanted.map(\.host))
    let outages = all.filter { $0.failedAt >= begin || hosts.contains($0.host) }
    let failovers = Failovers(try reader.failoverRecords(from: begin, to: moment), outages: outages)
    let files = try IncidentFiles(failovers, from: begin, to: moment).files(for: wanted, reader)
    var highAvailability: [ObjectID: [Span<String>]] = [:]
    var restartPriority: [ObjectID: [Span<String>]] = [:]
    for cluster in Set(wanted.compactMap(\.cluster)) {
      highAvailability[cluster] = try reader.setting("ha_enabled", of: cluster)
      restartPriority[cluster] = try reader.setting("restart_priority", of: cluster)
    }
    let stops = try reader.stopsInOutages(until: moment)
    let stopped = outages.filter { stops[$0.host]?.contains($0.failedAt) == true }.map(\.id)
    let analysis = IncidentAnalysis(
      outages: outages, failoversFinished: failovers.finished, highAvailability: highAvailability,
      restartPriority: restartPriority, real: try failovers.madeReal(reader).union(stopped), files: files)
    var findings = Findings()
    for outage in wanted {
      if let incident = analysis.incident(of: outage, announced: failovers.announced[outage.id]) {
        findings.incidents.append(try graded(incident, reader, at: moment))
      } else if outage.trigger == .connectionLost {
        let residents = try reader.residents(of: outage.host, justBefore: outage.failedAt)
        guard outage.backAt == .distantFuture || analysis.isUnsettled(outage, vms: residents) else { continue }
        findings.unconfirmed.append((outage, residents.count))
      }
    }
    return findings
  }

  /// Where to begin reading: at the first of the outages that are wanted, or at an earlier one of the same cluster that was
  /// still open then: a restart may belong to either. Nil where no outage is wanted.
  private static func beginning(
    of wanted: [Outage], among all: [Outage], _ reader: borrowing LedgerReader
  ) throws -> Instant? {
    guard let first = wanted.map(\.failedAt).min() else { return nil }
    let clusters = Set(wanted.compactMap(\.cluster))
    var open = all.filter { outage in
      outage.cluster.map(clusters.contains) == true && outage.failedAt < first && outage.backAt > first
    }
    guard !open.isEmpty else { return first }
    let ends = try reader.lastFailoverEnds(before: first)
    open = open.filter { $0.failedAt > $0.cluster.flatMap { ends[$0] } ?? .distantPast }
    return open.map(\.failedAt).min() ?? first
  }

  /// The incident with the grade `text` for outcomes that rest on the texts of messages, and with whole seconds where its
  /// records have no others: what stands behind them keeps the order of the records, and is no time.
  private static func graded(
    _ incident: Incident, _ reader: borrowing LedgerReader, at moment: Instant
  ) throws -> Incident {
    guard try reader.hasSparseRecords(reader.summary(of: incident.outage.host, at: moment).source) else { return incident }
    var incident = incident
    if try incident.outage.records.contains(where: { try reader.textMark(of: $0).hasWholeSeconds }) {
      incident.outage.failedAt = incident.outage.failedAt.inWholeSeconds
      incident.outage.declaredAt = incident.outage.declaredAt?.inWholeSeconds
      incident.outage.recoveredAt = incident.outage.recoveredAt?.inWholeSeconds
    }
    for index in incident.outcomes.indices {
      let marks = try incident.outcomes[index].events.map { try reader.textMark(of: $0) }
      if marks.contains(where: \.isText) { incident.outcomes[index].grade = .text }
      guard marks.contains(where: \.hasWholeSeconds) else { continue }
      incident.outcomes[index].downSince = incident.outcomes[index].downSince.inWholeSeconds
      incident.outcomes[index].upAt = incident.outcomes[index].upAt?.inWholeSeconds
    }
    return incident
  }
}
