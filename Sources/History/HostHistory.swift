package import Inventory

/// Everything that the records of one host add up to.
package struct HostHistory: Sendable {
  package let availability: Timeline<HostAvailability>
  package let mode: Timeline<HostMode>
  package let cluster: Timeline<ObjectID>
  package let name: Timeline<Int64>
  package let settings: [String: Timeline<String>]

  /// Folds the records of one host (those that name no VM), in whatever order they come, and the times at which any record
  /// showed it in a cluster.
  package init(_ records: [Record], sightings: [ClusterSighting]) {
    let records = records.sorted()
    availability = Timeline(Self.availabilityClaims(records))
    mode = Timeline(Self.modeClaims(records))
    cluster = Timeline(
      sightings.flatMap { sighting in
        [(sighting.firstAt, sighting.firstSeq), (sighting.lastAt, sighting.lastSeq)].map { at, seq in
          Claim(at: at, seq: seq, before: .value(sighting.cluster), after: .value(sighting.cluster))
        }
      }.sorted { ($0.at, $0.seq) < ($1.at, $1.seq) })
    name = Timeline(records.compactMap(nameClaim))
    var settings: [String: Timeline<String>] = [:]
    for record in records { addSettings(of: record, to: &settings) }
    self.settings = settings
  }

  /// Trouble only grows until the host is back: a lost connection that is noticed after the host was declared dead
  /// does not bring it back to life.
  private static func availabilityClaims(_ records: [Record]) -> [Claim<HostAvailability>] {
    var current: HostAvailability?
    var claims: [Claim<HostAvailability>] = []
    for record in records {
      guard var next = HostSign(record)?.availability else { continue }
      // Nor does an administrator's disconnect.
      let isWorse = next.severity >= (current?.severity ?? 0)
      if let current, next != .connected, !isWorse { next = current }
      current = next
      claims.append(Claim(record, before: .silent, after: .value(next)))
    }
    return claims
  }

  private static func modeClaims(_ records: [Record]) -> [Claim<HostMode>] {
    var current: HostMode?
    var claims: [Claim<HostMode>] = []
    for record in records {
      let next: HostMode
      switch record.type {
      case .hostMaintenanceEntering: next = .enteringMaintenance
      case .hostMaintenanceEntered: next = .maintenance
      case .hostMaintenanceExited, .hostStandbyExited: next = .normal
      case .hostStandbyEntered: next = .standby
      case .hostObserved:
        guard let seen = record.facts.mode else { continue }
        // An inventory that shows no maintenance does not say that the host is not in standby.
        next = seen == .normal && current == .standby ? .standby : seen
      default: continue
      }
      current = next
      claims.append(Claim(record, before: .silent, after: .value(next)))
    }
    return claims
  }
}

extension HostAvailability {
  /// Zero where nothing is wrong.
  var severity: Int {
    switch self {
    case .connected, .disconnected: 0
    case .connectionLost: 1
    case .storageLost: 2
    case .isolated: 3
    case .failed: 4
    }
  }
}
