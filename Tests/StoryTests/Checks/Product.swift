import Foundation
import Importers
import Inventory
import Ledger
import Planning
import Reports
import TestSupport

/// What the program answers, as documents: the only file that knows how to ask it.
struct Product {
  /// A row of a list, by column.
  typealias Row = [String: JSONValue]

  let ledger: Ledger

  private static let now = Instant(microseconds: 1_800_000_000_000_000)

  /// Imports the files of a story in one form.
  init(_ story: Story, lives: [Life], form: Form, folder: ScratchFolder) async throws {
    ledger = try memoryLedger()
    for (part, life) in zip(story.parts, lives) {
      if part.hasEventsFirst { try await takeEvents(part, life, form, folder) }
      if part.usesInventories || form.isInventories {
        for (number, inventory) in life.inventories.sorted(by: { $0.key < $1.key }) {
          let path = try Self.write(inventory, number, part, form, in: folder)
          try await take(path, part, at: part.hasFileDates ? nil : Instant(microseconds: inventory.at))
        }
      }
      if !part.hasEventsFirst { try await takeEvents(part, life, form, folder) }
    }
  }

  private func takeEvents(_ part: Story.Part, _ life: Life, _ form: Form, _ folder: ScratchFolder) async throws {
    guard !form.isInventories else { return }
    let text = form.write(life.numbered(from: part.firstKey))
    let path = try folder.write(text, to: "\(part.source ?? "only")-\(form.rawValue)")
    try await take(path, part, at: nil)
  }

  private func take(_ path: String, _ part: Story.Part, at moment: Instant?) async throws {
    var options = ImportOptions(source: part.source, at: moment)
    options.zone = Form.zone
    options.dateOrder = .monthDayYear
    for report in try await Importer(into: ledger, options: options, now: Self.now).run(paths: [path]) {
      if let error = report.error { throw error }
    }
  }

  private static func write(
    _ inventory: (at: Int64, world: World), _ number: Int, _ part: Story.Part, _ form: Form, in folder: ScratchFolder
  ) throws -> String {
    let name = "\(part.source ?? "only")-\(number)"
    let place = folder.url.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    var files: [(String, String)]
    if form == .powerCLI {
      let form = PowerCLIForm(world: inventory.world)
      files = [("clusters.csv", form.clusters), ("hosts.csv", form.hosts), ("vms.csv", form.vms)]
      files.append(("datastores.csv", form.datastores))
    } else if part.isRVTools {
      let uuid = part.source == "b" ? "33333333-3333-4333-8333-333333333333" : "22222222-2222-4222-8222-222222222222"
      let form = RVToolsForm(world: inventory.world, uuid: uuid)
      files = [("RVTools_tabvInfo.csv", form.vms), ("RVTools_tabvHost.csv", form.hosts)]
      files.append(("RVTools_tabvDatastore.csv", form.datastores))
    } else {
      let form = CollectForm(world: inventory.world)
      files = [("clusters.json", form.clusters), ("hosts.json", form.hosts), ("vms.json", form.vms)]
    }
    let date = Date(timeIntervalSince1970: Double(inventory.at / 1_000_000))
    for (file, text) in files where !text.isEmpty {
      let path = try folder.write(text, to: "\(name)/\(file)")
      try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
    }
    return place.path
  }

  // MARK: Asking

  /// The last moment of which there is evidence.
  func end() throws -> Int64 { try ledger.read { try $0.lastEvidence()?.microseconds ?? 0 } }

  /// `ha affected`.
  func affected(at moment: Int64? = nil) throws -> JSONValue {
    try ledger.read { reader in
      let at = try moment.map { Instant(microseconds: $0) } ?? reader.lastEvidence() ?? Self.now
      let report = try AffectedReport.report(reader, scope: IncidentReader.Scope(), at: at)
      return .object([.init("incidents", .array(report.items))] + report.extra)
    }
  }

  /// `replay`.
  func replay() throws -> JSONValue {
    try ledger.read { reader in
      let at = try reader.lastEvidence() ?? Self.now
      return try ReplayReport.report(reader, scope: ReplayScope(), at: at, for: .json).document ?? .null
    }
  }

  private static func row(_ kind: ListKind, _ cells: [Cell]) -> Row {
    var row: Row = [:]
    for (column, cell) in zip(kind.columns, cells) {
      switch cell {
      case .value(let value): row[column.key] = value
      case .time(let time): row[column.key] = JSONValue(time)
      case .seconds(let seconds): row[column.key] = seconds.map { .double($0) } ?? .null
      case .state(let state, _): row[column.key] = .string(state)
      }
    }
    return row
  }

