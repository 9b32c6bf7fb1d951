internal import Inventory

/// Joins the lists of one export by PowerCLI to inventories, one for each vCenter that its rows name.
struct InventoryListReader {
  private var report: FileReport
  private var inventories: [(server: String?, inventory: ListedInventory)] = []
  /// Where each object stands, by server, kind and what tells it from others.
  private var places: [String: (path: String, line: Int)] = [:]

  /// The most objects that are kept.
  private static let limit = 1_000_000

  /// Reads the lists.
  /// - Throws: `failed` for two lists that tell of one object, or lists without one.
  static func inventories(of paths: [InputPath], _ report: FileReport) throws -> [ListedPart] {
    var reader = Self(report: report)
    let lists = try paths.compactMap { try InventoryList(path: $0) }
    for kind in InventoryListKind.allCases {
      for list in lists where list.kind == kind { try reader.take(list) }
    }
    guard reader.inventories.contains(where: { !$0.inventory.isEmpty }) || reader.report.skippedCount > 0 else {
      throw YadokariError(.failed, "\(report.path) lists nothing: that is no data; look at the script that wrote it")
    }
    return reader.finished()
  }

  private init(report: FileReport) { self.report = report }

  private mutating func take(_ list: InventoryList) throws {
    try list.forEachRow { item in
      switch item {
      case .broken(let reason, let line): report.skip(line: line, reason: "\(list.path.name): \(reason)")
      case .piece(let row, let line):
        guard let name = row.text("name"), name.utf8.count <= TabRow.textLimit else {
          return report.skip(line: line, reason: "\(list.path.name): an object without a name")
        }
        try take(name, row, of: list)
      }
    }
  }

  private mutating func take(_ name: String, _ row: InventoryList.Row, of list: InventoryList) throws {
    let server = row.server
    let identity = row.id("id").isEmpty ? name : row.id("id")
    let key = "\(server ?? "")/\(list.kind.rawValue)/\(identity)"
    if let other = places[key] {
      guard other.path == list.path.name else {
        throw YadokariError(
          .failed,
          "\(list.path), line \(row.line): \"\(name)\" stands in \(other.path), line \(other.line), too; put each export "
            + "into a folder of its own")
      }
      return report.skip(
        line: row.line,
        reason: "\(list.path.name): \"\(name)\" stands in line \(other.line) already, and no id tells them apart")
    }
    guard places.count < Self.limit else {
      throw YadokariError(.failed, "\(list.path) lists more than \(Self.limit) objects; export one vCenter at a time")
    }
    places[key] = (list.path.name, row.line)
    let index = self.index(of: server)
    switch list.kind {
    case .clusters: inventories[index].inventory.clusters.append(.cluster(name, row))
    case .hosts:
      let host = ListedObject.host(name, row)
      inventories[index].inventory.hosts.append(host)
    case .datastores: inventories[index].inventory.datastores.append(.datastore(name, row))
    case .vms: inventories[index].inventory.vms.append(ListedVM(name, row))
    }
  }

  /// The inventory of a vCenter; rows that do not name it are of the first.
  private mutating func index(of server: String?) -> Int {
    if let known = inventories.firstIndex(where: { server == nil || $0.server == nil || $0.server == server }) {
      if let server, inventories[known].server == nil { inventories[known].server = server }
      return known
    }
    var inventory = ListedInventory()
    inventory.rowTypes = .powerCLI
    inventories.append((server, inventory))
    return inventories.count - 1
  }

  private func finished() -> [ListedPart] {
    let parts = inventories.isEmpty ? [(nil, ListedInventory())] : inventories
    return parts.enumerated().map { number, part in
      var inventory = part.inventory
      inventory.server = part.server
      placeHosts(in: &inventory)
      return (inventory, number == 0 ? report : FileReport(copying: report))
    }
  }

  /// The parent of a host is its cluster, or the folder of a host that is in none; the cluster of a VM is that of its host.
  private func placeHosts(in inventory: inout ListedInventory) {
    let clusters = Set(inventory.clusters.map(\.name))
    if !clusters.isEmpty {
      for index in inventory.hosts.indices where inventory.hosts[index].cluster.map({ !clusters.contains($0) }) == true {
        inventory.hosts[index].cluster = nil
      }
    }
    let homes = Dictionary(inventory.hosts.map { ($0.name, $0.cluster) }, uniquingKeysWith: { first, _ in first })
    for index in inventory.vms.indices where inventory.vms[index].object.cluster == nil {
      inventory.vms[index].object.cluster = inventory.vms[index].host.flatMap { homes[$0] ?? nil }
    }
  }
}
