import Foundation
import Inventory
import Testing

@testable import Reports

@Suite struct PageTests {
  private static let start = Instant(microseconds: 1_795_432_733_022_492)
  private static let hostile = "<script>alert('1')</script>&\"\u{1B}[31m\u{FFFE}"

  private func line(rows: Int, step: Double = 1, back: Double? = nil, name: String = "vm") -> TimeLine {
    let start = Self.start
    let moments = [("failed", start), ("declared", start.adding(seconds: step / 3))]
    return TimeLine(
      title: "Time line", origin: start,
      moments: moments + (back.map { [("host back", start.adding(seconds: $0))] } ?? []),
      rows: (0..<rows).map { index in
        var row = TimeLine.Row(name: "\(name)\(index)", outcome: "restarted", tone: .good)
        let up = start.adding(seconds: step * Double(index + 1))
        row.bars = [
          .init(.before, from: nil, to: start, label: name), .init(.down, from: start, to: up, label: nil),
          .init(.after, from: up, to: nil, label: name),
        ]
        row.failures = [start.adding(seconds: step * Double(index) / 2)]
        return row
      })
  }

  private func page(_ line: TimeLine, name: String = "vm") throws -> String {
    var report = Report(schema: "yadokari.test/1", at: Self.start, itemsKey: "rows")
    report.answer = ["\(name) failed"]
    report.evidence = [("Ledger", name)]
    var section = Report.Section(heading: name)
    section.columns = [TableColumn("vm", "VM"), TableColumn("state", "State"), TableColumn("secret", "S", isDataOnly: true)]
    section.rows = [
      [.text(name), .state("not_protected", .bad), .text("data only")], [.text(nil), .time(Self.start), .int(1)],
    ]
    section.facts = [(name, .text(name))]
    section.counts = [(name, 1, .good)]
    section.notes = [name]
    section.timeLine = line
    report.sections = [section]
    var text = ""
    try Renderer(.html, zone: DisplayZone(name: "Europe/Berlin"), program: name) { text += $0 }.render(report)
    return text
  }

  /// Whether every element is closed in its turn, every attribute quoted and every "&" a reference.
  private func isWellFormed(_ text: String) -> Bool {
    var open: [Substring] = []
    for part in text.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
      guard let end = part.firstIndex(of: ">") else { return false }
      let tag = part[..<end]
      if tag.hasPrefix("!") { continue }
      if tag.hasPrefix("/") {
        guard open.popLast() == tag.dropFirst() else { return false }
        continue
      }
      guard tag.count(where: { $0 == "\"" }) % 2 == 0,
        tag.wholeMatch(of: /[a-z0-9]+( [a-zA-Z0-9-]+="[^"]*")*\/?/.dotMatchesNewlines()) != nil
      else { return false }
      if !tag.hasSuffix("/") { open.append(tag.prefix { $0 != " " }) }
    }
    let references = text.matches(of: /&(amp|lt|gt|quot|#39);/).count
    return open.isEmpty && text.count(where: { $0 == "&" }) == references && !text.unicodeScalars.contains("\u{FFFE}")
  }

  @Test(arguments: [1, 4, 60, 130])
  func aPageIsWellFormedAndStandsAlone(rows: Int) throws {
    let text = try page(line(rows: rows))
    #expect(isWellFormed(text))
    #expect(!isWellFormed(text.replacing("</main>", with: "")), "the check can fail")
    for word in ["http", "<script", "src=", "@import", "url(h", "<link"] { #expect(!text.contains(word), "\(word)") }
    #expect(text.components(separatedBy: "<svg").count - 1 == (rows + 35) / 36, "a drawing a sheet")
    #expect(text.components(separatedBy: "<g class=\"row\">").count - 1 == rows)
    #expect(text.contains("scope=\"col\"") && text.contains("scope=\"row\"") && text.contains("<desc"))
    #expect(text.contains("not protected") && !text.contains("data only"))
    #expect(text.contains("<span class=\"date\">2026-11-23</span> <span>12:18:53.022+01:00</span>"))
  }

  @Test func whatNamesHoldIsNeverMarkup() throws {
    let text = try page(line(rows: 2, name: Self.hostile), name: Self.hostile)
    #expect(isWellFormed(text))
    #expect(!text.contains("<script") && !text.contains("alert('1')") && !text.contains("\u{1B}"))
    #expect(text.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot; [31m\u{FFFD}"))
  }

  @Test func aLongNameIsCutInTheDrawingAndMayBreakInTheTable() throws {
    let name = String(repeating: "x", count: 200)
    let text = try page(line(rows: 1, name: name), name: name)
    #expect(text.contains("<div class=\"long\">\(name)</div>"))
    #expect(text.contains("xxx\u{2026}</text>"))
  }

  @Test func theSameReportGivesTheSameBytes() throws {
    #expect(try page(line(rows: 60)) == page(line(rows: 60)))
  }

  @Test(arguments: [0.000_001, 0.0004, 0.041, 1, 60, 4000])
  func theAxisIsSensibleAtEveryScale(step: Double) throws {
    let line = line(rows: 3, step: step)
    let scale = TimeScale(line.instants, left: 100, right: 600)
    let ticks = scale.ticks(spacing: 80, from: Self.start.microseconds)
    #expect((1...8).contains(ticks.count))
    #expect(ticks.contains { $0.at == Self.start }, "the failure itself is marked")
    let places = line.instants.sorted().map(scale.x)
    #expect(places == places.sorted() && places.allSatisfy { $0 > 100 && $0 < 600 })
    #expect(scale.breaks.isEmpty)
  }

  @Test func aLongQuietTimeIsCutOutAndSaid() throws {
    let scale = TimeScale(line(rows: 3, step: 30, back: 86_400).instants, left: 0, right: 500)
    #expect(scale.stretches.count == 2 && scale.breaks.count == 1)
    #expect(scale.x(Self.start.adding(seconds: 90)) - scale.x(Self.start) > 200, "the first minutes stay readable")
    #expect(try page(line(rows: 3, step: 30, back: 86_400)).contains("quiet time left out"))
  }

  @Test func oneMomentAloneHasAnAxis() {
    let scale = TimeScale([Self.start], left: 0, right: 500)
    #expect(!scale.ticks(spacing: 80, from: 0).isEmpty)
    #expect((1..<499).contains(scale.x(Self.start)))
  }

  @Test func durationsReadLikeWords() {
    let texts = [0, 41, 41_200, 999_499, 999_500, 41_200_000, 59_960_000, 250_000_000, 7_380_000_000, 183_600_000_000].map {
      durationText(microseconds: $0)
    }
    #expect(
      texts == [
        "0 \u{b5}s", "41 \u{b5}s", "41 ms", "999 ms", "1 s", "41.2 s", "1 min", "4 min 10 s", "2 h 03 min", "2 d 3 h",
      ])
  }

  @Test func aListIsAPageToo() throws {
    var text = ""
    func list(_ rows: [[Cell]]) throws {
      text = ""
      let writer = ListWriter(
        .html, schema: "yadokari.test/1", at: Self.start, key: "rows", columns: [TableColumn("vm", "VM")],
        zone: try DisplayZone(name: "UTC"), title: "Machines", program: "yadokari test"
      ) { text += $0 }
      for row in rows { try writer.row(row) }
      try writer.end(emptyText: "Nothing <here>.")
    }
    try list([[.text(Self.hostile)], [.text("b")]])
    #expect(isWellFormed(text) && text.contains("<h1>Machines</h1>") && !text.contains("<script"))
    try list([])
    #expect(isWellFormed(text) && text.contains("Nothing &lt;here&gt;."))
  }
}
