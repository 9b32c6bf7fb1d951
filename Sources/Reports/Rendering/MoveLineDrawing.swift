internal import Inventory

/// Draws where things were as SVG that stands in a page, with a slider that needs nothing but the page itself.
///
/// Places differ in colour and are named where there is room; each happening has a sign of its own.
struct MoveLineDrawing {
  private let line: MoveLine
  private let rows: [MoveLine.Row]
  private let zone: DisplayZone
  private let id: String
  private let scale: TimeScale
  private let places: [String: Int]

  private static let width = 860.0
  private static let plot = (left: 168.0, right: 856.0)
  private static let rowHeight = 22.0
  private static let top = 40.0
  private static let most = 40
  private static let colours = 8

  /// Draws it in parts of at most 40 rows, the slider above.
  static func drawings(of line: MoveLine, zone: DisplayZone) -> String {
    guard !line.rows.isEmpty else { return "" }
    let scale = TimeScale(line.instants, left: plot.left, right: plot.right)
    let parts = stride(from: 0, to: line.rows.count, by: most).map { start in
      let rows = Array(line.rows[start..<min(start + most, line.rows.count)])
      let drawing = MoveLineDrawing(line, rows: rows, zone: zone, id: "moves-\(start / most + 1)", scale: scale)
      return "<figure class=\"scroll\">\n\(drawing.svg)</figure>\n"
    }
    let more = line.more > 0 ? "<p class=\"soft\">\(line.more) more move; the table below has them all.</p>\n" : ""
    return MovePlayer(scale: scale, from: line.from, to: line.to, zone: zone).opening + parts.joined() + more
      + MovePlayer.script
  }

  private init(_ line: MoveLine, rows: [MoveLine.Row], zone: DisplayZone, id: String, scale: TimeScale) {
    (self.line, self.rows, self.zone, self.id, self.scale) = (line, rows, zone, id, scale)
    places = Dictionary(uniqueKeysWithValues: line.places.enumerated().map { ($1, $0 % Self.colours) })
  }

  private var bottom: Double { Self.top + Double(rows.count) * Self.rowHeight + 4 }

  private var svg: String {
    let legend = MoveLineLegend(
      places: line.places, colour: { places[$0] ?? 0 }, hasUnknown: rows.contains { $0.bars.contains { $0.place == nil } },
      signs: MoveLine.Mark.Sign.allCases.filter { sign in rows.contains { $0.marks.contains { $0.sign == sign } } },
      hasBreaks: !scale.breaks.isEmpty, width: Self.width, top: bottom + 10)
    let size = "\(points(Self.width)) \(points(legend.bottom))"
    return """
      <svg viewBox="0 0 \(size)" role="img" aria-labelledby="\(id)-title" class="time-line">
      <title id="\(id)-title">\(HTML.escaped(line.title))</title>
      \(axis)\(rows.enumerated().map(drawn).joined())\(cuts)\
      <line class="cursor" visibility="hidden" x1="0" x2="0" y1="\(points(Self.top - 6))" y2="\(points(bottom))"/>
      \(legend.svg)</svg>

      """
  }

  private var axis: String {
    var text = "<g class=\"axis\">\n"
    let midnight = -Int64(zone.offset(at: line.from)) * 1_000_000
    let isFine = scale.ticks(spacing: 76, from: midnight).contains { $0.step < 1_000_000 }
    for (x, words) in scale.apart(scale.ticks(spacing: isFine ? 104 : 76, from: midnight), { $0.clock(in: zone) }) {
      text += "<line x1=\"\(x)\" x2=\"\(x)\" y1=\"29\" y2=\"\(points(bottom))\"/>"
      text += "<text x=\"\(x)\" y=\"25\" text-anchor=\"middle\">\(words)</text>\n"
    }
    var date = ""
    for stretch in scale.stretches {
      // The padding before the first moment may lie in the day before.
      let day = zone.calendar(stretch.to).date
      if day != date { text += "<text x=\"\(points(stretch.left + 2))\" y=\"10\">\(day)</text>\n" }
      date = day
    }
    text += "<text x=\"0\" y=\"25\">\(HTML.escaped(TextWidth.fitted(zone.name, into: 150, size: 11)))</text>\n"
    for y in [Self.top - 4, bottom] {
      text += "<line class=\"rule\" x1=\"0\" x2=\"\(points(Self.width))\" y1=\"\(points(y))\" y2=\"\(points(y))\"/>"
    }
    return text + "\n</g>\n"
  }

  private func drawn(_ index: Int, _ row: MoveLine.Row) -> String {
    let y = Self.top + Double(index) * Self.rowHeight
    let name = HTML.escaped(TextWidth.fitted(row.name, into: 158, size: 12))
    var text = "<g class=\"row\" data-name=\"\(HTML.escaped(row.name))\">"
    text += "<text x=\"0\" y=\"\(points(y + 15))\"><title>\(HTML.escaped(row.name))</title>\(name)</text>\n"
    for bar in row.bars { text += drawn(bar, y + 2) }
    for mark in row.marks {
      text += MoveLineLegend.sign(mark.sign, x: scale.x(mark.at), y: y + Self.rowHeight / 2, title: mark.text)
    }
    return text + "</g>\n"
  }

  private func drawn(_ bar: MoveLine.Bar, _ y: Double) -> String {
    let (left, right) = (scale.x(bar.from), scale.x(bar.to))
    // A stay that lasted a moment is still seen.
    let width = max(1, right - left)
    let style = bar.place.map { "place-\(places[$0] ?? 0)" } ?? "unknown"
    var text = "<rect class=\"\(style)\" data-place=\"\(HTML.escaped(bar.place ?? "unknown"))\" x=\"\(points(left))\" "
    text += "y=\"\(points(y))\" width=\"\(points(width))\" height=\"\(points(Self.rowHeight - 4))\"/>"
    // A label ends before the next place where time is left out.
    let end = scale.breaks.first { $0.left > left }.map { min($0.left + 6, right) } ?? right
    if let place = bar.place, end - left > 40 {
      // Of a host's name the part before its domain tells enough.
      let room = end - left - 16
      let isLong = TextWidth.of(place, size: 10) > room && place.first?.isLetter == true
      let name = isLong ? String(place.prefix { $0 != "." }) : place
      let label = TextWidth.fitted(name, into: room, size: 10)
      text += "<text class=\"place-name\" x=\"\(points(left + 9))\" y=\"\(points(y + 12.6))\">\(HTML.escaped(label))</text>"
    }
    return text + "\n"
  }

  /// Where quiet time is cut out.
  private var cuts: String {
    scale.breaks.map { gap in
      let (left, right) = (gap.left + 8, gap.right - 8)
      let (above, below) = (Self.top - 5, bottom + 2)
      return "<g class=\"cut\"><title>quiet time left out</title><rect x=\"\(points(left))\" y=\"\(points(above))\" "
        + "width=\"\(points(right - left))\" height=\"\(points(below - above))\"/>"
        + [left, right].map { x in
          "<line x1=\"\(points(x))\" x2=\"\(points(x))\" y1=\"\(points(above))\" y2=\"\(points(below))\"/>"
        }.joined() + "</g>\n"
    }.joined()
  }
}
