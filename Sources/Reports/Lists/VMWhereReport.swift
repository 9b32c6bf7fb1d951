package import Inventory
package import Ledger

/// Where a VM was at one moment.
package struct VMWhereReport {
  /// - Parameter placement: nil where the VM was not there at that time.
  package static func report(_ placement: Placement?, named name: String, at moment: Instant) -> Report {
    var report = Report(schema: "yadokari.vm-where/1", at: moment, itemsKey: "")
    let fields: [(TableColumn, Cell)] = [
      (TableColumn("vm", "VM"), .text(placement?.vm.name ?? name)),
      (TableColumn("vm_id", "Id"), .text(placement?.vm.foreignID)),
      (TableColumn("source", "Source", isDataOnly: true), .text(placement?.vm.source)),
      (TableColumn("host", "Host"), .text(placement?.host?.name)),
      (TableColumn("host_id", "Host id", isDataOnly: true), .text(placement?.host?.foreignID)),
      (TableColumn("cluster", "Cluster"), .text(placement?.cluster?.name)),
      (TableColumn("power", "Power"), .text(placement?.power?.rawValue)),
      (TableColumn("since", "Since"), .time(placement?.since)),
      (TableColumn("grade", "Grade"), .text((placement?.grade ?? .unknown).rawValue)),
    ]
    report.document = .object(
      [.init("schema", .string(report.schema)), .init("at", JSONValue(moment))]
        + fields.map { .init($0.0.key, $0.1.json) })
    report.items = report.document.map { [$0] } ?? []
    report.flatColumns = fields.map(\.0)
    report.flatRows = [fields.map(\.1)]
    report.answer = [sentence(placement, name, at: moment)]
    return report
  }

  private static func sentence(_ placement: Placement?, _ name: String, at moment: Instant) -> String {
    guard let placement else { return "\(name) is not on record at \(moment)." }
    guard let host = placement.host else { return "Nothing shows where \(placement.vm.name) was at \(moment)." }
    let power = placement.power?.rawValue ?? "unknown"
    let since = placement.since.map { "since \($0)" } ?? "nobody saw it come"
    return "\(placement.vm.name) was on \(host.name) at \(moment), power \(power) (\(placement.grade.rawValue), \(since))."
  }
}
