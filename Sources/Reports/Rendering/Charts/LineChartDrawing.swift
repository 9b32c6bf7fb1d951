/// Draws lines as SVG that stands in a page. Each line has its name at its end.
struct LineChartDrawing {
  private let chart: LineChart
  private let id: String
  private let x: (least: Double, most: Double)
  private let most: Double

  private static let plot = (left: 64.0, right: 640.0, top: 24.0, bottom: 224.0)

  static func drawing(of chart: LineChart, id: String) -> String {
    guard let drawing = LineChartDrawing(chart, id: id) else { return "" }
    return "<figure class=\"scroll\">\n\(drawing.svg)</figure>\n"
  }

  /// Nil where there is nothing to draw.
  private init?(_ chart: LineChart, id: String) {
    let points = chart.lines.flatMap(\.points)
    guard let least = points.map(\.x).min(), let last = points.map(\.x).max(), last > least else { return nil }
    (self.chart, self.id, x) = (chart, id, (least, last))
    // Lines at nothing have a scale, too.
    let highest = points.map(\.y).max() ?? 0
    most = highest > 0 ? highest : 1
  }

  private func place(_ value: Double) -> Double {
    Self.plot.left + (value - x.least) / (x.most - x.least) * (Self.plot.right - Self.plot.left)
  }

  private func height(_ value: Double) -> Double {
    Self.plot.bottom - max(0, value) / most * (Self.plot.bottom - Self.plot.top)
  }

  private var svg: String {
    """
    <svg viewBox="0 0 860 268" role="img" aria-labelledby="\(id)-title \(id)-desc" class="chart">
    <title id="\(id)-title">\(HTML.escaped(chart.title))</title>
    <desc id="\(id)-desc">\(HTML.escaped(chart.yName)) over \(HTML.escaped(chart.xName)): \
    \(HTML.escaped(chart.lines.map(\.name).joined(separator: "; "))). The tables hold the same in figures.</desc>
    \(axes)\(chart.lines.map(drawn).joined())\(names)</svg>

    """
  }

  private var axes: String {
    var text = "<g class=\"axis\">\n"
    let (left, right) = (points(Self.plot.left), points(Self.plot.right))
    for tick in ChartScale.ticks(upTo: most) {
      let y = points(height(tick))
      text += "<line x1=\"\(left)\" x2=\"\(right)\" y1=\"\(y)\" y2=\"\(y)\"/>"
      text += "<text x=\"\(points(Self.plot.left - 8))\" y=\"\(points(height(tick) + 4))\" text-anchor=\"end\">"
      text += "\(ChartScale.label(tick))</text>\n"
    }
    for tick in chart.ticks {
      let place = points(place(tick.x))
      text +=
        "<line x1=\"\(place)\" x2=\"\(place)\" y1=\"\(points(Self.plot.bottom))\" y2=\"\(points(Self.plot.bottom + 4))\"/>"
      text +=
        "<text x=\"\(place)\" y=\"\(points(Self.plot.bottom + 17))\" text-anchor=\"middle\">"
      text += "\(HTML.escaped(tick.label))</text>\n"
    }
    text += "<text x=\"0\" y=\"11\">\(HTML.escaped(chart.yName))</text>"
    return text
      + "<text x=\"\(right)\" y=\"\(points(Self.plot.bottom + 34))\" text-anchor=\"end\">"
      + "\(HTML.escaped(chart.xName))</text>\n</g>\n"
  }

  private func drawn(_ line: LineChart.Line) -> String {
    let places = line.points.map { (points(place($0.x)), points(height($0.y))) }
    let path = places.enumerated().map { "\($0 == 0 ? "M" : "L")\($1.0) \($1.1)" }.joined()
    let stroke = "<path class=\"line \(line.stroke.rawValue)\" d=\"\(path)\"/>\n"
    guard line.points.count < 24 else { return stroke }
    return stroke + places.map { "<circle class=\"dot\" cx=\"\($0.0)\" cy=\"\($0.1)\" r=\"3\"/>" }.joined() + "\n"
  }

  /// At the ends of the lines, one below the other where they end near each other.
  private var names: String {
    var lowest = -Double.infinity
    let ends = chart.lines.compactMap { line in line.points.max { $0.x < $1.x }.map { (line.name, height($0.y)) } }
    return ends.sorted { $0.1 < $1.1 }.map { name, y in
      lowest = max(y + 4, lowest + 15)
      let words = HTML.escaped(TextWidth.fitted(name, into: 205, size: 12))
      return "<text x=\"\(points(Self.plot.right + 10))\" y=\"\(points(lowest))\">\(words)</text>\n"
    }.joined()
  }
}
