package import Inventory
package import Planning

/// LUNs that are mapped into VMs: the list of them, and what they stop one from doing.
package struct MappingReports {
  /// A mapping, and the source that tells of it.
  package typealias Mapped = (source: String, lun: MappedLUN)

  package static let list = ListKind(
    schema: "yadokari.rdm-list/1", key: "rdms", title: "Mapped LUNs",
    columns: [
      TableColumn("source", "Source", isDataOnly: true), TableColumn("vm", "VM"), TableColumn("host", "Host"),
      TableColumn("disk", "Disk number", isNumber: true, isDataOnly: true), TableColumn("disk_label", "Disk"),
      TableColumn("lun", "LUN"), TableColumn("mode", "Mode"),
      TableColumn("size_mib", "Size", isNumber: true), TableColumn("datastore", "Mapping file on"),
      TableColumn("bus_sharing", "Bus sharing"), TableColumn("other_vms", "Also in"),
      TableColumn("hosts", "Seen by (number)"), TableColumn("blocked_hosts", "Not by the same number", isDataOnly: true),
    ], emptyText: "No mapped LUN is known at that time.")

  package static func cells(_ mapped: MappedLUN, source: String) -> [Cell] {
    [
      .text(source), .text(mapped.vm), .text(mapped.host.isEmpty ? nil : mapped.host), .int(mapped.disk),
      .text(mapped.label), .text(mapped.lun), .text(mapped.mode.rawValue), .value(.double(mapped.sizeMiB)),
      .text(mapped.datastore.isEmpty ? nil : mapped.datastore), .text(mapped.busSharing?.rawValue),
      .value(names(mapped.lun == nil ? nil : mapped.otherVMs)), .value(hosts(mapped)),
      .value(names(mapped.blockedHosts)),
    ]
  }

  /// Null where they are not known.
  private static func names(_ list: [String]?) -> JSONValue { list.map { .array($0.map { .string($0) }) } ?? .null }

  /// Such as `esx01:12`.
  private static func hosts(_ mapped: MappedLUN) -> JSONValue {
    guard !mapped.numbers.isEmpty else { return .null }
    return .array(mapped.numbers.sorted { $0.key < $1.key }.map { .string("\($0.key):\($0.value)") })
  }

  /// Where mapped LUNs spread, and what each stops one from doing.
  /// - Parameter silent: sources that do not say which VMs have mapped LUNs.
  package static func report(_ mapped: [Mapped], silent: [String], at moment: Instant) -> Report {
    var report = Report(schema: "yadokari.rdm/1", at: moment, itemsKey: "rdms")
    report.items = mapped.map { json($0.lun, source: $0.source) }
    let summary = MappingSummary(mapped)
    let gaps = silent.map { source in
      (code: "rdm-not-known", text: "\(source) does not say which VMs have mapped LUNs: none of its VMs is listed")
    }
    report.extra = [
      .init("summary", summary.json), .init("luns", .array(summary.luns.map { json($0.lun, source: $0.source) })),
      .init("gaps", .array(gaps.map { ["code": .string($0.code), "text": .string($0.text)] })),
    ]
    report.answer = mapped.isEmpty ? ["No mapped LUN is known at that time."] : summary.words
    report.answer += gaps.map { "\($0.code): \($0.text)." }
    report.hasSectionForEachAnswer = false
    report.sections = (summary.luns.isEmpty ? [] : [section(summary.luns)]) + mapped.map { section($0.lun) }
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
    return [.text(obstacle.rawValue), .text(obstacle.text), .value(names(hosts))]
  }

  /// Each LUN with the VMs that share it.
  private static func section(_ luns: [(source: String, lun: DistinctLUN)]) -> Report.Section {
    var section = Report.Section(heading: "The LUNs")
    section.columns = [
      TableColumn("lun", "LUN"), TableColumn("size_mib", "Size", isNumber: true), TableColumn("vms", "Mapped into"),
      TableColumn("modes", "Mode"), TableColumn("bus_sharing", "Bus sharing"),
    ]
    section.rows = luns.map { _, lun in
      [
        .text(lun.id), .value(.double(lun.sizeMiB)), .value(names(lun.vms)), .value(names(lun.modes.map(\.rawValue))),
        .value(names(lun.busSharings.isEmpty ? nil : lun.busSharings.map(\.rawValue))),
      ]
    }
    return section
  }

  private static func section(_ mapped: MappedLUN) -> Report.Section {
    let hosts = mapped.numbers.sorted { $0.key < $1.key }.map { "\($0.key) as \($0.value)" }.joined(separator: ", ")
    let parts = [
      mapped.lun.map { "LUN \($0)" } ?? "a LUN that is not known", mapped.mode.rawValue,
      mapped.busSharing.flatMap { $0 == .notShared ? nil : "\($0.rawValue) bus sharing" },
      mapped.otherVMs.isEmpty ? nil : "also in \(mapped.otherVMs.joined(separator: ", "))",
      hosts.isEmpty ? "which hosts see it is not known" : "seen by \(hosts)",
    ]
    var section = Report.Section(
      heading: "\(mapped.vm), \(mapped.label): \(parts.compactMap(\.self).joined(separator: ", "))")
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
      "disk": .int(Int64(mapped.disk)), "disk_label": .string(mapped.label), "lun": JSONValue(mapped.lun),
      "mode": .string(mapped.mode.rawValue), "size_mib": .double(mapped.sizeMiB),
      "datastore": JSONValue(mapped.datastore.isEmpty ? nil : mapped.datastore),
      "bus_sharing": JSONValue(mapped.busSharing?.rawValue),
      "other_vms": names(mapped.lun == nil ? nil : mapped.otherVMs), "hosts": hosts,
      "blocked_hosts": names(mapped.blockedHosts), "image_backup": .bool(mapped.mode == .virtual),
      "stops": .array(mapped.obstacles.map { ["code": .string($0.rawValue), "text": .string($0.text)] }),
    ]
  }

  private static func json(_ lun: DistinctLUN, source: String) -> JSONValue {
    [
      "source": .string(source), "lun": .string(lun.id), "size_mib": .double(lun.sizeMiB), "vms": names(lun.vms),
      "modes": names(lun.modes.map(\.rawValue)),
      "bus_sharing": names(lun.busSharings.isEmpty ? nil : lun.busSharings.map(\.rawValue)),
      "datastores": names(lun.datastores.isEmpty ? nil : lun.datastores),
    ]
  }
}
