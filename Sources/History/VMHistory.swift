package import Inventory

/// Everything that the records of one virtual machine add up to. It can go on with every later record.
package struct VMHistory: Sendable {
  package var residency = Timeline<ObjectID>()
  package internal(set) var power = PowerFold()
  package var shape = Timeline<VMShape>()
  /// The datastore of the VM's home files.
  package var home = Timeline<ObjectID>()
  package var cluster = Timeline<ObjectID>()
  /// The number of the name it went by.
  package var name = Timeline<Int64>()
  package var settings: [String: Timeline<String>] = [:]

  private var bookkeeping = VMBookkeeping()
  private var currentShape = VMShape(vcpus: nil, memoryMiB: nil)
  /// The troubles of hosts that are known, each host's in the order of time.
  private var troubles: [ObjectID: [HostTrouble]] = [:]
  /// The host on which it was last seen.
  private var place: ObjectID?
  /// The same before the last record.
  private var hostBefore: ObjectID?
  /// Whether any record has shown a place.
  private var wasPlaced = false
  private var lastAt = Instant.distantPast
  /// When the last trouble, or its end, was taken into account; nil where none was. An earlier record is late.
  package private(set) var lastTroubleAt: Instant?

  package init() {}

  /// Folds the records of one VM, in whatever order they come.
  /// - Parameters:
  ///   - troubles: the troubles of the hosts on which it was, each host's in the order of time. Those after the last record
  ///     count, too.
  ///   - sourceTellsPower: whether its source tells of starts and stops at all.
  package init(_ records: [Record], troubles: [ObjectID: [HostTrouble]] = [:], sourceTellsPower: Bool = true) {
    self.troubles = troubles
    power.sourceTellsPower = sourceTellsPower
    for record in records.sorted() { add(record) }
    takeTroubles(through: .distantFuture)
    self.troubles = [:]
  }

  /// Goes on with a record that is later than those before it.
  package mutating func add(_ record: Record) {
    if !troubles.isEmpty { takeTroubles(through: record.at) }
    let evidence = PlaceEvidence(record)
    if !troubles.isEmpty, !wasPlaced { beginBehindTrouble(record, evidence) }
    lastAt = record.at
    guard !bookkeeping.isBookkeeping(record, evidence) else { return }
    hostBefore = place
    if let claim = evidence.claim(of: record) {
      let setAside = residency.setAside.count
      residency.add(claim)
      if residency.setAside.count == setAside { go(claim) }
    }
    power.add(record, isInTrouble: isInTrouble(record))
    if let claim = shapeClaim(record) { shape.add(claim) }
    if let claim = Self.homeClaim(record, evidence) { home.add(claim) }
    if let claim = clusterClaim(record, evidence) { cluster.add(claim) }
    if let claim = nameClaim(record) { name.add(claim) }
    addSettings(of: record, to: &settings)
  }

  /// The stops in outages that its records show, since this was last asked.
  package mutating func takeStops() -> [StopInOutage] { power.takeStops() }

  private mutating func go(_ claim: Claim<ObjectID>) {
    wasPlaced = true
    switch claim.after {
    case .value(let host): place = host
    case .unknown, .gone: place = nil
    case .silent: break
    }
  }

  private func isInTrouble(_ record: Record) -> Bool {
    guard !troubles.isEmpty, let host = record.host else { return false }
    return troubles[host]?.contains { $0.contains(record.at) } ?? false
  }

  /// Where the first record that has a place shows the VM on a host that died before, it was there when it died, as far as
  /// is known.
  private mutating func beginBehindTrouble(_ record: Record, _ evidence: PlaceEvidence) {
    let host: ObjectID
    switch evidence {
    case .presence(let here), .hint(let here), .departure(let here): host = here
    case .move(let from, _): host = from
    case .arrival, .registration, .unregistration, .none: return
    }
    if let last = troubles[host]?.last(where: { $0.stoppedVMs && $0.failedAt < record.at }) { power.begin(behind: last) }
  }

  /// Takes the troubles of its host since its last record into account.
  private mutating func takeTroubles(through end: Instant) {
    guard let place, let known = troubles[place] else { return }
    for trouble in known where trouble.failedAt <= end && lastAt < trouble.backAt {
      for moment in [trouble.failedAt, trouble.declaredDeadAt].compactMap({ $0 }) where lastAt < moment && moment <= end {
        power.fail(trouble, at: moment)
        lastTroubleAt = moment
      }
      guard !trouble.stoppedVMs, trouble.backAt <= end, trouble.backAt < .distantFuture else { continue }
      power.comeBack(from: trouble)
      lastTroubleAt = trouble.backAt
    }
  }

  private mutating func shapeClaim(_ record: Record) -> Claim<VMShape>? {
    if record.type == .vmUnregistered { return Claim(record, before: .silent, after: .gone) }
    guard record.facts.vcpus != nil || record.facts.memoryMiB != nil else { return nil }
    currentShape = VMShape(
      vcpus: record.facts.vcpus ?? currentShape.vcpus, memoryMiB: record.facts.memoryMiB ?? currentShape.memoryMiB)
    // An inventory says how it is, so it also speaks for the time before; a change speaks for the time after.
    return Claim(record, before: record.type == .vmPlaced ? .value(currentShape) : .silent, after: .value(currentShape))
  }

  private static func homeClaim(_ record: Record, _ evidence: PlaceEvidence) -> Claim<ObjectID>? {
    if record.type == .vmUnregistered { return Claim(record, before: .silent, after: .gone) }
    guard let datastore = record.datastore else { return nil }
    if case .registration = evidence { return Claim(record, before: .gone, after: .value(datastore)) }
    guard record.type == .migrationCompleted else {
      return Claim(record, before: .value(datastore), after: .value(datastore))
    }
    if case .departure = evidence { return Claim(record, before: .value(datastore), after: .unknown, yields: true) }
    guard let source = record.otherDatastore else { return Claim(record, before: .silent, after: .value(datastore)) }
    return Claim(record, before: .value(source), after: .value(datastore))
  }

  private func clusterClaim(_ record: Record, _ evidence: PlaceEvidence) -> Claim<ObjectID>? {
    if record.type == .vmUnregistered { return Claim(record, before: .silent, after: .gone) }
    guard let cluster = record.cluster else {
      // A record with all fields that names no cluster is of a host in none: the one of before says nothing of it.
      return leavesCluster(record, evidence) ? Claim(record, before: .silent, after: .unknown) : nil
    }
    let before: Claim<ObjectID>.Side =
      switch evidence {
      case .registration: .gone
      case .move: .silent
      default: .value(cluster)
      }
    return Claim(record, before: before, after: .value(cluster))
  }
}

