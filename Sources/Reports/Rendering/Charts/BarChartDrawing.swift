/// Draws bars as SVG that stands in a page. Colours come from the page's style; parts differ in their patterns, too.
struct BarChartDrawing {
  private let chart: BarChart
  private let id: String
  private let rowHeight: Double
  private let plot: (left: Double, right: Double)
  private let most: Double

  private static let width = 860.0
  /// As many bars stand in one drawing, so that it fits on a sheet.
  private static let mostBars = 48

  /// Draws it in parts where it has many bars; all have one scale.
  static func drawings(of chart: BarChart, id: String) -> String {
    let most = chart.bars.map { $0.parts.reduce(0) { $0 + $1.value } }.max() ?? 0
    return stride(from: 0, to: chart.bars.count, by: mostBars).map { first in
      var part = chart
      part.bars = Array(chart.bars.dropFirst(first).prefix(mostBars))
      if chart.bars.count > mostBars {
        part.title += ", \(first + 1) to \(first + part.bars.count) of \(chart.bars.count)"
      }
      return "<figure class=\"scroll\">\n\(BarChartDrawing(part, most: most, id: "\(id)-\(first)").svg)</figure>\n"
    }.joined()
  }

  private init(_ chart: BarChart, most: Double, id: String) {
    (self.chart, self.id) = (chart, id)
    rowHeight = chart.bars.count > 24 ? 15 : 24
    let name = chart.bars.map { TextWidth.of($0.name, size: 12) }.max() ?? 0
    plot = (min(190, name + 16), 640)
    // Bars of nothing have a scale, too.
    self.most = most > 0 ? most : 1
  }

  private func x(_ value: Double) -> Double { plot.left + value / most * (plot.right - plot.left) }

  private var bottom: Double { 8 + Double(chart.bars.count) * rowHeight }

  private var svg: String {
    """
    <svg viewBox="0 0 \(points(Self.width)) \(points(bottom + 52))" role="img" aria-labelledby="\(id)-title \(id)-desc" \
    class="chart">
    <title id="\(id)-title">\(HTML.escaped(chart.title))</title>
    <desc id="\(id)-desc">\(counted(chart.bars.count, "bar")) in \(HTML.escaped(chart.unit)). The tables hold the same in \
    figures.</desc>
    <defs><pattern id="\(id)-excess" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
    <rect width="6" height="6" class="down-ground"/><rect width="2.4" height="6" class="down-stripe"/></pattern></defs>
    \(axis)\(chart.bars.enumerated().map(drawn).joined())\(legend)</svg>

    """
  }

  private var axis: String {
    var text = "<g class=\"axis\">\n"
    for tick in ChartScale.ticks(upTo: most) {
      let place = points(x(tick))
      text += "<line x1=\"\(place)\" x2=\"\(place)\" y1=\"4\" y2=\"\(points(bottom + 4))\"/>"
      text += "<text x=\"\(place)\" y=\"\(points(bottom + 17))\" text-anchor=\"middle\">\(ChartScale.label(tick))</text>\n"
    }
    return text
      + "<text x=\"0\" y=\"\(points(bottom + 17))\">\(HTML.escaped(chart.unit))</text>\n</g>\n"
  }

  private func drawn(_ index: Int, _ bar: BarChart.Bar) -> String {
    let y = 6 + Double(index) * rowHeight
    let middle = points(y + rowHeight / 2 + 3.5)
    var text = "<g class=\"row\"><title>\(HTML.escaped("\(bar.name): \(bar.label)"))</title>"
    text +=
      "<text x=\"0\" y=\"\(middle)\">\(HTML.escaped(TextWidth.fitted(bar.name, into: plot.left - 10, size: 12)))</text>\n"
    var sum = 0.0
    for part in bar.parts where part.value > 0 {
      text += box(part.part, x(sum), y + 2, x(sum + part.value) - x(sum), rowHeight - 5)
      sum += part.value
    }
    if let mark = bar.mark {
      let place = points(x(mark))
      text +=
        "<line class=\"mark\" x1=\"\(place)\" x2=\"\(place)\" y1=\"\(points(y))\" y2=\"\(points(y + rowHeight - 1))\"/>"
    }
    let label = HTML.escaped(TextWidth.fitted(bar.label, into: Self.width - plot.right - 12, size: 12))
    return text + "<text x=\"\(points(plot.right + 10))\" y=\"\(middle)\">\(label)</text></g>\n"
  }

  private func box(_ part: BarChart.Part, _ x: Double, _ y: Double, _ width: Double, _ height: Double) -> String {
    let fill = part == .excess ? " fill=\"url(#\(id)-excess)\"" : ""
    return "<rect class=\"part-\(part.rawValue)\"\(fill) x=\"\(points(x))\" y=\"\(points(y))\" width=\"\(points(width))\" "
      + "height=\"\(points(height))\"/>"
  }

  private var legend: String {
    let used = Set(chart.bars.flatMap { $0.parts.filter { $0.value > 0 }.map(\.part) })
    var (x, text) = (0.0, "<g class=\"legend\">")
    func label(_ words: String) {
      text += "<text x=\"\(points(x + 28))\" y=\"\(points(bottom + 44))\">\(HTML.escaped(words))</text>\n"
      x += 28 + TextWidth.of(words, size: 11) + 16
    }
    for part in BarChart.Part.allCases where used.contains(part) {
      text += box(part, x, bottom + 34, 22, 12)
      label(part.words)
    }
    if let words = chart.markWords, chart.bars.contains(where: { $0.mark != nil }) {
      text += "<line class=\"mark\" x1=\"\(points(x + 11))\" x2=\"\(points(x + 11))\" y1=\"\(points(bottom + 33))\" "
      text += "y2=\"\(points(bottom + 47))\"/>"
      label(words)
    }
    return text + "</g>\n"
  }
}
