internal import History
package import Inventory
package import Ledger

/// All incidents, a line each.
package struct IncidentsReport {
  /// - Parameters:
  ///   - isForPage: whether to gather what only a page shows.
  ///   - isNewestFirst: whether the table begins with the last incident; data never does.
  package static func report(
    _ reader: borrowing LedgerReader, scope: IncidentReader.Scope, at moment: Instant, isForPage: Bool = false,
    isNewestFirst: Bool = false
  ) throws -> Report {
    let findings = try IncidentReader.findings(reader, scope: scope, at: moment)
    let incidents = findings.incidents
    let hasSources = try reader.sourceNames().count > 1
    var report = Report(schema: "yadokari.ha-incidents/1", at: moment, itemsKey: "incidents")
    report.flatColumns = columns(incidents, withSource: hasSources)
    var evidence = try IncidentEvidence(reader)
    for incident in incidents {
      let view = try IncidentView(incident, &evidence, reader, at: moment)
      report.items.append(view.json(withSource: hasSources, withVMs: false))
      report.flatRows.append(view.summaryCells)
    }
    let affected = Set(incidents.flatMap { $0.outcomes.map(\.vm) }).count
    if !incidents.isEmpty {
      report.answer = ["\(counted(incidents.count, "incident")), \(counted(affected, "VM")) affected."]
    }
    report.answer += try FindingsText.answer(findings, scope: scope, reader, at: moment)
    if isForPage { report.evidence = try FindingsText.evidence(reader) }
    report.extra = try FindingsText.members(findings, reader, at: moment)
    if !incidents.isEmpty {
      var section = Report.Section(heading: "Incidents")
      section.columns = report.flatColumns
      section.rows = isNewestFirst ? report.flatRows.reversed() : report.flatRows
      report.sections = [section]
    }
    return report
  }

  /// The columns of a table with a row for each incident.
  static func columns(_ incidents: [Incident], withSource: Bool) -> [TableColumn] {
    [
      TableColumn("incident", "Incident", isNumber: true), TableColumn("source", "Source", isDataOnly: !withSource),
      TableColumn("cluster", "Cluster"), TableColumn("host", "Host"),
      TableColumn("host_id", "Host id", isDataOnly: true), TableColumn("trigger", "Trigger"),
      TableColumn("failed_at", "Failed at"),
      TableColumn("declared_at", "Declared at"), TableColumn("host_recovered_at", "Host back at"),
      TableColumn("affected", "Affected", isNumber: true),
    ]
      + VMOutcome.Kind.allCases.map { kind in
        // On a page a column of nothing but zeros only takes room.
        let occurs = incidents.contains { $0.outcomes.contains { $0.kind == kind } }
        return TableColumn(kind.rawValue, kind.words, isNumber: true, isOnPages: occurs)
      }
  }
}
