package import Inventory

/// Everything that the records of one host add up to.
package struct HostHistory: Sendable {
  package let availability: Timeline<HostAvailability>
  package let mode: Timeline<HostMode>
  /// Whether the source had it in its inventory. No spans where no record tells of its being added or removed.
  package let presence: Timeline<HostPresence>
  package let cluster: Timeline<ObjectID>
  package let name: Timeline<Int64>
  package let settings: [String: Timeline<String>]

  /// Folds the records of one host (those that name no VM), in whatever order they come, and the times at which any record
  /// showed it in a cluster.
  package init(_ records: [Record], sightings: [ClusterSighting]) {
    let records = records.sorted()
    availability = Timeline(Self.availabilityClaims(records))
    mode = Timeline(Self.modeClaims(records))
    presence = Timeline(Self.presenceClaims(records))
    let seen = sightings.flatMap { sighting in
      [(sighting.firstAt, sighting.firstSeq), (sighting.lastAt, sighting.lastSeq)].map { at, seq in
        Claim(at: at, seq: seq, before: .value(sighting.cluster), after: .value(sighting.cluster))
      }
    }
    cluster = Timeline((seen + Self.membershipEnds(records)).sorted { ($0.at, $0.seq) < ($1.at, $1.seq) })
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

  /// Before it was added it was not there, and after it was removed it is gone.
  private static func presenceClaims(_ records: [Record]) -> [Claim<HostPresence>] {
    guard records.contains(where: { $0.type == .hostAdded || $0.type == .hostRemoved }) else { return [] }
    var claims: [Claim<HostPresence>] = []
    var isRemoved = false
    for record in records {
      switch record.type {
      case .hostAdded:
        claims.append(Claim(record, before: .value(.removed), after: .value(.present)))
        isRemoved = false
      case .hostRemoved:
        claims.append(Claim(record, before: .value(.present), after: .value(.removed)))
        isRemoved = true
      default:
        let shows = record.type == .hostObserved || record.type == .hostRecovered
        guard claims.isEmpty || (isRemoved && shows) else { continue }
        claims.append(Claim(record, before: .silent, after: .value(.present)))
        isRemoved = false
      }
    }
    return claims
  }

  private static func membershipEnds(_ records: [Record]) -> [Claim<ObjectID>] {
    records.compactMap { record in
      switch record.type {
      case .hostAdded: Claim(record, before: .gone, after: record.cluster.map { .value($0) } ?? .unknown)
      case .hostRemoved: Claim(record, before: .silent, after: .gone)
      default: nil
      }
    }
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
