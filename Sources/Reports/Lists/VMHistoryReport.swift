internal import History
package import Inventory
package import Ledger

/// Where a VM was and how, span after span.
package struct VMHistoryReport {
  package static func report(
    _ vm: ObjectSummary, since: Instant, until: Instant, _ reader: borrowing LedgerReader, at moment: Instant
  ) throws -> Report {
    var report = Report(schema: "yadokari.vm-history/1", at: moment, itemsKey: "spans")
    var rows: [(from: Instant, cells: [Cell], json: JSONValue)] = []
    func add<Value>(_ what: String, _ spans: [Span<Value>], _ text: (Value) throws -> String) throws {
      for span in spans where span.from <= until && span.to > since {
        let value = try span.value.map(text)
        let from: Instant? = span.from == .distantPast ? nil : span.from
        let to: Instant? = span.to == .distantFuture ? nil : span.to
        let cells: [Cell] = [
          .text(what), .text(value), .time(from), .time(to), .text(span.grade.rawValue), .int(span.began), .int(span.ended),
        ]
        rows.append((span.from, cells, .object(zip(columns, cells).map { .init($0.key, $1.json) })))
      }
    }
    var names: [ObjectID: String] = [:]
    func name(_ id: ObjectID) throws -> String {
      if let known = names[id] { return known }
      let name = try reader.summary(of: id, at: until).name
      names[id] = name
      return name
    }
    try add("host", reader.residency(of: vm.id), name)
    try add("power", reader.power(of: vm.id)) { $0.rawValue }
    try add("datastore", reader.home(of: vm.id), name)
    try add("cluster", reader.clusterMembership(of: vm.id), name)
    rows.sort { $0.from < $1.from }
    report.items = rows.map(\.json)
    report.document = .object([
      .init("schema", .string(report.schema)), .init("at", JSONValue(moment)), .init("vm", .string(vm.name)),
      .init("vm_id", JSONValue(vm.foreignID)), .init("source", .string(vm.source)), .init("spans", .array(report.items)),
    ])
    report.flatColumns = columns
    report.flatRows = rows.map(\.cells)
    let hosts = rows.filter { $0.cells[0] == .text("host") }.map { $0.cells[1] }
    let stays = hosts.indices.filter { hosts[$0] != .text(nil) && ($0 == 0 || hosts[$0] != hosts[$0 - 1]) }.count
    report.answer = ["\(vm.name) (\(vm.foreignID ?? "no id")): \(counted(stays, "stay")) on hosts on record."]
    var section = Report.Section(heading: "History")
    section.columns = columns
    section.rows = report.flatRows
    for other in try reader.sameInstance(as: vm, at: moment) {
      section.notes.append(
        "the same VM by its instance id: \(other.name) (\(other.foreignID ?? "")) in source \(other.source)")
    }
    report.sections = [section]
    return report
  }

  private static let columns = [
    TableColumn("what", "What"), TableColumn("value", "Value"), TableColumn("from", "From"), TableColumn("to", "To"),
    TableColumn("grade", "Grade"), TableColumn("began", "Began by", isNumber: true),
    TableColumn("ended", "Ended by", isNumber: true),
  ]
}