  /// `vm list`.
  func vms(at moment: Int64) throws -> [Row] {
    try ledger.read { reader in
      var rows: [Row] = []
      try reader.forEachPlacement(at: Instant(microseconds: moment)) {
        rows.append(Self.row(InventoryLists.vms, InventoryLists.cells($0)))
      }
      return rows
    }
  }

  /// `host list`, `cluster list`, `datastore list`.
  func hosts(at moment: Int64) throws -> [Row] {
    try ledger.read { reader in
      let vms = try PlacementCounts(reader, at: Instant(microseconds: moment)).hosts
      return try reader.hosts(at: Instant(microseconds: moment)).map {
        Self.row(InventoryLists.hosts, InventoryLists.cells($0, vms: vms[$0.host.id] ?? 0))
      }
    }
  }

  func clusters(at moment: Int64) throws -> [Row] {
    try ledger.read { reader in
      try reader.clusters(at: Instant(microseconds: moment)).map {
        Self.row(InventoryLists.clusters, InventoryLists.cells($0))
      }
    }
  }

  func datastores(at moment: Int64) throws -> [Row] {
    try ledger.read { reader in
      try reader.datastores(at: Instant(microseconds: moment)).map {
        Self.row(InventoryLists.datastores, InventoryLists.cells($0))
      }
    }
  }

  /// `vm where`; what it throws where the name is unknown or means several.
  func whereIs(_ name: String, source: String?, at moment: Int64) throws -> JSONValue {
    try ledger.read { reader in
      let at = Instant(microseconds: moment)
      let vm = try reader.object(named: name, kind: .vm, source: source, at: at)
      let placement = try reader.placement(of: vm.id, at: at)
      return VMWhereReport.report(placement, named: name, at: at).document ?? .null
    }
  }

  /// The id of the host that a name means at a time.
  func hostID(named name: String, source: String?, at moment: Int64) throws -> String? {
    try ledger.read { reader in
      try reader.object(named: name, kind: .host, source: source, at: Instant(microseconds: moment)).foreignID
    }
  }

  /// `vm history`, each VM of the list by its number in it.
  func histories(at moment: Int64) throws -> [(vm: Row, history: JSONValue)] {
    try ledger.read { reader in
      let at = Instant(microseconds: moment)
      var found: [(Row, JSONValue)] = []
      var placements: [Placement] = []
      try reader.forEachPlacement(at: at) { placements.append($0) }
      for placement in placements {
        let report = try VMHistoryReport.report(placement.vm, since: .distantPast, until: at, reader, at: at)
        found.append((Self.row(InventoryLists.vms, InventoryLists.cells(placement)), report.document ?? .null))
      }
      return found
    }
  }

  /// `report residency`.
  func residency(at moment: Int64) throws -> JSONValue {
    try ledger.read { reader in
      let at = Instant(microseconds: moment)
      return try ResidencyReport.report(reader, ResidencyQuestion(), at: at, for: .json).document ?? .null
    }
  }

  /// How many hosts and VMs the capacity report sees in each cluster of a source.
  func capacity(source: String?, at moment: Int64) throws -> [String: (hosts: Int, vms: Int)] {
    try ledger.read { reader in
      let names = try source.map { [$0] } ?? reader.sourceNames()
      // Only the counts are looked at: searches for what fits would take most of the time.
      var question = CapacityQuestion()
      (question.profiles, question.targets) = ([], [])
      var counts: [String: (hosts: Int, vms: Int)] = [:]
      for name in names {
        let snapshot = try reader.snapshot(of: name, at: Instant(microseconds: moment))
        for cluster in snapshot.clusters {
          let capacity = ClusterCapacity(of: .cluster(cluster.name), in: snapshot, question)
          let report = CapacityReport(
            [.init(PoolIdentity(source: name, scope: .cluster(cluster.name)), capacity: capacity, lastEvidence: nil)],
            outside: [], now: Self.now, command: "")
          let item = report.report(at: Instant(microseconds: moment)).items.first
          counts[cluster.name] = (Int(item?["hosts"]?.intValue ?? -1), Int(item?["vms"]?.intValue ?? -1))
        }
      }
      return counts
    }
  }

  /// Rows of a query.
  func query(_ sql: String) throws -> [Row] {
    try ledger.read { reader in
      var (names, rows): ([String], [Row]) = ([], [])
      try reader.query(
        sql, isOver: { false }, columns: { names = $0 },
        row: { values in
          rows.append(Row(zip(names, values), uniquingKeysWith: { $1 }))
        })
      return rows
    }
  }
}
