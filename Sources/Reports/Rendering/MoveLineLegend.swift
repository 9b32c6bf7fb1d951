/// What the colours and signs of a `MoveLine` stand for.
struct MoveLineLegend {
  let svg: String
  /// Where it ends.
  let bottom: Double

  private static let shown = 24

  init(
    places: [String], colour: (String) -> Int, hasUnknown: Bool, signs: [MoveLine.Mark.Sign], hasBreaks: Bool,
    width: Double, top: Double
  ) {
    var (x, y) = (0.0, top)
    var text = "<g class=\"legend\">"
    func add(_ words: String, _ drawing: (_ x: Double, _ y: Double) -> String) {
      let room = 26 + TextWidth.of(words, size: 11) + 14
      if x + room > width, x > 0 { (x, y) = (0, y + 18) }
      text += drawing(x, y)
      text += "<text x=\"\(points(x + 26))\" y=\"\(points(y + 10))\">\(HTML.escaped(words))</text>\n"
      x += room
    }
    func box(_ style: String) -> (Double, Double) -> String {
      { x, y in "<rect class=\"\(style)\" x=\"\(points(x + 1))\" y=\"\(points(y))\" width=\"20\" height=\"12\"/>" }
    }
    for place in places.prefix(Self.shown) { add(place, box("place-\(colour(place))")) }
    if places.count > Self.shown { add("and \(places.count - Self.shown) more", { _, _ in "" }) }
    if hasUnknown { add("nothing shows where", box("unknown")) }
    for sign in signs { add(Self.words(sign)) { Self.sign(sign, x: $0 + 13, y: $1 + 6, title: nil) } }
    if hasBreaks {
      add("quiet time left out") { x, y in
        "<g class=\"cut\">"
          + [8.0, 18.0].map { place in
            "<line x1=\"\(points(x + place))\" x2=\"\(points(x + place))\" y1=\"\(points(y))\" y2=\"\(points(y + 12))\"/>"
          }.joined() + "</g>"
      }
    }
    svg = text + "</g>\n"
    bottom = y + 20
  }

  private static func words(_ sign: MoveLine.Mark.Sign) -> String {
    switch sign {
    case .moved: "arrived by a move"
    case .restarted: "restarted after a failure"
    case .failed: "did not succeed"
    }
  }

  /// The sign of a happening around a point.
  static func sign(_ sign: MoveLine.Mark.Sign, x: Double, y: Double, title: String?) -> String {
    let name = title.map { "<title>\(HTML.escaped($0))</title>" } ?? ""
    switch sign {
    case .moved, .restarted:
      let size = sign == .moved ? 4.0 : 5.5
      let (left, above, below) = (points(x - 1), points(y - size), points(y + size))
      return "<path class=\"\(sign.rawValue)\" d=\"M\(left) \(above)L\(points(x + size)) \(points(y))L\(left) \(below)Z\">"
        + "\(name)</path>"
    case .failed:
      let (left, right, above, below) = (points(x - 4), points(x + 4), points(y - 4), points(y + 4))
      let cross = "M\(left) \(above)L\(right) \(below)M\(left) \(below)L\(right) \(above)"
      return "<path class=\"try-ground\" d=\"\(cross)\"/><path class=\"try\" d=\"\(cross)\">\(name)</path>"
    }
  }
}
