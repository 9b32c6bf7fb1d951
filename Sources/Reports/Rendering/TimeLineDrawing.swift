internal import Inventory

/// Draws a time line as SVG that stands in a page.
///
/// Colours and faces come from the page's style; every state also differs in its pattern, every outcome in its sign.
struct TimeLineDrawing {
  private let line: TimeLine
  private let zone: DisplayZone
  /// Part of every id, so that several drawings stand in one page.
  private let id: String
  private let scale: TimeScale
  private let rowHeight: Double

  private static let width = 860.0
  private static let plot = (left: 168.0, right: 682.0)
  private static let most = 36

  /// Draws it in parts of at most 36 rows, so that the first fits on a sheet below the facts.
  static func drawings(of line: TimeLine, zone: DisplayZone, id: String) -> String {
    let parts = max(1, (line.rows.count + most - 1) / most)
    let size = (line.rows.count + parts - 1) / parts
    return (0..<parts).map { part in
      let rows = Array(line.rows.dropFirst(part * size).prefix(size))
      let range = parts > 1 ? ", rows \(part * size + 1) to \(part * size + rows.count) of \(line.rows.count)" : ""
      let drawing = TimeLineDrawing(line, rows: rows, zone: zone, id: "\(id)-\(part + 1)", range: range)
      let caption = range.isEmpty ? "" : "<figcaption class=\"soft\">\(range.dropFirst(2))</figcaption>\n"
      return "<figure class=\"scroll\">\n\(caption)\(drawing.svg)</figure>\n"
    }.joined()
  }

  private let rows: [TimeLine.Row]
  private let range: String

  private init(_ line: TimeLine, rows: [TimeLine.Row], zone: DisplayZone, id: String, range: String) {
    (self.line, self.rows, self.zone, self.id, self.range) = (line, rows, zone, id, range)
    rowHeight = rows.count > 24 ? 17 : 24
    scale = TimeScale(line.instants, left: Self.plot.left, right: Self.plot.right)
  }

  // MARK: Places

  private var labels: [(name: String, at: Instant, x: Double, tier: Int)] {
    var ends: [Double] = []
    return line.moments.sorted { $0.at < $1.at }.map { moment in
      let x = scale.x(moment.at)
      let width = TextWidth.of(moment.name, size: 12) + 16
      let start = x + width > Self.width ? x - width : x
      let tier = ends.firstIndex { $0 <= start } ?? ends.count
      if tier == ends.count { ends.append(start + width) } else { ends[tier] = start + width }
      return (moment.name, moment.at, x, tier)
    }
  }

  private var tiers: Int { (labels.map(\.tier).max() ?? 0) + 1 }
  private var top: Double { Double(tiers) * 16 + 24 }
  /// Where the clock stands: above the moments, so that no line crosses it.
  private let clockLine = 11.0
  private var bottom: Double { top + Double(rows.count) * rowHeight + 4 }
  private var states: [TimeLine.State] {
    let used = Set(rows.flatMap { $0.bars.map(\.state) })
    return TimeLine.State.allCases.filter(used.contains)
  }

  // MARK: The drawing

  private var svg: String {
    let height = bottom + 52
    let from = zone.text(scale.stretches.first?.from ?? line.origin)
    let to = zone.text(scale.stretches.last?.to ?? line.origin)
    return """
      <svg viewBox="0 0 860 \(points(height))" role="img" aria-labelledby="\(id)-title \(id)-desc" class="time-line">
      <title id="\(id)-title">\(HTML.escaped(line.title + range))</title>
      <desc id="\(id)-desc">A row for each of \(counted(rows.count, "VM")), from \(from) to \(to). \
      The table below holds the same in figures.</desc>
      \(pattern)\(axis)\(rows.enumerated().map(drawn).joined())\(moments)\(cuts)\(legend)</svg>

      """
  }

  private var pattern: String {
    """
    <defs><pattern id="\(id)-down" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
    <rect width="6" height="6" class="down-ground"/><rect width="2.4" height="6" class="down-stripe"/></pattern></defs>

    """
  }

  /// The clock above, the time since the failure below.
  private var axis: String {
    var text = "<g class=\"axis\">\n"
    func mark(_ x: String, _ from: Double, _ to: Double) {
      text += "<line x1=\"\(x)\" x2=\"\(x)\" y1=\"\(points(from))\" y2=\"\(points(to))\"/>"
    }
    let midnight = -Int64(zone.offset(at: line.origin)) * 1_000_000
    let isFine = scale.ticks(spacing: 76, from: midnight).contains { $0.step < 1_000_000 }
    for (x, words) in scale.apart(scale.ticks(spacing: isFine ? 104 : 76, from: midnight), { $0.clock(in: zone) }) {
      mark(x, clockLine + 4, bottom)
      text += "<text x=\"\(x)\" y=\"\(points(clockLine))\" text-anchor=\"middle\">\(words)</text>\n"
    }
    for (x, words) in scale.apart(scale.ticks(spacing: 84, from: line.origin.microseconds), { sinceOrigin($0.at) }) {
      mark(x, bottom, bottom + 4)
      text += "<text x=\"\(x)\" y=\"\(points(bottom + 15))\" text-anchor=\"middle\">\(words)</text>\n"
    }
    let name = HTML.escaped(TextWidth.fitted(zone.name, into: 160, size: 11))
    text += "<text x=\"0\" y=\"\(points(clockLine))\">\(zone.calendar(line.origin).date)</text>"
    text += "<text x=\"0\" y=\"\(points(clockLine + 16))\">\(name)</text>"
    text += "<text x=\"0\" y=\"\(points(bottom + 15))\">since the failure</text>\n"
    for y in [top - 4, bottom] {
      text += "<line class=\"rule\" x1=\"0\" x2=\"\(points(Self.width))\" y1=\"\(points(y))\" y2=\"\(points(y))\"/>"
    }
    return text + "\n</g>\n"
  }

