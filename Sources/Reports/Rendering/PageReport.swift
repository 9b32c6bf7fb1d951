internal import Inventory

/// A report as a page: the answer first, then each section with its facts, drawing, table and gaps.
struct PageReport {
  private let report: Report
  private let zone: DisplayZone
  private let page: Page

  init(_ report: Report, page: Page) {
    self.report = report
    self.page = page
    zone = page.zone
  }

  func render(to write: (String) throws -> Void) throws {
    let more = report.answer.count > 1 ? " (and \(report.answer.count - 1) more)" : ""
    try write(page.opening(title: (report.answer.first ?? "Yadokari") + more))
    try write("<header>\n<h1\(report.answer.count > 3 ? " class=\"many\"" : "")>")
    for (index, line) in report.answer.enumerated() { try write(answer(line, index)) }
    try write("</h1>\n")
    for line in report.warnings { try write("<p class=\"warning\">\(HTML.escaped(line))</p>\n") }
    try write("<p class=\"soft\">as of \(zone.text(report.at))</p>\n</header>\n<main>\n")
    for (index, section) in report.sections.enumerated() {
      // What is short need not begin a sheet of its own.
      let isShort = section.rows.count <= 12 && section.timeLine == nil && index > 0
      try write("<section\(isShort ? " class=\"short\"" : "") aria-labelledby=\"section-\(index + 1)\">\n")
      try write("<h2 id=\"section-\(index + 1)\">\(HTML.escaped(section.heading))</h2>\n")
      try write(counts(section) + facts(section))
      if let line = section.timeLine {
        try write(TimeLineDrawing.drawings(of: line, zone: zone, id: "line-\(index + 1)"))
      }
      if let chart = section.barChart { try write(BarChartDrawing.drawings(of: chart, id: "bars-\(index + 1)")) }
      if let chart = section.lineChart { try write(LineChartDrawing.drawing(of: chart, id: "lines-\(index + 1)")) }
      if let line = section.moveLine { try write(MoveLineDrawing.drawings(of: line, zone: zone)) }
      if !section.rows.isEmpty {
        let table = PageTable(columns: section.columns, zone: zone)
        try write(table.heading(caption: section.caption ?? section.heading, isShown: section.caption != nil))
        for row in section.rows { try write(table.line(row)) }
        try write(PageTable.ending)
      }
      try write(gaps(section) + "</section>\n")
    }
    try write("</main>\n" + page.closing(at: report.at, facts: report.evidence))
  }

  /// A line of the answer, linked with the section of its own where there is one for each.
  private func answer(_ line: String, _ index: Int) -> String {
    guard report.hasSectionForEachAnswer, report.sections.count > 1, index < report.sections.count else {
      return "<span>\(HTML.escaped(line))</span>"
    }
    return "<span><a href=\"#section-\(index + 1)\">\(HTML.escaped(line))</a></span>"
  }

  private func counts(_ section: Report.Section) -> String {
    guard !section.counts.isEmpty else { return "" }
    let items = section.counts.map { name, count, tone in
      let sign = tone == .neutral ? "" : "<span class=\"sign\" aria-hidden=\"true\">\(tone.sign)</span> "
      return "<li class=\"\(tone.rawValue)\">\(sign)<b>\(count)</b> \(HTML.escaped(name))</li>\n"
    }
    return "<ul class=\"counts\">\n\(items.joined())</ul>\n"
  }

  private func facts(_ section: Report.Section) -> String {
    let facts = section.times.map { ($0.name, Cell.time($0.at)) } + section.facts.map { ($0.name, $0.cell) }
    guard !facts.isEmpty else { return "" }
    let table = PageTable(columns: [], zone: zone)
    let items = facts.map { "<div><dt>\(HTML.escaped($0.0))</dt><dd>\(table.html($0.1))</dd></div>\n" }
    return "<dl>\n\(items.joined())</dl>\n"
  }

  private func gaps(_ section: Report.Section) -> String {
    guard !section.notes.isEmpty else { return "" }
    let items = section.notes.map { "<li>\(HTML.escaped($0))</li>\n" }
    return "<div class=\"gaps\">\n<h3>\(HTML.escaped(section.notesHeading))</h3>\n<ul>\n\(items.joined())</ul>\n</div>\n"
  }
}
