internal import Inventory

/// Takes the rows of the tabs and joins what they say of one object.
struct RVToolsCollector {
  private(set) var inventory = RVToolsInventory()
  /// What could not be used.
  private(set) var report: FileReport

  /// The rows in which objects of a tab stand, by what tells them apart.
  private var rows: [RVToolsTab: [String: Int]] = [:]
  /// Numbers of VMs by id, by datacenter and name, and by name alone: nil for a name of several.
  private var byID: [String: Int] = [:]
  private var byPlace: [String: Int] = [:]
  private var byName: [String: Int?] = [:]
  private var kept = 0

  /// The most that is kept of all rows, in bytes, roughly.
  private static let keptLimit = 512 << 20

  init(_ report: FileReport, created: String?) {
    self.report = report
    inventory.created = created
  }

  mutating func begin(_ tab: RVToolsTab) { inventory.tabs.insert(tab) }

  /// Sets a row or a tab aside.
  mutating func setAside(_ place: String, row: Int, _ reason: String) {
    report.skip(line: row, reason: "\(place): \(reason)")
  }

  /// Takes a row; one about nothing is no row.
  /// - Parameter place: the sheet or the list, for messages.
  /// - Throws: `failed` for more rows than can be kept, or rows of several vCenters.
  mutating func take(_ row: TabRow, at place: String) throws {
    do {
      guard let name = try row.key() else { return }
      try takeUUID(try row.text("VI SDK UUID"))
      switch row.header.tab {
      case .vMetaData: inventory.metaDataTime = inventory.metaDataTime ?? name
      case .vCluster:
        inventory.clusters.append(try added(.cluster(name, row), row))
      case .vDatastore:
        inventory.datastores.append(try added(.datastore(name, row), row))
      case .vHost:
        let host = try added(.host(name, row), row)
        inventory.hosts.append(host)
        inventory.speeds[name] = try row.amount("Speed")
      case .vInfo: try add(RVToolsVM(name, row), row)
      default:
        let number = try vm(named: name, row)
        try keep(Self.costOfDetail)
        try inventory.vms[number].join(row)
      }
    } catch let problem as RecordProblem {
      setAside(place, row: row.number, problem.reason)
    }
  }

  private static let costOfDetail = 256
  private static let costOfObject = 2048

  private mutating func keep(_ bytes: Int) throws {
    kept += bytes
    guard kept <= Self.keptLimit else {
      throw YadokariError(
        .failed, "\(report.path) says more than can be kept in \(Self.keptLimit >> 20) MiB; export one vCenter at a time")
    }
  }

  private mutating func takeUUID(_ uuid: String?) throws {
    guard let uuid else { return }
    if let known = inventory.instanceUUID, known.lowercased() != uuid.lowercased() {
      throw YadokariError(
        .failed,
        "\(report.path) holds rows of several vCenters (VI SDK UUID \(known) and \(uuid)); export each of them by itself")
    }
    inventory.instanceUUID = inventory.instanceUUID ?? uuid
  }

  /// The object, unless another row of its tab is about it.
  private mutating func added(_ object: RVToolsObject, _ row: TabRow) throws -> RVToolsObject {
    if let other = rows[row.header.tab, default: [:]].updateValue(row.number, forKey: object.identity) {
      rows[row.header.tab, default: [:]][object.identity] = other
      guard object.id.isEmpty else {
        throw RecordProblem(reason: "row \(row.number): \(object.id) (\"\(object.name)\") stands in row \(other) already")
      }
      let place = object.datacenter.map { " of datacenter \"\($0)\"" } ?? ""
      throw RecordProblem(
        reason: "row \(row.number): \"\(object.name)\"\(place) stands in row \(other) already, and no id tells them apart; "
          + "export again with a version of RVTools that gives ids")
    }
    try keep(Self.costOfObject + object.name.utf8.count + object.id.utf8.count)
    return object
  }

  private mutating func add(_ vm: RVToolsVM, _ row: TabRow) throws {
    let object = try added(vm.object, row)
    try keep((vm.path?.utf8.count ?? 0) + (vm.host?.utf8.count ?? 0))
    let number = inventory.vms.count
    inventory.vms.append(vm)
    if !object.id.isEmpty { byID[object.id] = number }
    let place = RVToolsObject.qualified(object.name, object.datacenter)
    byPlace[place] = number
    byName[object.name] = byName[object.name] == nil ? number : .some(nil)
  }

  /// The VM that a row of another tab is about: by its id, else by its name in its datacenter, else by its name.
  private func vm(named name: String, _ row: TabRow) throws -> Int {
    guard inventory.tabs.contains(.vInfo) else {
      throw RecordProblem(reason: "no vInfo lists the VMs that it tells of; import the tabs together")
    }
    if let id = try row.text("VM ID"), !byID.isEmpty {
      guard let number = byID[id] else { throw RecordProblem(reason: "vInfo has no VM \(id) (\"\(name)\")") }
      return number
    }
    switch byName[name] {
    case nil: throw RecordProblem(reason: "vInfo has no VM \"\(name)\"")
    case let number??: return number
    case .some(nil):
      if let datacenter = try row.text("Datacenter"), let number = byPlace[RVToolsObject.qualified(name, datacenter)] {
        // Names are unique in a folder only: two of one datacenter have ids, or one was set aside.
        if inventory.vms.count(where: { $0.object.name == name && $0.object.datacenter == datacenter }) == 1 {
          return number
        }
      }
      throw RecordProblem(reason: "vInfo has several VMs \"\(name)\", and the row does not say which")
    }
  }
}
