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
    if let source = scope.source { try reader.checkSource(source) }
    let troubled = try reader.troubledHosts()
    let wanted = try wanted(scope, troubled, reader, at: moment)
    guard let first = wanted.map(\.failedAt).min() else { return Findings() }
    let open = try OpenOutages(of: wanted, among: troubled, reader, at: moment)
    let begin = try open.begin(reader) ?? first
    var outages = try reader.outages(ofHosts: troubled, from: begin, until: moment)
    outages += open.outages.filter { $0.failedAt < begin }
    outages += try earlier(on: Set(wanted.map(\.host)), beside: outages, from: begin, reader, at: moment)
    let failovers = Failovers(try reader.failoverRecords(from: begin, to: moment), outages: outages)
    let files = try IncidentFiles(failovers, from: begin, to: moment).files(for: wanted, reader)
    var highAvailability: [ObjectID: [Span<String>]] = [:]
    var restartPriority: [ObjectID: [Span<String>]] = [:]
    for cluster in Set(wanted.compactMap(\.cluster)) {
      highAvailability[cluster] = try reader.setting("ha_enabled", of: cluster)
      restartPriority[cluster] = try reader.setting("restart_priority", of: cluster)
    }
    var stopped: [Int64] = []
    for (host, own) in Dictionary(grouping: outages, by: \.host) {
      let first = own.map(\.failedAt).min() ?? begin
      let stops = try reader.stopsInOutages(of: host, from: first, until: moment)
      stopped += own.filter { stops.contains($0.failedAt) }.map(\.id)
    }
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

  /// The outages that are asked for, oldest first.
  private static func wanted(
    _ scope: Scope, _ troubled: [ObjectID], _ reader: borrowing LedgerReader, at moment: Instant
  ) throws -> [Outage] {
    var hosts = scope.hosts.map { Set($0).sorted() } ?? troubled
    if let source = scope.source { hosts = try hosts.filter { try reader.summary(of: $0, at: moment).source == source } }
    guard let incident = scope.incident else {
      return try reader.outages(ofHosts: hosts, from: scope.since, through: scope.until, until: moment)
    }
    guard let (host, at) = try reader.hostRecord(incident), hosts.contains(host) else { return [] }
    // Its number is that of one of its records: it is the last that had begun then.
    let outages = try reader.lastOutages(ofHosts: [host], before: Instant(microseconds: at.microseconds + 1), until: moment)
    return outages.filter { $0.id == incident && scope.since <= $0.failedAt && $0.failedAt <= scope.until }
  }

  /// The outages before `begin` of hosts that are asked about, as far as VMs that were on them later had been there: one of
  /// them may have stopped such a VM for good.
  private static func earlier(
    on hosts: Set<ObjectID>, beside outages: [Outage], from begin: Instant, _ reader: borrowing LedgerReader,
    at moment: Instant
  ) throws -> [Outage] {
    let own = Dictionary(grouping: outages.filter { hosts.contains($0.host) }, by: \.host)
    return try hosts.sorted().flatMap { host in
      var since = begin
      for start in [begin] + (own[host] ?? []).map(\.failedAt) {
        for vm in try reader.residents(of: host, justBefore: start) {
          if let stay = try reader.stay(of: vm, at: start.justBefore) { since = min(since, stay.since) }
        }
      }
      guard since < begin else { return [] as [Outage] }
      let known = outages.filter { $0.host == host && $0.failedAt < begin }
      return try reader.outages(ofHosts: [host], from: since, through: begin.justBefore, until: moment).filter {
        !known.contains($0)
      }
    }
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