  private func drawn(_ index: Int, _ row: TimeLine.Row) -> String {
    let y = top + Double(index) * rowHeight
    let middle = points(y + rowHeight / 2 + 4)
    let name = HTML.escaped(TextWidth.fitted(row.name, into: 150, size: 12))
    let outcome = HTML.escaped(TextWidth.fitted(row.outcome, into: 168, size: 12))
    var text = "<g class=\"row\"><title>\(HTML.escaped("\(row.name): \(row.outcome)"))</title>"
    text += "<text x=\"0\" y=\"\(middle)\" class=\"sign \(row.tone.rawValue)\">\(row.tone.sign)</text>"
    text += "<text x=\"16\" y=\"\(middle)\">\(name)</text>\n"
    for bar in row.bars { text += drawn(bar, y + 3) }
    for failure in row.failures { text += cross(scale.x(failure), y + rowHeight / 2) }
    return text + "<text x=\"692\" y=\"\(middle)\">\(outcome)</text></g>\n"
  }

  private func drawn(_ bar: TimeLine.Bar, _ y: Double) -> String {
    let left = bar.from.map(scale.x) ?? Self.plot.left
    let right = bar.to.map(scale.x) ?? Self.plot.right
    // A state that lasted a moment is still seen.
    let width = max(1.5, right - left)
    var text = box(bar.state, x: left, y: y, width: width, height: rowHeight - 6)
    // A label ends before the next place where time is left out.
    let end = scale.breaks.first { $0.left > left }.map { min($0.left + 6, right) } ?? right
    if let label = bar.label, TextWidth.of(label, size: 10) + 12 < end - left, bar.state != .down {
      text += "<text x=\"\(points(left + 6))\" y=\"\(points(y + rowHeight / 2 + 0.6))\" class=\"on-\(bar.state.rawValue)\">"
      text += "\(HTML.escaped(label))</text>"
    }
    return text + "\n"
  }

  private func box(_ state: TimeLine.State, x: Double, y: Double, width: Double, height: Double) -> String {
    let fill = state == .down ? " fill=\"url(#\(id)-down)\"" : ""
    return "<rect class=\"\(state.rawValue)\"\(fill) x=\"\(points(x))\" y=\"\(points(y))\" width=\"\(points(width))\" "
      + "height=\"\(points(height))\"/>"
  }

  private func cross(_ x: Double, _ y: Double) -> String {
    let (left, right, above, below) = (points(x - 4), points(x + 4), points(y - 4), points(y + 4))
    return "<path class=\"try-ground\" d=\"M\(left) \(above)L\(right) \(below)M\(left) \(below)L\(right) \(above)\"/>"
      + "<path class=\"try\" d=\"M\(left) \(above)L\(right) \(below)M\(left) \(below)L\(right) \(above)\"/>\n"
  }

  private var moments: String {
    var text = "<g class=\"moments\">\n"
    for label in labels {
      let x = points(label.x)
      let y = Double(label.tier) * 16 + 29
      let width = TextWidth.of(label.name, size: 12) + 16
      let isLeft = label.x + width > Self.width
      text += "<line x1=\"\(x)\" x2=\"\(x)\" y1=\"\(points(y - 10))\" y2=\"\(points(bottom))\"/>"
      text += "<text x=\"\(points(isLeft ? label.x - 5 : label.x + 5))\" y=\"\(points(y))\" "
      text += "text-anchor=\"\(isLeft ? "end" : "start")\">\(HTML.escaped(label.name))</text>\n"
    }
    return text + "</g>\n"
  }

  /// Where quiet time is cut out.
  private var cuts: String {
    scale.breaks.map { gap in
      let (left, right) = (gap.left + 8, gap.right - 8)
      return "<g class=\"cut\"><title>quiet time left out</title>"
        + "<rect x=\"\(points(left))\" y=\"\(points(top - 5))\" width=\"\(points(right - left))\" "
        + "height=\"\(points(bottom - top + 7))\"/>"
        + [left, right].map { x in
          "<line x1=\"\(points(x))\" x2=\"\(points(x))\" y1=\"\(points(top - 5))\" y2=\"\(points(bottom + 2))\"/>"
        }.joined() + "</g>\n"
    }.joined()
  }

  private var legend: String {
    var x = 0.0
    let y = bottom + 32
    var text = "<g class=\"legend\">"
    func label(_ words: String) {
      text += "<text x=\"\(points(x + 28))\" y=\"\(points(y + 10))\">\(words)</text>\n"
      x += 28 + TextWidth.of(words, size: 11) + 16
    }
    for state in states {
      text += box(state, x: x, y: y, width: 22, height: 12)
      label(state.words)
    }
    if rows.contains(where: { !$0.failures.isEmpty }) {
      text += cross(x + 14, y + 6)
      label("a start that failed")
    }
    if !scale.breaks.isEmpty {
      text += "<g class=\"cut\"><line x1=\"\(points(x + 8))\" x2=\"\(points(x + 8))\" y1=\"\(points(y))\" "
      text += "y2=\"\(points(y + 12))\"/><line x1=\"\(points(x + 18))\" x2=\"\(points(x + 18))\" y1=\"\(points(y))\" "
      text += "y2=\"\(points(y + 12))\"/></g>"
      label("quiet time left out")
    }
    return text + "</g>\n"
  }

  // MARK: Words

  private func sinceOrigin(_ moment: Instant) -> String {
    let distance = moment.microseconds - line.origin.microseconds
    if distance == 0 { return "0" }
    return "\(distance < 0 ? "\u{2212}" : "+")\(durationText(microseconds: abs(distance)))"
  }
}
