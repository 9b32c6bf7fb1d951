internal import Importers
internal import Inventory
internal import Ledger
internal import Reports

/// What an import did with each file, and what that means for the evidence.
struct ImportReport {
  static func report(_ files: [FileReport], isPlan: Bool, at now: Instant) -> Report {
    var report = Report(schema: "yadokari.import/1", at: now, itemsKey: "files")
    report.items = files.map(json)
    report.flatColumns = columns
    report.flatRows = files.map(cells)
    let imported = files.reduce(0) { $0 + $1.imported }
    let duplicates = files.reduce(0) { $0 + $1.duplicates }
    let skipped = files.reduce(0) { $0 + $1.skippedCount }
    let read = files.filter { $0.format != nil && $0.error == nil }
    // A file that holds several vCenters has a row for each.
    let count = Set(read.map(\.path)).count
    let verb = isPlan ? "would be added" : "added"
    var answer =
      "\(imported) record\(imported == 1 ? "" : "s") \(verb) from \(count) file\(count == 1 ? "" : "s")"
    if duplicates > 0 { answer += ", \(duplicates) known already" }
    if skipped > 0 { answer += ", \(skipped) set aside" }
    report.answer = [answer + (isPlan ? ": a plan, nothing was written." : ".")]
    if let first = read.compactMap(\.firstEvent).min(), let last = read.compactMap(\.lastEvent).max() {
      report.answer.append("The evidence of these files runs from \(first) to \(last).")
    }
    var section = Report.Section(heading: "Files")
    section.columns = columns
    section.rows = report.flatRows
    for file in files {
      if file.isBlank { section.notes.append("\(file.path): \(file.note ?? "")") }
      if file.otherKinds > 0 {
        let isSyslog = file.format == .vcenterSyslog
        let what = isSyslog ? "lines that are not events of vCenter" : "objects of kinds that are not kept"
        section.notes.append("\(file.path): \(file.otherKinds) \(what)")
      }
      if !file.otherTabs.isEmpty {
        section.notes.append(
          "\(file.path): \(file.otherTabs.count) tabs that are not read: \(file.otherTabs.joined(separator: ", "))")
      }
      section.notes += file.gaps.map { "\(file.path): \($0.code): \($0.text)" }
      section.notes += file.skipped.map { "\(file.path), line \($0.line): set aside: \($0.reason)" }
    }
    let others = files.filter { $0.format == nil && $0.error == nil && !$0.isBlank }
    if !others.isEmpty {
      section.notes.append("not imported, of no format that is known: \(others.map(\.path).joined(separator: ", "))")
    }
    report.sections = [section]
    return report
  }

  private static let columns = [
    TableColumn("path", "File"), TableColumn("format", "Format"), TableColumn("source", "Source"),
    TableColumn("records", "Records", isNumber: true), TableColumn("imported", "Added", isNumber: true),
    TableColumn("duplicates", "Known", isNumber: true), TableColumn("set_aside", "Set aside", isNumber: true),
    TableColumn("first_event", "First"), TableColumn("last_event", "Last"),
  ]

  private static func cells(_ file: FileReport) -> [Cell] {
    [
      .text(file.path), .text(file.format?.rawValue), .text(file.source), .int(file.records), .int(file.imported),
      .int(file.duplicates), .int(file.skippedCount), .time(file.firstEvent), .time(file.lastEvent),
    ]
  }

  private static func json(_ file: FileReport) -> JSONValue {
    [
      "path": .string(file.path), "format": JSONValue(file.format?.rawValue), "source": JSONValue(file.source),
      "records": .int(Int64(file.records)), "imported": .int(Int64(file.imported)),
      "duplicates": .int(Int64(file.duplicates)), "first_event": JSONValue(file.firstEvent),
      "last_event": JSONValue(file.lastEvent),
      "gaps": .array(file.gaps.map(\.json)),
      "skipped_count": .int(Int64(file.skippedCount)), "other_kinds": .int(Int64(file.otherKinds)),
      "other_tabs": .array(file.otherTabs.map { .string($0) }),
      "skipped": .array(file.skipped.map { ["line": .int(Int64($0.line)), "reason": .string($0.reason)] }),
      "note": JSONValue(file.note), "error": JSONValue(file.error?.message),
    ]
  }
}
