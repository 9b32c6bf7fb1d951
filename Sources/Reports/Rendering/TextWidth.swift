/// How wide a text is in a common sans-serif face: near enough to decide what fits.
enum TextWidth {
  /// - Parameter size: of the letters; the width comes in the same unit.
  static func of(_ text: String, size: Double) -> Double {
    text.unicodeScalars.reduce(0) { $0 + share($1) } * size
  }

  /// The text, cut off with three dots where it is wider than the room.
  static func fitted(_ text: String, into room: Double, size: Double) -> String {
    guard of(text, size: size) > room else { return text }
    var used = 0.9 * size
    var kept = ""
    for character in text {
      used += of(String(character), size: size)
      if used > room { break }
      kept.append(character)
    }
    return kept + "\u{2026}"
  }

  private static func share(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "t", "f", "I", ".", ",", ":", ";", "'", "|", " ", "!": 0.33
    case "m", "w", "M", "W", "@", "%": 0.92
    case "A"..."Z": 0.7
    case _ where scalar.value < 0x2e80: 0.58
    default: 1
    }
  }
}
