package import Inventory
package import Planning

/// LUNs that are mapped into VMs: the list of them, and what they stop one from doing.
package struct MappingReports {
  package static let list = ListKind(
    schema: "yadokari.rdm-list/1", key: "rdms", title: "Mapped LUNs",
    columns: [
      TableColumn("source", "Source", isDataOnly: true), TableColumn("vm", "VM"), TableColumn("host", "Host"),
      TableColumn("disk", "Disk", isNumber: true), TableColumn("lun", "LUN"), TableColumn("mode", "Mode"),
      TableColumn("size_mib", "MiB", isNumber: true), TableColumn("datastore", "Mapping file on"),
      TableColumn("hosts", "Seen by (number)"), TableColumn("blocked_hosts", "Not by the same number", isDataOnly: true),
    ], emptyText: "No mapped LUN is known at that time.")

  package static func cells(_ mapped: MappedLUN, source: String) -> [Cell] {
    [
      .text(source), .text(mapped.vm), .text(mapped.host.isEmpty ? nil : mapped.host), .int(mapped.disk),
      .text(mapped.lun), .text(mapped.mode.rawValue), .value(.double(mapped.sizeMiB)),
      .text(mapped.datastore.isEmpty ? nil : mapped.datastore),
      .value(hosts(mapped)), .value(.array(mapped.blockedHosts.map { .string($0) })),
    ]
  }

  /// Such as `esx01:12`.
  private static func hosts(_ mapped: MappedLUN) -> JSONValue {
    guard !mapped.numbers.isEmpty else { return .null }
    return .array(mapped.numbers.sorted { $0.key < $1.key }.map { .string("\($0.key):\($0.value)") })
  }

  /// Where mapped LUNs spread, and what each stops one from doing.
  /// - Parameter silent: sources that do not say which VMs have mapped LUNs.
  package static func report(
    _ mapped: [(source: String, lun: MappedLUN)], silent: [String], at moment: Instant
  ) -> Report {
    var report = Report(schema: "yadokari.rdm/1", at: moment, itemsKey: "rdms")
    report.items = mapped.map { json($0.lun, source: $0.source) }
    let vms = Set(mapped.map { [$0.source, $0.lun.vm] })
    let unsaved = Set(mapped.filter { $0.lun.mode == .physical }.map { [$0.source, $0.lun.vm] })
    let luns = Set(mapped.map { [$0.source, $0.lun.lun] })
    let gaps = silent.map { source in
      (code: "rdm-not-known", text: "\(source) does not say which VMs have mapped LUNs: none of its VMs is listed")
    }
    report.extra = [
      .init(
        "summary",
        [
          "vms": .int(Int64(vms.count)), "rdms": .int(Int64(mapped.count)), "luns": .int(Int64(luns.count)),
          "vms_without_image_backup": .int(Int64(unsaved.count)),
        ]), .init("gaps", .array(gaps.map { ["code": .string($0.code), "text": .string($0.text)] })),
    ]
    report.answer = [
      "\(counted(vms.count, "VM")) with \(counted(mapped.count, "mapped LUN")); "
        + (unsaved.isEmpty ? "image backup holds them all." : "\(counted(unsaved.count, "VM")) cannot be image-backed-up.")
    ]
    if mapped.isEmpty { report.answer = ["No mapped LUN is known at that time."] }
    report.answer += gaps.map { "\($0.code): \($0.text)." }
    report.sections = mapped.map { section($0.lun) }
    report.flatColumns = list.columns + obstacleColumns
    report.flatRows = mapped.flatMap { source, lun in
      lun.obstacles.map { cells(lun, source: source) + cells($0, lun) }
    }
    return report
  }

  private static let obstacleColumns = [
    TableColumn("stops", "Stops"), TableColumn("text", "What it means"), TableColumn("stops_hosts", "Hosts"),
  ]

  private static func cells(_ obstacle: MappingObstacle, _ mapped: MappedLUN) -> [Cell] {
    let hosts = obstacle == .hostsBlocked ? mapped.blockedHosts : []
    return [.text(obstacle.rawValue), .text(obstacle.text), .value(.array(hosts.map { .string($0) }))]
  }

  private static func section(_ mapped: MappedLUN) -> Report.Section {
    let hosts = mapped.numbers.sorted { $0.key < $1.key }.map { "\($0.key) as \($0.value)" }.joined(separator: ", ")
    let seen = hosts.isEmpty ? "nobody knows whom" : hosts
    var section = Report.Section(
      heading:
        "\(mapped.vm), disk \(mapped.disk): LUN \(mapped.lun), \(mapped.mode.rawValue), seen by \(seen)"
    )
    section.columns = obstacleColumns
    section.rows = mapped.obstacles.map { cells($0, mapped) }
    return section
  }

  private static func json(_ mapped: MappedLUN, source: String) -> JSONValue {
    let hosts: JSONValue =
      mapped.numbers.isEmpty
      ? .null
      : .array(
        mapped.numbers.sorted { $0.key < $1.key }.map { ["host": .string($0.key), "number": .int(Int64($0.value))] })
    return [
      "source": .string(source), "vm": .string(mapped.vm), "host": JSONValue(mapped.host.isEmpty ? nil : mapped.host),
      "disk": .int(Int64(mapped.disk)), "lun": .string(mapped.lun), "mode": .string(mapped.mode.rawValue),
      "size_mib": .double(mapped.sizeMiB), "datastore": JSONValue(mapped.datastore.isEmpty ? nil : mapped.datastore),
      "hosts": hosts,
      "blocked_hosts": .array(mapped.blockedHosts.map { .string($0) }), "image_backup": .bool(mapped.mode == .virtual),
      "stops": .array(mapped.obstacles.map { ["code": .string($0.rawValue), "text": .string($0.text)] }),
    ]
  }
}
