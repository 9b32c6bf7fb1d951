internal import History
package import Inventory
package import Ledger

/// Where everybody was at one moment.
package struct ReplayStateReport {
  package static func report(_ reader: borrowing LedgerReader, scope: ReplayScope, at moment: Instant) throws -> Report {
    let placements = try PlacementsAt(reader, scope, at: moment).all
    let labels = ReplayNames.labels(placements.map(\.vm))
    var report = Report(schema: "yadokari.replay-state/1", at: moment, itemsKey: "vms")
    report.flatColumns = columns
    report.flatRows = placements.map { placement in
      [
        .text(placement.vm.name), .text(placement.vm.foreignID), .text(placement.vm.source),
        .text(placement.host?.name), .text(placement.host?.foreignID), .text(placement.power?.rawValue),
        .time(placement.since), .text(placement.grade.rawValue),
      ]
    }
    report.items = report.flatRows.map { .object(zip(columns, $0).map { .init($0.key, $1.json) }) }
    let state = placements.map { JSONValue.Member(labels[$0.vm.id] ?? $0.vm.name, JSONValue($0.host?.name)) }
    report.extra = [.init("state", .object(state.sorted { $0.key < $1.key }))]
    let unknown = placements.count { $0.host == nil }
    report.answer = [
      "\(counted(placements.count, "VM")) at \(moment)" + (unknown > 0 ? ", of \(unknown) nothing shows where." : ".")
    ]
    if !placements.isEmpty {
      var section = Report.Section(heading: "Places")
      (section.columns, section.rows) = (columns, report.flatRows)
      report.sections = [section]
    }
    return report
  }

  private static let columns = [
    TableColumn("vm", "VM"), TableColumn("vm_id", "Id", isDataOnly: true),
    TableColumn("source", "Source", isDataOnly: true), TableColumn("host", "Host"),
    TableColumn("host_id", "Host id", isDataOnly: true), TableColumn("power", "Power"), TableColumn("since", "Since"),
    TableColumn("grade", "Grade"),
  ]
}
