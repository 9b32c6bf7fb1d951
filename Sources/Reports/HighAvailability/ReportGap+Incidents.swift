internal import History
internal import Inventory
internal import Ledger

/// The gaps of answers about host failures.
extension ReportGap {
  /// What keeps a ledger from showing any failure at all.
  static func gaps(ofAll reader: borrowing LedgerReader) throws -> [ReportGap] {
    // An import that failed may have made the file.
    if try reader.chainHead().seq == 0 {
      return [
        ReportGap(code: "no-failure-events", text: "the database holds nothing yet; fill it with \"yadokari import\"")
      ]
    }
    let lacking = try reader.importGaps().flatMap { lacking in
      lacking.gaps.filter { hidesFailures($0) }.map { gap in
        ReportGap(gap, text: "import \(lacking.number) of source \(lacking.source): \(gap.text)")
      }
    }
    return try lacking + reader.ambiguousRecords().map { ReportGap($0) }
      + reader.sourceNames().filter { try reader.hasOnlyMoves($0) }.map { source in
        ReportGap(
          code: "no-failure-events",
          text:
            "of source \(source) only lists of moves were imported: a host failure would not show in them; import its events"
        )
      }
  }

  /// Whether a gap can hide a failure as a whole, beside the records of those that are seen.
  private static func hidesFailures(_ gap: ImportGap) -> Bool {
    gap.code == "texts-unread" || gap.code == "records-set-aside"
  }

  /// The gaps of an incident.
  static func gaps(
    of incident: Incident, source: String, names: [ObjectID: ObjectSummary], at moment: Instant,
    _ known: inout IncidentEvidence, _ reader: borrowing LedgerReader
  ) throws -> [ReportGap] {
    let outage = incident.outage
    let evidence = try known.span(of: source, reader)
    let snapshots = evidence.snapshots.filter { $0.at <= moment }
    func vms(_ ids: [ObjectID]) -> (names: [String], ids: [String?]) {
      let known = ids.compactMap { names[$0] }.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
      return (known.map(\.name), known.map(\.foreignID))
    }
    var gaps: [ReportGap] = []
    if snapshots.isEmpty {
      gaps.append(
        ReportGap(
          code: "no-inventory",
          text: "no inventory of the VMs was imported; VMs that no event names cannot be seen"))
    }
    let hasEarlierInventory = snapshots.contains { $0.at < outage.failedAt }
    if evidence.firstKey != 1, !hasEarlierInventory {
      let begins = evidence.firstAt.map { "the events begin at \($0)" } ?? "there are no events"
      gaps.append(
        ReportGap(
          code: "events-missing-before-failure",
          text: "\(begins) and no inventory is older than the failure; what was placed before may be missing"))
    }
    if !incident.unplaced.isEmpty {
      let unplaced = vms(incident.unplaced)
      let which = unplaced.names.count == 1 ? "this VM" : "these \(unplaced.names.count) VMs"
      gaps.append(
        ReportGap(
          code: "placement-unknown",
          text:
            "nothing shows where \(which) ran when the host failed",
          vms: unplaced.names, vmIDs: unplaced.ids))
    }
    if !incident.ambiguous.isEmpty {
      let ambiguous = vms(incident.ambiguous)
      gaps.append(
        ReportGap(
          code: "host-ambiguous", text: "restarted by HA, but from which of the failed hosts nothing shows",
          vms: ambiguous.names, vmIDs: ambiguous.ids))
    }
    let texts = vms(incident.outcomes.filter { $0.grade == .text }.map(\.vm))
    if !texts.names.isEmpty {
      gaps.append(
        ReportGap(
          code: "text-only", text: "known from the texts of messages, whose times are to the second at best in most exports",
          vms: texts.names, vmIDs: texts.ids))
    }
    if let announced = incident.announced, announced > incident.outcomes.count + incident.unplaced.count {
      gaps.append(
        ReportGap(
          code: "events-missing-before-failure",
          text: "HA set out to restart \(announced) VMs, the evidence names \(incident.outcomes.count)"))
    }
    if snapshots.contains(where: { $0.origin == .fileDate }) {
      gaps.append(
        ReportGap(
          code: "snapshot-time-from-file-date",
          text:
            "an inventory's time is the date of its file or import; if it was taken earlier, recoveries may be wrong "
            + "(use import --at)"
        ))
    }
    // What was missing before the last inventory before the failure, that inventory made good.
    let begin = snapshots.last { $0.at < outage.failedAt }?.at ?? .distantPast
    let end = min(outage.recoveredAt ?? outage.backAt, moment)
    for gap in known.gaps(of: source) where gap.from <= end && gap.to >= begin {
      gaps.append(ReportGap(code: gap.code, text: "records between \(gap.from) and \(gap.to) are missing"))
    }
    for lacking in known.importGaps(of: source) where lacking.from <= end && lacking.to >= begin {
      gaps += lacking.gaps.filter { !hidesFailures($0) }.map { ReportGap($0) }
    }
    return gaps
  }
}
