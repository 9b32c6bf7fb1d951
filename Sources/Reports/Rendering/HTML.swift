/// Text made safe for a page, and the few elements that are written often.
enum HTML {
  /// The text as content or as the value of an attribute: never read as markup, whatever it holds.
  static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in printable(text).unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      // XML has no place for these two of every plane's end.
      case _ where scalar.value & 0xfffe == 0xfffe: result.append("\u{fffd}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// A state with its sign.
  static func state(_ text: String, _ tone: Tone) -> String {
    "<span class=\"state \(tone.rawValue)\"><span class=\"sign\" aria-hidden=\"true\">\(tone.sign)</span> "
      + "\(escaped(text))</span>"
  }
}
