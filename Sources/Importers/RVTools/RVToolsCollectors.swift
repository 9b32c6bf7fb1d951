internal import Inventory

/// Takes the rows of the tabs of one export, each to its vCenter: tools merge the exports of several into one workbook. Its
/// rows say in `VI SDK UUID`, or `VI SDK Server`, of which they are.
struct RVToolsCollectors {
  private let report: FileReport
  private let created: String?
  private var collectors: [RVToolsCollector] = []
  /// Their numbers by the id of the vCenter and by its name, in lower case.
  private var places: [String: Int] = [:]
  private var tabs: Set<RVToolsTab> = []
  /// When each server's export was made; the name is empty where the row has none.
  private var times: [(server: String, time: String)] = []
  /// The first row that does not name its vCenter.
  private var untold: (place: String, row: Int)?

  /// The most that is kept of all rows, in bytes, roughly.
  private static let keptLimit = 512 << 20
  /// No one has more.
  private static let vCenterLimit = 256

  init(_ report: FileReport, created: String?) { (self.report, self.created) = (report, created) }

  mutating func begin(_ tab: RVToolsTab) {
    tabs.insert(tab)
    for index in collectors.indices { collectors[index].begin(tab) }
  }

  /// Sets a row or a tab aside whose vCenter is not known.
  mutating func setAside(_ place: String, row: Int, _ reason: String) {
    if collectors.isEmpty { add(nil, nil) }
    collectors[0].setAside(place, row: row, reason)
  }

  /// Takes a row; one without a name is skipped.
  /// - Parameter place: the sheet or the list, for messages.
  /// - Throws: `failed` for more rows than can be kept, or where rows of several vCenters do not all say whose they are.
  mutating func take(_ row: TabRow, at place: String) throws {
    let uuid: String?
    let server: String?
    do {
      guard let name = try row.key() else { return }
      if row.header.tab == .vMetaData {
        times.append((try row.text("Server") ?? "", name))
        return
      }
      uuid = try row.text("VI SDK UUID") ?? row.text("vCenter UUID")
      server = try row.text("VI SDK Server")
    } catch let problem as RecordProblem {
      return setAside(place, row: row.number, problem.reason)
    }
    if uuid == nil, server == nil, untold == nil { untold = (place, row.number) }
    let index = try self.index(uuid, server)
    try collectors[index].take(row, at: place)
    guard collectors.reduce(0, { $0 + $1.kept }) <= Self.keptLimit else {
      throw YadokariError(
        .failed, "\(report.path) says more than can be kept in \(Self.keptLimit >> 20) MiB; export one vCenter at a time")
    }
  }

  /// The collector of a row.
  private mutating func index(_ uuid: String?, _ server: String?) throws -> Int {
    let keys = [uuid, server].compactMap { $0?.lowercased() }
    if let known = keys.isEmpty ? (collectors.isEmpty ? nil : 0) : places[keys[0]] { return known }
    // A row that does not tell it is of the only one there is, before that one was named, too.
    if !keys.isEmpty, collectors.count == 1, places.isEmpty {
      for key in keys { places[key] = 0 }
      collectors[0].name(uuid, server)
      return 0
    }
    guard collectors.count < Self.vCenterLimit else {
      throw YadokariError(.failed, "\(report.path) holds rows of more than \(Self.vCenterLimit) vCenters")
    }
    for key in keys where places[key] == nil { places[key] = collectors.count }
    add(uuid, server)
    return collectors.count - 1
  }

  private mutating func add(_ uuid: String?, _ server: String?) {
    var collector = RVToolsCollector(report, created: created, instanceUUID: uuid, server: server)
    for tab in tabs { collector.begin(tab) }
    collectors.append(collector)
  }

  /// What was taken, by vCenter.
  mutating func finish(otherTabs: [String]) throws -> [ListedPart] {
    if collectors.isEmpty { add(nil, nil) }
    if collectors.count > 1, let untold {
      throw YadokariError(
        .failed,
        "\(report.path) holds rows of \(collectors.count) vCenters, and some do not say whose they are, the first in "
          + "\(untold.place), row \(untold.row); put the columns VI SDK UUID and VI SDK Server back into each tab")
    }
    return collectors.indices.map { index in
      var collector = collectors[index]
      let server = collector.inventory.server?.lowercased()
      let own = times.first { $0.server.lowercased() == server } ?? times.first
      collector.finish(metaDataTime: own?.time, otherTabs: otherTabs)
      return (collector.inventory, collector.report)
    }
  }
}
