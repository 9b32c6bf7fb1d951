internal import Hypervisor
internal import Inventory
internal import Reports

/// The hardware's own record: where VMs ran, and which files their disks have.
enum SimTruthReport {
  static func report(_ simulator: Simulator) -> Report {
    let stints = simulator.stints
    var report = Report(schema: "yadokari.sim-truth/1", at: simulator.now, itemsKey: "ran")
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
    let files = Self.files(simulator)
    report.extra = [.init("files", .array(files.map(\.json)))]
    if !files.isEmpty {
      var list = Report.Section(heading: "The files of their disks")
      list.columns = [
        TableColumn("vm", "VM"), TableColumn("disk", "Disk"), TableColumn("file", "File"), TableColumn("mib", "MiB"),
        TableColumn("state", "Holds"), TableColumn("home", "The VM's own"),
      ]
      list.rows = files.map(\.cells)
      report.sections.append(list)
    }
    report.answer.append(counted(stints.count, "stint"))
    return report
  }

  private static func files(_ simulator: Simulator) -> [(json: JSONValue, cells: [Cell])] {
    simulator.vmNames.flatMap { vm in
      simulator.disks(of: vm).flatMap { disk in
        disk.files.map { file in
          let (name, isHome) = ("[\(file.datastore)] \(file.name)", file.side.map { $0 == disk.home } ?? true)
          let json: JSONValue = [
            "vm": .string(vm), "disk": .int(Int64(disk.number)), "datastore": .string(file.datastore),
            "file": .string(name), "size_mib": .double(file.sizeMiB), "is_log": .bool(file.side == nil),
            "is_complete": .bool(file.isComplete), "is_home": .bool(isHome),
          ]
          let cells: [Cell] = [
            .text(vm), .int(Int64(disk.number)), .text(name), .int(Int64(file.sizeMiB.rounded(.up))),
            .text(file.side == nil ? "a log" : file.isComplete ? "all" : "not all"), .text(isHome ? "yes" : "no"),
          ]
          return (json, cells)
        }
      }
    }
  }
}
