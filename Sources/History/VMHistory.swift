package import Inventory

/// Everything that the records of one virtual machine add up to.
package struct VMHistory: Sendable {
  package let residency: Timeline<ObjectID>
  package let power: Timeline<PowerState>
  package let shape: Timeline<VMShape>
  /// The datastore of the VM's home files.
  package let home: Timeline<ObjectID>
  package let cluster: Timeline<ObjectID>
  /// The number of the name it went by.
  package let name: Timeline<Int64>
  package let settings: [String: Timeline<String>]

  /// Folds the records of one VM, in whatever order they come.
  package init(_ records: [Record]) {
    let records = Self.withoutBookkeeping(records.sorted())
    residency = Timeline(records.compactMap { PlaceEvidence($0).claim(of: $0) })
    power = Timeline(
      records.compactMap { record in
        PowerEvidence(record).map {
          Claim(record, before: $0.before, after: $0.after, yields: $0.yields)
        }
      })
    shape = Self.shape(records)
    home = Self.home(records)
    cluster = Self.cluster(records)
    name = nameTimeline(records)
    settings = settingTimelines(records)
  }

  /// The records without the power-offs that a dead host's VMs get when it is tidied up: the VM runs elsewhere by then, and
  /// they name the host on which it had been.
  private static func withoutBookkeeping(_ records: [Record]) -> [Record] {
    var place: ObjectID?
    /// Where it had been before it was started elsewhere without having been stopped.
    var left: (host: ObjectID?, isByHA: Bool)?
    var isOn = false
    return records.filter { record in
      let isStop = record.type == .vmPoweredOff || ForeignMeaning(record.foreignType) == .stopping
      if isStop, let left, let host = record.host, host != place, left.host == host || (left.host == nil && left.isByHA) {
        return false
      }
      if isStop { isOn = false }
      switch PlaceEvidence(record) {
      case .arrival(let host):
        if host != place, isOn || record.type == .vmRestarted { left = (place, record.type == .vmRestarted) }
        (place, isOn) = (host, true)
      case .move(_, let host):
        if record.type == .vmRestarted { left = (record.otherHost, true) } else { left = nil }
        place = host
      case .departure(let host):
        if place == nil || place == host { (place, left) = (nil, nil) }
      case .presence(let host): if !isStop { place = host } else { place = place ?? host }
      case .registration(let host): (place, left) = (host, nil)
      case .unregistration: (place, left) = (nil, nil)
      case .hint, .none: break
      }
      return true
    }
  }

  private static func shape(_ records: [Record]) -> Timeline<VMShape> {
    var current = VMShape(vcpus: nil, memoryMiB: nil)
    var claims: [Claim<VMShape>] = []
    for record in records {
      guard record.type != .vmUnregistered else {
        claims.append(Claim(record, before: .silent, after: .gone))
        continue
      }
      guard record.facts.vcpus != nil || record.facts.memoryMiB != nil else { continue }
      current = VMShape(
        vcpus: record.facts.vcpus ?? current.vcpus, memoryMiB: record.facts.memoryMiB ?? current.memoryMiB)
      // An inventory says how it is, so it also speaks for the time before; a change speaks for the time after.
      let before: Claim<VMShape>.Side = record.type == .vmPlaced ? .value(current) : .silent
      claims.append(Claim(record, before: before, after: .value(current)))
    }
    return Timeline(claims)
  }

  private static func home(_ records: [Record]) -> Timeline<ObjectID> {
    Timeline(
      records.compactMap { record in
        func claim(_ before: Claim<ObjectID>.Side, _ after: Claim<ObjectID>.Side, yields: Bool) -> Claim<ObjectID> {
          Claim(record, before: before, after: after, yields: yields)
        }
        if record.type == .vmUnregistered { return claim(.silent, .gone, yields: false) }
        guard let datastore = record.datastore else { return nil }
        guard record.type == .migrationCompleted else { return claim(.value(datastore), .value(datastore), yields: false) }
        if case .departure = PlaceEvidence(record) { return claim(.value(datastore), .unknown, yields: true) }
        guard let source = record.otherDatastore else { return claim(.silent, .value(datastore), yields: false) }
        return claim(.value(source), .value(datastore), yields: false)
      })
  }

  private static func cluster(_ records: [Record]) -> Timeline<ObjectID> {
    Timeline(
      records.compactMap { record in
        if record.type == .vmUnregistered { return Claim(record, before: .silent, after: .gone) }
        guard let cluster = record.cluster else { return nil }
        let before: Claim<ObjectID>.Side =
          switch PlaceEvidence(record) {
          case .registration: .gone
          case .move: .silent
          default: .value(cluster)
          }
        return Claim(record, before: before, after: .value(cluster))
      })
  }
}

/// The names that a subject went by, from the records that name it.
func nameTimeline(_ records: [Record]) -> Timeline<Int64> {
  Timeline(
    records.compactMap { record in
      record.nameID.map { Claim(record, before: .silent, after: .value($0)) }
    })
}

/// Whom HA guards. What is set so today need not have been so at a failure before.
private let protection: Set<String> = ["ha_enabled", "ha_protected", "restart_priority"]

/// The named settings of a subject: from inventories, which but for `protection` also speak for the time before, and from
/// changes.
func settingTimelines(_ records: [Record]) -> [String: Timeline<String>] {
  var claims: [String: [Claim<String>]] = [:]
  for record in records {
    for (key, value) in record.facts.settings {
      claims[key, default: []].append(
        Claim(record, before: protection.contains(key) ? .silent : .value(value), after: .value(value)))
    }
    if record.type == .foreignOther, let setting = ForeignMeaning(record.foreignType)?.setting {
      claims[setting.key, default: []].append(
        Claim(record, before: .silent, after: .value(setting.value)))
    }
  }
  return claims.mapValues { Timeline($0) }
}
