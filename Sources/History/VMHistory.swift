package import Inventory

/// Everything that the records of one virtual machine add up to. It can go on with every later record.
package struct VMHistory: Sendable {
  package var residency = Timeline<ObjectID>()
  package var power = Timeline<PowerState>()
  package var shape = Timeline<VMShape>()
  /// The datastore of the VM's home files.
  package var home = Timeline<ObjectID>()
  package var cluster = Timeline<ObjectID>()
  /// The number of the name it went by.
  package var name = Timeline<Int64>()
  package var settings: [String: Timeline<String>] = [:]

  private var bookkeeping = VMBookkeeping()
  private var currentShape = VMShape(vcpus: nil, memoryMiB: nil)

  package init() {}

  /// Folds the records of one VM, in whatever order they come.
  package init(_ records: [Record]) { for record in records.sorted() { add(record) } }

  /// Goes on with a record that is later than those before it.
  package mutating func add(_ record: Record) {
    let evidence = PlaceEvidence(record)
    guard !bookkeeping.isBookkeeping(record, evidence) else { return }
    if let claim = evidence.claim(of: record) { residency.add(claim) }
    if let claim = PowerEvidence(record)?.claim(of: record) { power.add(claim) }
    if let claim = shapeClaim(record) { shape.add(claim) }
    if let claim = Self.homeClaim(record, evidence) { home.add(claim) }
    if let claim = Self.clusterClaim(record, evidence) { cluster.add(claim) }
    if let claim = nameClaim(record) { name.add(claim) }
    addSettings(of: record, to: &settings)
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
    guard record.type == .migrationCompleted else {
      return Claim(record, before: .value(datastore), after: .value(datastore))
    }
    if case .departure = evidence { return Claim(record, before: .value(datastore), after: .unknown, yields: true) }
    guard let source = record.otherDatastore else { return Claim(record, before: .silent, after: .value(datastore)) }
    return Claim(record, before: .value(source), after: .value(datastore))
  }

  private static func clusterClaim(_ record: Record, _ evidence: PlaceEvidence) -> Claim<ObjectID>? {
    if record.type == .vmUnregistered { return Claim(record, before: .silent, after: .gone) }
    guard let cluster = record.cluster else { return nil }
    let before: Claim<ObjectID>.Side =
      switch evidence {
      case .registration: .gone
      case .move: .silent
      default: .value(cluster)
      }
    return Claim(record, before: before, after: .value(cluster))
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
