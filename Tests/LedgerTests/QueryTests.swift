import Foundation
import Inventory
import SQLite
import TestSupport
import Testing

@testable import Ledger

/// Every query of the ledger, read from its source, is prepared against the schema.
@Suite struct QueryTests {
  /// The texts of the string literals in a file that begin like a statement.
  private func queries(in file: URL) throws -> [String] {
    let source = try String(contentsOf: file, encoding: .utf8)
    var found: [String] = []
    var rest = source[...]
    while let quote = rest.firstIndex(of: "\"") {
      let isBlock = rest[quote...].hasPrefix("\"\"\"")
      let mark = isBlock ? "\"\"\"" : "\""
      let start = rest.index(quote, offsetBy: mark.count)
      guard let end = rest[start...].firstRange(of: mark) else { break }
      let literal = String(rest[start..<end.lowerBound]).trimmingCharacters(in: .whitespacesAndNewlines)
      let isStatement = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "].contains { literal.hasPrefix($0) }
      if isStatement, !literal.contains("\\(") { found.append(literal) }
      rest = rest[end.upperBound...]
    }
    return found
  }

  /// What reads all events by its purpose: the chain, the rebuilding, the counts of types, what names mean that several
  /// objects share.
  private let wholeReads = [
    "FROM event ORDER BY seq", "r.id = e.foreign_fields ORDER BY e.seq", "FROM event AS e\nJOIN object AS h",
    "'ledger.gap')\nORDER BY e.seq", "WHERE +e.occurred_at",
    "FROM event AS e JOIN term AS t ON t.id = e.type\nLEFT JOIN object AS v",
    "FROM event AS e WHERE e.source = $1\nAND NOT EXISTS",
  ]

  /// What reads a whole table of spans by its purpose, and why.
  private let wholeSpans = [
    "SELECT DISTINCT host FROM outage": "the hosts that were ever in trouble, read once for a writer",
    "ProjectionTable.swift": "checking counts the rows of all tables",
  ]

  /// The query without its indentation.
  private func lines(_ query: String) -> String {
    query.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
  }

  /// The steps of every query's plan.
  /// - Parameter isCounted: whether SQLite has counted the rows of a ledger with many events and no imports: it plans otherwise
  ///   then.
  private func forEachStep(isCounted: Bool, _ body: (_ file: String, _ query: String, _ step: String) -> Void) throws {
    let folder = try ScratchFolder()
    let path = folder.path("plans.db")
    try { try Connection(path: path, mode: .create).execute(Schema.builtIn.current.text + (isCounted ? Self.counts : "")) }()
    // What was counted is read when a file is opened.
    let connection = try Connection(path: path, mode: .readWrite)
    var count = 0
    for file in Project.swiftFiles(below: "Sources/Ledger") {
      for query in try queries(in: file) {
        count += 1
        let plan = try connection.prepare("EXPLAIN QUERY PLAN " + query)
        while try plan.step() { body(file.lastPathComponent, query, plan.text(3)) }
      }
    }
    #expect(count > 50, "the queries were not found")
  }

  private static let counts = """
    ANALYZE;
    DELETE FROM sqlite_stat1;
    INSERT INTO sqlite_stat1 VALUES ('object', 'object_name', '1100 550 1'), ('object', 'object_identity', '1100 1'),
      ('object', 'sqlite_autoindex_object_1', '1100 1100 550 1 1'), ('event', 'event_migration', '70000 7 1'),
      ('event', 'event_vm', '72000 72 1'), ('event', 'event_time', '72000 1');
    """

  @Test(arguments: [false, true]) func noneScansTheEvents(isCounted: Bool) throws {
    try forEachStep(isCounted: isCounted) { file, query, step in
      let isWhole = wholeReads.contains { lines(query).contains($0) }
      // To go from all VMs to their events is to read all events, too.
      let isByVM = query.contains("FROM event AS e") && step.hasPrefix("SCAN v ")
      let scans = step.hasPrefix("SCAN e ") || step == "SCAN e" || step.hasPrefix("SCAN event") || isByVM
      #expect(!scans || isWhole, "\(file): \(step) in \(query)")
    }
  }

  @Test(arguments: [false, true]) func noneScansTheSpans(isCounted: Bool) throws {
    let tables = ProjectionTable.allCases.map(\.rawValue)
    var used: Set<String> = []
    try forEachStep(isCounted: isCounted) { file, query, step in
      guard let name = step.firstMatch(of: /^SCAN (\w+)/)?.1 else { return }
      let isSpans = tables.contains { table in
        table == name || query.contains(try! Regex("(FROM|JOIN)\\s+\(table)\\s+AS\\s+\(name)\\b"))
      }
      guard isSpans else { return }
      let reason = wholeSpans.keys.first { "\(file): \(lines(query))".contains($0) }
      if let reason { used.insert(reason) }
      #expect(reason != nil, "\(file): \(step) in \(query)")
    }
    #expect(used == Set(wholeSpans.keys), "an exception that nothing needs any more")
  }
}
