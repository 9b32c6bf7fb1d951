package import History
package import Inventory
package import Ledger

/// Finds the incidents of a ledger: loads what the analysis needs of those that were asked for, and no more.
package struct IncidentReader {
  /// Which incidents to look at.
  package struct Scope: Sendable {
    package var host: ObjectID?
    package var incident: Int64?
    package var since = Instant.distantPast
    package var until = Instant.distantFuture

    package init() {}
  }

  /// The incidents in scope as they look from a moment, oldest first.
  package static func incidents(
    _ reader: borrowing LedgerReader, scope: Scope, at moment: Instant
  ) throws -> [Incident] {
    let outages = try reader.outages(until: moment)
    let wanted = outages.filter { outage in
      (scope.host == nil || outage.host == scope.host) && (scope.incident == nil || outage.id == scope.incident)
        && scope.since <= outage.failedAt && outage.failedAt <= scope.until
    }
    guard let first = wanted.map(\.failedAt).min() else { return [] }
    let failovers = try reader.failoverRecords(from: first, to: moment)
    let files = try candidates(for: wanted, failovers: failovers, reader).map { vm in
      try file(of: vm, from: first, to: moment, outages: outages, reader)
    }
    var finished: [ObjectID: [Instant]] = [:]
    for record in failovers where record.type == .failoverFinished {
      if let cluster = record.cluster { finished[cluster, default: []].append(record.at) }
    }
    var highAvailability: [ObjectID: [Span<String>]] = [:]
    for cluster in Set(wanted.compactMap(\.cluster)) {
      highAvailability[cluster] = try reader.setting("ha_enabled", of: cluster)
    }
    let analysis = IncidentAnalysis(
      outages: outages, failoversFinished: finished, highAvailability: highAvailability, files: files)
    return wanted.compactMap { analysis.incident(of: $0, announced: announced(by: failovers, for: $0, among: outages)) }
  }

  /// The VMs that may have been hit: who was on the host, whom HA acted for, and whom nothing places.
  private static func candidates(
    for outages: [Outage], failovers: [Record], _ reader: borrowing LedgerReader
  ) throws -> [ObjectID] {
    var vms: Set<ObjectID> = []
    for outage in outages {
      vms.formUnion(try reader.residents(of: outage.host, justBefore: outage.failedAt))
      vms.formUnion(
        failovers.filter { $0.at >= outage.failedAt && $0.cluster == outage.cluster }.compactMap(\.vm))
      if let cluster = outage.cluster {
        vms.formUnion(try reader.unplacedVMs(in: cluster, justBefore: outage.failedAt))
      }
    }
    return vms.sorted()
  }

  /// A VM with its records from the first failure that hit it, which may be earlier than those that were asked for.
  private static func file(
    of vm: ObjectID, from first: Instant, to moment: Instant, outages: [Outage], _ reader: borrowing LedgerReader
  ) throws -> VMFile {
    let residency = try reader.residency(of: vm)
    let earliest = outages.first { outage in
      span(at: outage.failedAt.justBefore, in: residency)?.value == outage.host
    }
    return try reader.file(of: vm, from: min(first, earliest?.failedAt ?? first), to: moment)
  }

  /// How many VMs the cluster set out to restart after this failure, and not after a later one.
  private static func announced(by failovers: [Record], for outage: Outage, among outages: [Outage]) -> Int? {
    let counts = failovers.filter { record in
      guard record.type == .failoverStarted, record.cluster == outage.cluster, record.facts.pendingVMs != nil else {
        return false
      }
      let latest = outages.last { $0.cluster == outage.cluster && $0.failedAt <= record.at && $0.trigger != .connectionLost }
      return (latest ?? outage).id == outage.id && outage.failedAt <= record.at
    }
    return counts.compactMap(\.facts.pendingVMs).max().map { Int($0) }
  }
}
