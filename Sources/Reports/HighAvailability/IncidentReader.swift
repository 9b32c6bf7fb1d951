package import History
package import Inventory
package import Ledger

/// Finds the incidents of a ledger: loads what the analysis needs of those that were asked for, and no more.
package struct IncidentReader {
  /// Which incidents to look at.
  package struct Scope: Sendable {
    package var host: ObjectID?
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
    /// Hosts that do not answer and that nobody declared failed, with how many VMs were on them.
    package var unconfirmed: [(outage: Outage, vms: Int)] = []
  }

  /// The incidents in scope as they look from a moment.
  package static func findings(
    _ reader: borrowing LedgerReader, scope: Scope, at moment: Instant
  ) throws -> Findings {
    let all = try reader.outages(until: moment)
    if let source = scope.source { try reader.checkSource(source) }
    let wanted = try all.filter { outage in
      guard scope.host == nil || outage.host == scope.host, scope.incident == nil || outage.id == scope.incident,
        scope.since <= outage.failedAt, outage.failedAt <= scope.until
      else { return false }
      guard let source = scope.source else { return true }
      return try reader.summary(of: outage.host, at: moment).source == source
    }
    guard let begin = try beginning(of: wanted, among: all, reader) else { return Findings() }
    let hosts = Set(wanted.map(\.host))
    let outages = all.filter { $0.failedAt >= begin || hosts.contains($0.host) }
    let failovers = try reader.failoverRecords(from: begin, to: moment)
    let files = try candidates(for: wanted, failovers: failovers, reader).map { vm in
      try file(of: vm, from: begin, to: moment, outages: outages, reader)
    }
    var finished: [ObjectID: [Instant]] = [:]
    for record in failovers where record.type == .failoverFinished {
      if let cluster = record.cluster { finished[cluster, default: []].append(record.at) }
    }
    var highAvailability: [ObjectID: [Span<String>]] = [:]
    var restartPriority: [ObjectID: [Span<String>]] = [:]
    for cluster in Set(wanted.compactMap(\.cluster)) {
      highAvailability[cluster] = try reader.setting("ha_enabled", of: cluster)
      restartPriority[cluster] = try reader.setting("restart_priority", of: cluster)
    }
    let analysis = IncidentAnalysis(
      outages: outages, failoversFinished: finished, highAvailability: highAvailability,
      restartPriority: restartPriority, files: files)
    var findings = Findings()
    for outage in wanted {
      let announced = announced(by: failovers, for: outage, among: outages)
      if let incident = analysis.incident(of: outage, announced: announced) {
        findings.incidents.append(try graded(incident, reader, at: moment))
      } else if outage.backAt == .distantFuture {
        let residents = try reader.residents(of: outage.host, justBefore: outage.failedAt)
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
    let ends = try reader.lastFailoverEnds(before: first)
    let clusters = Set(wanted.compactMap(\.cluster))
    let open = all.filter { outage in
      guard let cluster = outage.cluster, clusters.contains(cluster) else { return false }
      return outage.failedAt < first && outage.backAt > first && outage.failedAt > ends[cluster] ?? .distantPast
    }
    return open.map(\.failedAt).min() ?? first
  }

  /// The VMs that may have been hit: who was on the host, whom HA acted for, and whom nothing places.
  private static func candidates(
    for outages: [Outage], failovers: [Record], _ reader: borrowing LedgerReader
  ) throws -> [ObjectID] {
    var vms: Set<ObjectID> = []
    for outage in outages {
      vms.formUnion(try reader.residents(of: outage.host, justBefore: outage.failedAt))
      vms.formUnion(
        failovers.filter { record in
          // A record that names no cluster may be of any.
          record.at >= outage.failedAt && (record.cluster == nil || record.cluster == outage.cluster)
        }.compactMap(\.vm))
      if let cluster = outage.cluster {
        vms.formUnion(try reader.unplacedVMs(in: cluster, justBefore: outage.failedAt))
        if try reader.hasSparseRecords(reader.summary(of: cluster, at: outage.failedAt).source) {
          vms.formUnion(try reader.unplacedVMs(maybeIn: cluster, justBefore: outage.failedAt))
        }
      }
    }
    return vms.sorted()
  }

  /// A VM with its records from the first failure that counts: an earlier one of the same host, if the VM has been there
  /// since, may have stopped it for good.
  private static func file(
    of vm: ObjectID, from first: Instant, to moment: Instant, outages: [Outage], _ reader: borrowing LedgerReader
  ) throws -> VMFile {
    let stay = try reader.stay(of: vm, at: first.justBefore)
    let earlier = outages.first { outage in
      outage.host == stay?.host && (stay?.since ?? .distantFuture) < outage.failedAt && outage.failedAt < first
    }
    return try reader.file(of: vm, from: earlier?.failedAt ?? first, to: moment)
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

  /// How many VMs the cluster set out to restart after this failure, and not after a later one.
  private static func announced(by failovers: [Record], for outage: Outage, among outages: [Outage]) -> Int? {
    let counts = failovers.filter { record in
      guard record.type == .failoverStarted, record.cluster == outage.cluster, record.facts.pendingVMs != nil else {
        return false
      }
      let open = outages.filter {
        $0.cluster == outage.cluster && $0.failedAt <= record.at && record.at < $0.backAt && $0.trigger != .connectionLost
      }
      // A count that stands for several failures at once says nothing of one.
      guard open.count <= 1 else { return false }
      let latest = outages.last { $0.cluster == outage.cluster && $0.failedAt <= record.at && $0.trigger != .connectionLost }
      return (latest ?? outage).id == outage.id && outage.failedAt <= record.at
    }
    return counts.compactMap(\.facts.pendingVMs).max().map { Int($0) }
  }
}
