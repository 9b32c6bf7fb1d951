internal import Inventory

/// Takes the rows of the tabs that tell of one vCenter and joins what they say of one object.
struct RVToolsCollector {
  private(set) var inventory = ListedInventory()
  /// What could not be used.
  private(set) var report: FileReport

  /// The rows in which objects of a tab stand, by what tells them apart.
  private var rows: [RVToolsTab: [String: Int]] = [:]
  /// Numbers of VMs by id, by instance UUID, by datacenter and name, and by name alone: nil where it is that of several.
  private var byID: [String: Int] = [:]
  private var byUUID: [String: Int?] = [:]
  private var byPlace: [String: Int?] = [:]
  private var byName: [String: Int?] = [:]
  /// How much is kept, in bytes, roughly.
  private(set) var kept = 0

  /// - Parameters:
  ///   - instanceUUID: the vCenter's own id; nil where no row tells it.
  ///   - server: the name of the vCenter; nil where no row tells it.
  init(_ report: FileReport, created: String?, instanceUUID: String?, server: String?) {
    self.report = report
    inventory.created = created
    (inventory.instanceUUID, inventory.server) = (instanceUUID, server)
  }

  mutating func begin(_ tab: RVToolsTab) { inventory.tabs.insert(tab) }

  /// Sets a row or a tab aside.
  mutating func setAside(_ place: String, row: Int, _ reason: String) {
    report.skip(line: row, reason: "\(place): \(reason)")
  }

  /// Takes a row; one about nothing is no row.
  /// - Parameter place: the sheet or the list, for messages.
  mutating func take(_ row: TabRow, at place: String) throws {
    do {
      guard let name = try row.key() else { return }
      switch row.header.tab {
      case .vMetaData: break
      case .vCluster:
        inventory.clusters.append(try added(.cluster(name, row), row))
      case .vDatastore:
        var datastore = try ListedObject.datastore(name, row)
        datastore.datacenter = datacenter(ofHosts: datastore.hosts)
        inventory.datastores.append(try added(datastore, row))
      case .vHost:
        let host = try added(.host(name, row), row)
        inventory.hosts.append(host)
        inventory.speeds[name] = try row.amount("Speed")
      case .vInfo: try add(ListedVM(name, row), row)
      default: try join(row, to: vm(named: name, row))
      }
    } catch let problem as RecordProblem {
      setAside(place, row: row.number, problem.reason)
    }
  }

  /// The one datacenter of some hosts; nil where it is not known, or they are in several.
  private func datacenter(ofHosts names: [String]) -> String? {
    guard !names.isEmpty else { return nil }
    let listed = Set(names)
    let found = Set(inventory.hosts.filter { listed.contains($0.name) }.map(\.datacenter))
    return found.count == 1 ? found.first ?? nil : nil
  }

  private static let costOfDetail = 256
  private static let costOfObject = 2048

  /// The object, unless another row of its tab is about it.
  private mutating func added(_ object: ListedObject, _ row: TabRow) throws -> ListedObject {
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
    kept += Self.costOfObject + object.name.utf8.count + object.id.utf8.count
    return object
  }

  private mutating func add(_ vm: ListedVM, _ row: TabRow) throws {
    // Stays nil where this one is set aside: what other tabs say of the name may be of either.
    var number: Int?
    defer {
      Self.note(number, as: ListedObject.qualified(vm.object.name, vm.object.datacenter), in: &byPlace)
      Self.note(number, as: vm.object.name, in: &byName)
      if let uuid = vm.object.uuid { Self.note(number, as: uuid, in: &byUUID) }
    }
    let object = try added(vm.object, row)
    number = inventory.vms.count
    kept += (vm.path?.utf8.count ?? 0) + (vm.host?.utf8.count ?? 0)
    inventory.vms.append(vm)
    if !object.id.isEmpty { byID[object.id] = number }
  }

  /// Notes which VM bears a name; a name that another row had before is that of several.
  private static func note(_ number: Int?, as name: String, in numbers: inout [String: Int?]) {
    numbers[name] = .some(numbers[name] == nil ? number : nil)
  }

  private mutating func join(_ row: TabRow, to number: Int) throws {
    kept += Self.costOfDetail
    do {
      try inventory.vms[number].join(row)
    } catch let problem as RecordProblem {
      inventory.vms[number].isPartial = true
      throw problem
    }
  }

  /// The VM that a row of another tab is about: by its id, else by its name where one VM bears it, else by its VM UUID, else
  /// by its name in its datacenter.
  private mutating func vm(named name: String, _ row: TabRow) throws -> Int {
    guard inventory.tabs.contains(.vInfo) else {
      throw RecordProblem(reason: "no vInfo lists the VMs that it tells of; import the tabs together")
    }
    if let id = try row.text("VM ID"), !byID.isEmpty {
      guard let number = byID[id] else { throw RecordProblem(reason: "vInfo has no VM \(id) (\"\(name)\")") }
      return number
    }
    guard let only = byName[name] else { throw RecordProblem(reason: "vInfo has no VM \"\(name)\"") }
    if let only { return only }
    if let uuid = try row.text("VM UUID"), let number = byUUID[uuid] ?? nil, inventory.vms[number].object.name == name {
      return number
    }
    if let datacenter = try row.text("Datacenter"), let number = byPlace[ListedObject.qualified(name, datacenter)] ?? nil {
      return number
    }
    inventory.doubtfulNames.insert(name)
    throw RecordProblem(reason: "vInfo has several VMs \"\(name)\", and the row does not say which")
  }

  /// Takes the name of its vCenter, which earlier rows did not tell.
  mutating func name(_ uuid: String?, _ server: String?) { (inventory.instanceUUID, inventory.server) = (uuid, server) }

  /// Sets clusters aside of which it is not said in which of several datacenters they are; called once all tabs are read.
  mutating func finish(metaDataTime: String?, otherTabs: [String]) {
    inventory.metaDataTime = metaDataTime
    report.otherTabs = otherTabs
    let names = ListedNames(inventory)
    for cluster in inventory.clusters where names.isShared(.cluster, cluster.name) {
      setAside(
        "vCluster", row: cluster.row,
        "clusters of several datacenters are named \"\(cluster.name)\", and the row does not say which it is about")
    }
    inventory.clusters.removeAll { names.isShared(.cluster, $0.name) }
  }
}
