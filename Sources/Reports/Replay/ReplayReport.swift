internal import History
package import Inventory
package import Ledger

/// Job 3: what moved, when and why?
package struct ReplayReport {
  /// - Parameter format: the report has what this form prints, and no more.
  package static func report(
    _ reader: borrowing LedgerReader, scope: ReplayScope, at moment: Instant, for format: OutputFormat
  ) throws -> Report {
    var replay = try ReplayReader.replay(reader, scope, at: moment)
    try doubtEnds(of: &replay, reader)
    let names = try ReplayNames(replay, reader, at: replay.until)
    let gaps = try ReplayGaps.gaps(replay, names, isOneVM: scope.vm != nil, reader)
    var report = Report(schema: "yadokari.replay/1", at: moment, itemsKey: "steps")
    report.hasSectionForEachAnswer = false
    if format == .json || format == .ndjson {
      let hasSources = try reader.sourceNames().count > 1
      report.items = replay.moves.map { ReplayStep(move: $0, names: names).json(withSource: hasSources) }
      report.document = ReplayDocument(replay: replay, names: names, gaps: gaps, hasSources: hasSources)
        .json(schema: report.schema, at: moment, steps: report.items)
      return report
    }
    report.flatColumns = ReplayStep.columns(for: replay.moves)
    report.flatRows = replay.moves.map { ReplayStep(move: $0, names: names).cells }
    let view = ReplayView(replay: replay, names: names, gaps: gaps)
    report.answer = view.answer
    if replay.moves.isEmpty, let first = try reader.firstRecord(), let last = try reader.lastEvidence() {
      report.answer.append("The evidence runs from \(first) to \(last).")
    }
    report.sections = view.sections(report.flatColumns, report.flatRows)
    report.tables = view.tables(report.flatColumns, report.flatRows)
    if format == .html {
      var drawing = Report.Section(heading: "Time line")
      (drawing.counts, drawing.moveLine) = (view.counts, view.moveLine)
      report.sections.insert(drawing, at: 0)
      let head = try reader.chainHead()
      report.evidence = [("Ledger", "\(head.seq) events, head \(head.hash.bytes.hexadecimal)")]
    }
    return report
  }

  /// A move whose end may be among the records that are missing is not known to run still.
  private static func doubtEnds(of replay: inout Replay, _ reader: borrowing LedgerReader) throws {
    guard replay.moves.contains(where: { $0.result == .running }) else { return }
    let missing = try ReplayGaps.missing(replay, reader)
    for index in replay.moves.indices where replay.moves[index].result == .running {
      if missing.contains(where: { $0.to >= replay.moves[index].at }) { replay.moves[index].result = .unknown }
    }
  }
}
