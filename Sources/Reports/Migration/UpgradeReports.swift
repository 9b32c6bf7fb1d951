package import History
package import Inventory

/// What upgrade migrations left to be done.
package enum UpgradeReports {
  private static let columns = [
    TableColumn("source", "Source", isDataOnly: true), TableColumn("vm", "VM"),
    TableColumn("vm_id", "Id", isDataOnly: true), TableColumn("host", "Host"), TableColumn("state", "State"),
    TableColumn("hardware_from", "From", isNumber: true, isDataOnly: true),
    TableColumn("hardware_to", "To", isNumber: true, isDataOnly: true),
    TableColumn("owed_since", "Owed since"), TableColumn("migration", "Migration", isNumber: true, isDataOnly: true),
    TableColumn("hardware_owed", "Hardware owed", isDataOnly: true), TableColumn("hardware_done_at", "Hardware done"),
    TableColumn("tools_owed", "Tools owed", isDataOnly: true), TableColumn("tools_done_at", "Tools done"),
    TableColumn("scheduled_for", "Scheduled for"), TableColumn("scheduled_by", "By", isDataOnly: true),
    TableColumn("scheduled_because", "Why", isDataOnly: true), TableColumn("failed_at", "Failed at", isDataOnly: true),
    TableColumn("failure", "Last failure"),
  ]

  /// What each VM owes since when, what is planned for when, and when it was done.
  /// - Parameter debts: with the host on which each VM is; nil where that is not known.
  package static func owed(_ debts: [(debt: UpgradeDebt, host: String?)], at moment: Instant) -> Report {
    var report = Report(schema: "yadokari.upgrade-owed/1", at: moment, itemsKey: "vms")
    var section = Report.Section(heading: "Upgrades of virtual hardware and guest tools")
    section.columns = columns
    for (debt, host) in debts {
      let cells = cells(debt, host: host)
      section.rows.append(cells)
      report.items.append(.object(zip(columns, cells).map { .init($0.key, $1.json) }))
    }
    let open = debts.filter { !$0.debt.isDone }
    let planned = open.filter { $0.debt.state == .scheduled }.count
    let owing = "\(counted(open.count, "VM")) \(open.count == 1 ? "owes" : "owe") an upgrade"
    report.answer = [
      debts.isEmpty
        ? "No upgrade migration left anything to be done."
        : "\(owing)\(planned > 0 ? ", \(planned) scheduled" : ""); \(counted(debts.count - open.count, "VM")) done."
    ]
    report.flatColumns = section.columns
    report.flatRows = section.rows
    report.sections = debts.isEmpty ? [] : [section]
    return report
  }

  private static func cells(_ debt: UpgradeDebt, host: String?) -> [Cell] {
    let (isHardwareOwed, areToolsOwed) = (debt.hardwareDoneAt == nil, debt.toolsDoneAt == nil)
    return [
      .text(debt.source), .text(debt.vm.name), .text(debt.vm.foreignID.isEmpty ? nil : debt.vm.foreignID), .text(host),
      .state(debt.state.rawValue, tone(of: debt)), .int(debt.fromVersion), .int(debt.toVersion), .time(debt.since),
      .int(debt.migration), .value(.bool(isHardwareOwed)), .time(debt.hardwareDoneAt), .value(.bool(areToolsOwed)),
      .time(debt.toolsDoneAt), .time(debt.plan?.at ?? debt.cycle?.plannedFor), .text(debt.plan?.actor),
      .text(debt.plan?.reason), .time(debt.failure?.at), .text(debt.failure?.reason),
    ]
  }

  private static func tone(of debt: UpgradeDebt) -> Tone {
    switch debt.state {
    case .done: .good
    case .parked, .waiting: .bad
    case .owed, .scheduled, .running: debt.failure == nil ? .neutral : .bad
    }
  }
}
