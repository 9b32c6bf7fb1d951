internal import History
package import Inventory
package import Ledger

/// Job 1: whom did a host failure hit, and what became of each VM?
package struct AffectedReport {
  /// How many incidents are told in a sentence each.
  private static let mostSentences = 10

  /// - Parameters:
  ///   - scope: all incidents unless narrowed.
  ///   - isForPage: whether to gather what only a page shows.
  ///   - isNewestFirst: whether sentences and sections begin with the last incident; data never does.
  package static func report(
    _ reader: borrowing LedgerReader, scope: IncidentReader.Scope, at moment: Instant, isForPage: Bool = false,
    isNewestFirst: Bool = false
  ) throws -> Report {
    let findings = try IncidentReader.findings(reader, scope: scope, at: moment)
    let incidents = findings.incidents
    let hasSources = try reader.sourceNames().count > 1
    var report = Report(schema: "yadokari.ha-affected/1", at: moment, itemsKey: "incidents")
    report.flatColumns = incidentColumns + vmColumns
    var incidentTable = Report.Table(
      name: "incidents", columns: IncidentsReport.columns(incidents, withSource: hasSources))
    var gapTable = Report.Table(name: "gaps", columns: gapColumns)
    var evidence = try IncidentEvidence(reader)
    for incident in incidents {
      let view = try IncidentView(incident, &evidence, reader, at: moment)
      report.answer.append(incidents.count > 1 ? "\(incident.outage.failedAt): \(view.sentence)" : view.sentence)
      report.items.append(view.json(withSource: hasSources, withVMs: true))
      var section = Report.Section(heading: "Incident \(view.id): \(view.host.name)\(view.clusterSuffix)")
      section.times = view.times
      section.columns = vmColumns
      section.rows = view.rows
      section.notes = view.gaps.map { gap in
        "\(gap.code): \(gap.text)\(gap.vms.map { ": " + $0.joined(separator: ", ") } ?? "")"
      }
      if isForPage {
        section.counts = view.counts
        section.facts = try view.facts(reader)
        section.timeLine = try view.timeLine(reader)
        section.caption = "Each VM with the numbers of the events that say so"
        section.notesHeading = "What the evidence does not show"
      }
      report.sections.append(section)
      for row in view.rows { report.flatRows.append(view.incidentCells + row) }
      incidentTable.rows.append(view.summaryCells)
      gapTable.rows += view.gaps.map { $0.cells(of: view.id) }
    }
    if isNewestFirst {
      report.answer.reverse()
      report.sections.reverse()
    }
    if report.answer.count > mostSentences {
      let rest = report.answer.count - mostSentences
      report.answer.removeLast(rest)
      report.answer.append("and \(counted(rest, "more incident")): \"yadokari ha incidents\" lists each in a line")
    }
    report.answer += try FindingsText.answer(findings, scope: scope, reader, at: moment)
    if isForPage { report.evidence = try FindingsText.evidence(reader) }
    report.extra = try FindingsText.members(findings, reader, at: moment)
    gapTable.rows += try FindingsText.gaps(findings, reader, at: moment).map { $0.cells(of: nil) }
    let unattributed = try FindingsText.unattributedRows(findings, reader)
    if !unattributed.isEmpty {
      var section = Report.Section(heading: "Restarts by HA that belong to no known failure")
      section.columns = unattributedColumns
      section.rows = unattributed
      report.sections.append(section)
    }
    report.tables = [
      incidentTable, Report.Table(name: "vms", columns: report.flatColumns, rows: report.flatRows), gapTable,
      Report.Table(
        name: "unconfirmed", columns: unconfirmedColumns,
        rows: try FindingsText.unconfirmedRows(findings, reader, at: moment)),
      Report.Table(name: "unattributed", columns: unattributedColumns, rows: unattributed),
    ]
    return report
  }

  private static let gapColumns = [
    TableColumn("incident", "Incident", isNumber: true), TableColumn("code", "Code"), TableColumn("text", "Text"),
    TableColumn("vms", "VMs"), TableColumn("vm_ids", "VM ids"),
  ]

  private static let unconfirmedColumns = [
    TableColumn("host", "Host"), TableColumn("host_id", "Host id"), TableColumn("since", "Since"),
    TableColumn("until", "Until"), TableColumn("vms", "VMs", isNumber: true),
  ]

  private static let unattributedColumns = [
    TableColumn("vm", "VM"), TableColumn("vm_id", "Id", isDataOnly: true), TableColumn("cluster", "Cluster"),
    TableColumn("to", "To"), TableColumn("to_id", "To id", isDataOnly: true), TableColumn("up_at", "Up at"),
    TableColumn("grade", "Grade", isDataOnly: true), TableColumn("events", "Events", isMinor: true),
  ]

  private static let incidentColumns = [
    TableColumn("incident", "Incident", isNumber: true), TableColumn("source", "Source"),
    TableColumn("cluster", "Cluster"), TableColumn("host", "Host"), TableColumn("host_id", "Host id"),
    TableColumn("trigger", "Trigger"), TableColumn("failed_at", "Failed at"),
  ]

  private static let vmColumns = [
    TableColumn("vm", "VM"), TableColumn("vm_id", "Id", isDataOnly: true), TableColumn("outcome", "Outcome"),
    TableColumn("from", "From"), TableColumn("from_id", "From id", isDataOnly: true), TableColumn("to", "To"),
    TableColumn("to_id", "To id", isDataOnly: true),
    TableColumn("down_since", "Down since", isDataOnly: true, isOnPages: true),
    TableColumn("up_at", "Up at"), TableColumn("downtime_s", "Down for", isNumber: true),
    TableColumn("attempts", "Tries", isNumber: true, isMinor: true),
    TableColumn("started_by", "Started by", isDataOnly: true), TableColumn("removed_at", "Removed at", isDataOnly: true),
    TableColumn("events", "Events", isMinor: true),
    TableColumn("grade", "Grade", isDataOnly: true), TableColumn("reason", "Reason"),
  ]
}