extension VMHistory {
  /// Whether a record with all fields shows the VM on another host, and names no cluster.
  private func leavesCluster(_ record: Record, _ evidence: PlaceEvidence) -> Bool {
    guard record.foreignType != nil, record.type != .vmPlaced, !record.facts.isSparse else { return false }
    switch evidence {
    case .arrival(let host), .move(_, let host), .presence(let host): return hostBefore != nil && host != hostBefore
    case .registration, .unregistration, .departure, .hint, .none: return false
    }
  }
}

/// Under which name a record knows its subject.
func nameClaim(_ record: Record) -> Claim<Int64>? {
  record.nameID.map { Claim(record, before: .silent, after: .value($0)) }
}

/// Whom HA guards. What is set so today need not have been so at a failure before.
private let protection: Set<String> = ["ha_enabled", "ha_protected", "restart_priority"]

/// The named settings that a record gives its subject: inventories, which but for `protection` also speak for the time
/// before, and what holds from then on.
func addSettings(of record: Record, to settings: inout [String: Timeline<String>]) {
  for (key, value) in record.facts.settings {
    let before: Claim<String>.Side = protection.contains(key) ? .silent : .value(value)
    settings[key, default: Timeline()].add(Claim(record, before: before, after: .value(value)))
  }
  for (key, value) in record.facts.sets {
    settings[key, default: Timeline()].add(Claim(record, before: .silent, after: .value(value)))
  }
  if let setting = record.meaning?.setting {
    settings[setting.key, default: Timeline()].add(Claim(record, before: .silent, after: .value(setting.value)))
  }
}
