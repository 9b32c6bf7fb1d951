package import Inventory
package import Ledger

/// What the commands about the chain print.
package struct ChainReports {
  /// `SEQ HASH`, the hash last.
  package static func head(_ head: ChainHead, at moment: Instant) -> Report {
    let hash = head.hash.bytes.hexadecimal
    return report(
      "yadokari.event-head/1", at: moment, [("seq", .int(head.seq)), ("hash", .string(hash))],
      answer: ["\(head.seq) \(hash)"])
  }

  /// - Parameter problem: what is wrong, in words; nil where the chain holds.
  package static func verdict(_ verdict: ChainVerdict, problem: String?, at moment: Instant) -> Report {
    let hash = verdict.head.hash.bytes.hexadecimal
    return report(
      "yadokari.event-verify/1", at: moment,
      [
        ("ok", .bool(problem == nil)), ("events", .int(verdict.verified)), ("hash", .string(hash)),
        ("first_bad", verdict.firstBad.map { .int($0.seq) } ?? .null), ("problem", JSONValue(problem)),
      ], answer: [problem.map { "bad: \($0)" } ?? "ok: \(verdict.verified) events, head \(hash)"])
  }

  package static func check(_ check: CheckReport, at moment: Instant) -> Report {
    let isRight = check.problems.isEmpty
    return report(
      "yadokari.db-check/1", at: moment,
      [
        ("ok", .bool(isRight)), ("events", .int(check.events)), ("rows", .int(check.rows)),
        ("problems", .array(check.problems.map { .string($0) })),
      ],
      answer: isRight
        ? ["ok: \(check.events) events, \(check.rows) rows of projections"] : check.problems.map { "bad: \($0)" })
  }

  /// A copy of the database.
  package static func backup(_ file: String, _ head: ChainHead, isPlan: Bool, at moment: Instant) -> Report {
    let hash = head.hash.bytes.hexadecimal
    let words = "\(counted(Int(head.seq), "event")), head \(hash)"
    return report(
      "yadokari.db-backup/1", at: moment, [("file", .string(file)), ("events", .int(head.seq)), ("hash", .string(hash))],
      answer: [isPlan ? "\(file) would hold \(words): a plan, nothing was written." : "\(file) holds \(words)"])
  }

  /// That something was done, where there is nothing else to tell.
  package static func done(_ schema: String, _ words: String, at moment: Instant) -> Report {
    report(schema, at: moment, [("done", .string(words))], answer: [words])
  }

  private static func report(
    _ schema: String, at moment: Instant, _ fields: [(String, JSONValue)], answer: [String]
  ) -> Report {
    var report = Report(schema: schema, at: moment, itemsKey: "")
    let document: JSONValue = .object(
      [.init("schema", .string(schema)), .init("at", JSONValue(moment))] + fields.map { .init($0.0, $0.1) })
    report.document = document
    report.items = [document]
    report.flatColumns = fields.map { TableColumn($0.0, $0.0) }
    report.flatRows = [fields.map { .value($0.1) }]
    report.answer = answer
    return report
  }
}
