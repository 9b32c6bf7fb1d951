internal import Hypervisor
internal import Inventory
internal import Reports

/// The hardware's own record of where VMs ran.
enum SimTruthReport {
  static func report(_ stints: [Stint], at moment: Instant) -> Report {
    var report = Report(schema: "yadokari.sim-truth/1", at: moment, itemsKey: "ran")
    var section = Report.Section(heading: "Where each VM really ran")
    section.columns = [
      TableColumn("vm", "VM"), TableColumn("host", "Host"), TableColumn("since", "Since"), TableColumn("until", "Until"),
    ]
    for stint in stints {
      report.items.append([
        "vm": .string(stint.vm), "host": .string(stint.host), "since": JSONValue(stint.since),
        "until": JSONValue(stint.until),
      ])
      section.rows.append([.text(stint.vm), .text(stint.host), .time(stint.since), .time(stint.until)])
    }
    report.flatColumns = section.columns
    report.flatRows = section.rows
    report.sections.append(section)
    report.answer.append(counted(stints.count, "stint"))
    return report
  }
}
