import Inventory
import Testing

@testable import Reports

@Suite struct RenderingTests {
  private static let columns = [
    TableColumn("vm", "VM"), TableColumn("n", "Number", isNumber: true), TableColumn("at", "At"),
  ]
  private static let nasty = "a,\"b\"\n|*c*`<d>\u{1B}[31m"

  private func list(_ format: OutputFormat, rows: [[Cell]]) throws -> String {
    var text = ""
    let writer = ListWriter(
      format, schema: "yadokari.test/1", at: Instant(microseconds: 0), key: "rows", columns: Self.columns,
      zone: try DisplayZone(name: "UTC"), title: "Rows", program: "yadokari test"
    ) { text += $0 }
    for row in rows { try writer.row(row) }
    try writer.end(emptyText: "Nothing.")
    return text
  }

  private var rows: [[Cell]] {
    [
      [.text(Self.nasty), .int(7), .time(Instant(microseconds: 1_000_000))],
      [.text(nil), .int(nil as Int64?), .time(nil)],
    ]
  }

  @Test func csvQuotesAndKeepsEverything() throws {
    #expect(
      try list(.csv, rows: rows) == "vm,n,at\r\n\"a,\"\"b\"\"\n|*c*`<d>\u{1B}[31m\",7,1970-01-01T00:00:01.000000Z\r\n,,\r\n")
    #expect(try list(.csv, rows: []) == "vm,n,at\r\n")
  }

  @Test func jsonIsOneDocument() throws {
    let text = try list(.json, rows: rows)
    #expect(text.hasPrefix(#"{"schema":"yadokari.test/1","at":"1970-01-01T00:00:00.000000Z","gaps":[],"rows":["#))
    #expect(text.contains(#"{"vm":null,"n":null,"at":null}"#), "null means unknown and is never left out")
    #expect(try list(.json, rows: []).hasSuffix("\"rows\":[]}\n"))
    #expect(try list(.ndjson, rows: rows).split(separator: "\n").count == 2)
  }

  @Test func noControlCharacterReachesTheTerminal() throws {
    let text = try list(.table, rows: rows)
    #expect(!text.contains("\u{1B}"))
    #expect(text.split(separator: "\n").count == 3)
    #expect(text.contains("1970-01-01 00:00:01Z"))
    #expect(try list(.table, rows: []) == "Nothing.\n")
  }

  @Test func markdownIsATable() throws {
    let lines = try list(.markdown, rows: rows).split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[0] == "| VM | Number | At |" && lines[1] == "|---|--:|---|")
    #expect(lines[2].hasPrefix(#"| a,"b" \|\*c\*\`\<d>"#))
  }

  @Test func marksThatJoinAQuoteOrAStrokeDoNotHideIt() throws {
    let row = [Cell.text("q\"\u{301}x|\u{301}"), .int(1), .time(nil)]
    #expect(try list(.csv, rows: [row]).contains("\"q\"\"\u{301}x|\u{301}\""))
    #expect(try list(.markdown, rows: [row]).unicodeScalars.count { $0 == "|" } == 4 + 4 + 5)
    #expect(try Array(list(.markdown, rows: [row]).utf8).firstRange(of: Array("x\\|".utf8)) != nil)
  }

  @Test func directionAndLineMarksAreBlanks() throws {
    let text = try list(.table, rows: [[.text("a\u{202E}b\u{2028}c\u{200B}d👩‍💻"), .int(1), .time(nil)]])
    #expect(text.contains("a b c d👩‍💻"))
  }

  @Test func aLongTableStreams() throws {
    let many = (0..<2000).map { [Cell.text("vm\($0)"), .int($0), .time(nil)] }
    #expect(try list(.table, rows: many).split(separator: "\n").count == 2001)
  }

  @Test func zonesAreKnownByName() throws {
    let instant = Instant(microseconds: 1_795_432_731_114_821)
    #expect(try DisplayZone(name: "Europe/Berlin").text(instant) == "2026-11-23 12:18:51+01:00")
    #expect(try DisplayZone(name: "Asia/Kolkata").text(instant) == "2026-11-23 16:48:51+05:30")
    #expect(throws: YadokariError.self) { try DisplayZone(name: "Mars/Base") }
  }
}
