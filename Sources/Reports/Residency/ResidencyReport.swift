package import Inventory
package import Ledger

/// On which hosts each VM ran, from when to when, and where it could have run: for whoever audits licences.
package struct ResidencyReport {
  package static func report(
    _ reader: borrowing LedgerReader, _ question: ResidencyQuestion, at moment: Instant, for format: OutputFormat
  ) throws -> Report {
    let residency = try ResidencyReader.read(reader, question, at: moment)
    let tables = ResidencyTables(residency)
    var report = Report(schema: "yadokari.residency/1", at: moment, itemsKey: "vms")
    if format == .json || format == .ndjson {
      let document = ResidencyDocument(residency, tables)
      report.items = document.vms
      report.document = document.json(schema: report.schema, at: moment, vms: report.items)
      return report
    }
    report.hasSectionForEachAnswer = false
    report.answer = answer(residency)
    report.tables = tables.all
    (report.flatColumns, report.flatRows) = (ResidencyTables.stayColumns, tables.stays)
    let notes = residency.gaps.map { gap in
      "\(gap.code): \(gap.text)\(gap.vms.map { ": \(CapacityText.list($0, most: 10))" } ?? "")"
    }
    let shown = ResidencyTables(residency, isForPeople: true)
    report.sections = [
      section("Each VM", ResidencyTables.vmColumns, residency.vms.map(shown.row)),
      section("Each stay", ResidencyTables.stayColumns, shown.stays),
      section("Each host", ResidencyTables.hostColumns, shown.hosts),
    ].filter { !$0.rows.isEmpty }
    if report.sections.isEmpty, !notes.isEmpty { report.sections = [Report.Section(heading: "No VM")] }
    if !report.sections.isEmpty {
      report.sections[report.sections.count - 1].notes = notes
      report.sections[report.sections.count - 1].notesHeading = "What the evidence does not show"
    }
    report.evidence = [("Ledger", "\(residency.head.seq) events, head \(residency.head.hash.bytes.hexadecimal)")]
    return report
  }

  private static func section(_ heading: String, _ columns: [TableColumn], _ rows: [[Cell]]) -> Report.Section {
    var section = Report.Section(heading: heading)
    (section.columns, section.rows) = (columns, rows)
    return section
  }

  // MARK: The answer

  private static func answer(_ residency: Residency) -> [String] {
    let time = "between \(residency.since) and \(residency.until)"
    guard !residency.vms.isEmpty else { return ["No VM was there \(time).", head(residency)] }
    let (ran, could) = (residency.sum(of: residency.ranOn), residency.sum(of: residency.reach))
    let count = residency.vms.count { !$0.ranOn.isEmpty }
    var lines = [
      "\(counted(count, "VM")) ran \(time) on \(size(ran)); together they could have run on \(size(could))."
    ]
    if let minimum = residency.coresPerSocket {
      func cores(_ sum: ResidencySum) -> String {
        sum.coresAtLeast.map { counted(Int($0), "core") } ?? "an unknown number of cores"
      }
      lines.append(
        "Where each socket counts as \(counted(minimum, "core")) or more, that is \(cores(ran)) where they ran and "
          + "\(cores(could)) where they could have run.")
    }
    let whole = residency.vms.count { $0.basis == .cluster }
    if whole > 0 {
      lines.append(
        "Of \(counted(whole, "VM")) the inventory does not tell what rules out some hosts: all of the cluster are listed.")
    }
    return lines + [head(residency)]
  }

  private static func size(_ sum: ResidencySum) -> String {
    guard sum.hosts > 0 else { return "no host" }
    let sockets = sum.sockets.map { counted(Int($0), "socket") } ?? "sockets unknown"
    let cores = sum.cores.map { counted(Int($0), "core") } ?? "cores unknown"
    return "\(counted(sum.hosts, "host")) (\(sockets), \(cores))"
  }

  private static func head(_ residency: Residency) -> String {
    let hash = residency.head.hash.bytes.hexadecimal
    return "The ledger has \(counted(Int(residency.head.seq), "event")); \"yadokari event verify --head \(hash)\" checks it."
  }
}
