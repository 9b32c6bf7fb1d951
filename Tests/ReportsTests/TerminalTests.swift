import Inventory
import TestSupport
import Testing

@testable import Reports

/// Tables and text on terminals of few columns.
@Suite struct TerminalTests {
  private let zone: DisplayZone

  init() throws { zone = try DisplayZone(name: "UTC") }

  private func table(_ columns: [TableColumn], _ rows: [[Cell]], _ style: TextStyle, isWhole: Bool = true) -> [String] {
    let table = TextTable(columns: columns, zone: zone, style: style, margin: "  ", rows: rows, isWhole: isWhole)
    let text = table.heading + rows.map { table.line($0) }.joined() + table.ending
    return text.split(separator: "\n").map(String.init)
  }

  private func at(_ seconds: Double) -> Cell { .time(Instant(microseconds: 1_760_000_000_000_000).adding(seconds: seconds)) }

  @Test("No line is wider than the terminal, whatever the table", arguments: 0..<40)
  func noLineIsTooWide(block: Int) {
    for seed in (block * 10)..<(block * 10 + 10) {
      var random = SplitMix64(seed: UInt64(seed))
      func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
      func word(_ longest: Int) -> String {
        let letters = ["a", "b", "z", " ", "\u{754c}", "e\u{301}", "\u{1f980}", "\u{1f1e9}\u{1f1ea}", "/"]
        return (0..<below(longest)).map { _ in letters[below(letters.count)] }.joined()
      }
      let columns = (0..<1 + below(9)).map { index in
        TableColumn(
          ["name\(index)", "size\(index)_mib", "took_s"][below(3)], ["Name", "Hosts that may fail", "At"][below(3)],
          isNumber: below(3) == 0, isMinor: below(4) == 0)
      }
      let kinds = columns.map { $0.isNumber ? 0 : below(4) }
      let rows = (0..<1 + below(6)).map { _ in
        kinds.map { kind -> Cell in
          switch kind {
          case 0: .int(below(4) == 0 ? nil : Int64(below(1_000_000)))
          case 1: at(Double(below(200_000)))
          case 2: .state(["failed", "not_protected"][below(2)], .bad)
          default: .text(word(60))
          }
        }
      }
      let width = 40 + below(80)
      // One column cannot be left out: what it needs has room in any terminal.
      for line in table(columns, rows, TextStyle(width: width), isWhole: below(2) == 0) {
        #expect(ColumnCount.of(line) <= width, "seed \(seed): \(line)")
      }
    }
  }

  @Test("What is left out is named, with the value where there is only one")
  func whatIsLeftOutIsNamed() {
    let columns = [
      TableColumn("vm", "VM"), TableColumn("source", "Source"), TableColumn("zone", "Zone"),
      TableColumn("failed", "Failed", isNumber: true), TableColumn("events", "Events", isMinor: true),
      TableColumn("reason", "Reason"),
    ]
    let rows: [[Cell]] = ["db1", "web1"].map { (name: String) -> [Cell] in
      [
        .text(name), .text("vcenter-of-the-north"), .text(nil), .int(0), .text("12 13 14 15 16 17"),
        .text("\(name) is full"),
      ]
    }
    #expect(
      table(columns, rows, TextStyle(width: 40)) == [
        "  VM    REASON", "  db1   db1 is full", "  web1  web1 is full", "  Not shown: Source",
        "  (vcenter-of-the-north), Zone (none),", "  Failed (none), Events (12 13 14 15 16", "  17). -o wide shows all.",
      ])
    #expect(table(columns, rows, TextStyle(width: 40, isWide: true)).count == 3)
    #expect(table(columns, rows, .plain)[0].contains("FAILED"))
    // Of a list that goes on, no column is known to hold one value only.
    #expect(!table(columns, rows, TextStyle(width: 40), isWhole: false).joined().contains("(none)"))
  }

  @Test("Texts are cut, the widest first; numbers, times and outcomes never")
  func textsAreCut() {
    let columns = [
      TableColumn("path", "File"), TableColumn("at", "At"), TableColumn("result", "Result"),
      TableColumn("count", "Count", isNumber: true), TableColumn("text", "Why"),
    ]
    let rows: [[Cell]] = [
      [
        .text("/exports/2026/events.xml"), at(0), .state("rolled_back", .bad), .int(1_234_567),
        .text("there is no room for it"),
      ],
      [.text("/exports/2026/hosts.json"), at(86_400), .state("completed", .good), .int(2), .text("")],
    ]
    #expect(
      table(columns, rows, TextStyle(width: 66)) == [
        "  2025, UTC", "  FILE          AT              RESULT         COUNT  WHY",
        "  …/events.xml  10-09 08:53:20  rolled back  1234567  there is no…",
        "  …/hosts.json  10-10 08:53:20  completed          2  -",
      ])
  }

  @Test("What all times share stands above the table once")
  func sharedDatesStandAbove() throws {
    let columns = [TableColumn("at", "At"), TableColumn("text", "Text")]
    func heading(_ seconds: [Double], _ zone: String, isWhole: Bool = true) throws -> [String] {
      let rows = seconds.map { [at($0), .text("x")] }
      let table = TextTable(
        columns: columns, zone: try DisplayZone(name: zone), style: TextStyle(width: 80), rows: rows, isWhole: isWhole)
      return (table.heading + table.line(rows[0])).split(separator: "\n").map(String.init)
    }
    #expect(try heading([0, 60], "UTC") == ["2025-10-09, UTC", "AT        TEXT", "08:53:20  x"])
    #expect(try heading([0, 86_400], "Europe/Berlin")[0] == "2025, +02:00")
    #expect(try heading([0, 40_000_000], "UTC") == ["Times in UTC", "AT                   TEXT", "2025-10-09 08:53:20  x"])
    // The clocks went back between them: no offset is that of both.
    #expect(try heading([0, 30 * 86_400], "Europe/Berlin")[1] == "2025-10-09 10:53:20+02:00  x")
    #expect(try heading([0, 60], "UTC", isWhole: false)[1] == "2025-10-09 08:53:20Z  x")
  }

  @Test("Wide characters take two columns, marks none")
  func columnsAreCounted() {
    let counts = [
      ("abc", 3), ("\u{754c}\u{754c}", 4), ("e\u{301}", 1), ("\u{1f980}", 2), ("\u{1f1e9}\u{1f1ea}", 2),
      ("\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f466}", 2), ("\u{e9}", 1), ("", 0),
    ]
    for (text, count) in counts { #expect(ColumnCount.of(text) == count, "\(text)") }
    #expect(ColumnCount.cut("\u{754c}\u{754c}\u{754c}", to: 4) == "\u{754c}\u{2026}")
    #expect(ColumnCount.cut("abc", to: 3) == "abc" && ColumnCount.cut("abcd", to: 3) == "ab\u{2026}")
    let rows: [[Cell]] = [[.text("\u{754c}"), .text("x")], [.text("ab"), .text("y")]]
    #expect(table([TableColumn("a", "A"), TableColumn("b", "B")], rows, .plain) == ["  A   B", "  \u{754c}  x", "  ab  y"])
  }

  @Test("Text is wrapped at words, and a word that is too long is broken")
  func textIsWrapped() {
    #expect(WordWrap.lines("one two three", width: 8) == ["one two", "three"])
    #expect(WordWrap.lines("  ! one two three", width: 12, indent: "    ") == ["  ! one two", "    three"])
    #expect(WordWrap.lines("one two", width: nil) == ["one two"])
    #expect(WordWrap.lines("abcdefghij kl", width: 4) == ["abcd", "efgh", "ij", "kl"])
    var random = SplitMix64(seed: 5)
    for _ in 0..<500 {
      let text = (0..<Int.random(in: 1...30, using: &random)).map { _ in
        String(repeating: "x", count: Int.random(in: 1...14, using: &random))
      }.joined(separator: " ")
      let lines = WordWrap.lines(text, width: 16)
      #expect(lines.allSatisfy { $0.count <= 16 } && lines.joined(separator: " ") == text)
    }
  }

  @Test("Only terminals with colours get them")
  func coloursAreAsked() {
    let column = [TableColumn("outcome", "Outcome")]
    let row: [[Cell]] = [[.state("failed", .bad)]]
    #expect(table(column, row, .plain) == ["  OUTCOME", "  failed"])
    #expect(
      table(column, row, TextStyle(isColoured: true)) == ["  \u{1b}[1mOUTCOME\u{1b}[0m", "  \u{1b}[31mfailed\u{1b}[0m"])
  }

  @Test("Numbers are shown in people's units, which their key names")
  func unitsArePeoples() {
    let shown: [(String, Double, String)] = [
      ("downtime_s", 185.29, "3 min 5 s"), ("downtime_ms", 210, "210 ms"), ("memory_mib", 8192, "8 GiB"),
      ("memory_mib", 512, "512 MiB"), ("memory_gib", 1536, "1.5 TiB"), ("guest_tib", 0.5, "512 GiB"),
      ("used_percent", 61.84, "61.8%"), ("eta_s", -30, "-30 s"),
    ]
    for (key, number, text) in shown {
      #expect(TableColumn(key, "X").text(.value(.double(number)), in: zone) == text)
    }
    #expect(TableColumn("duration_s", "X").text(.seconds(nil), in: zone) == "-")
    #expect(TableColumn("count", "X").text(.int(8192), in: zone) == "8192")
  }
}
