extension JSONValue {
  /// The value in one line, without blanks.
  package var compactText: String {
    var text = ""
    text.reserveCapacity(256)
    write(into: &text)
    return text
  }

  /// The value for reading: objects and arrays that would pass `width` characters are broken into lines.
  package func prettyText(width: Int = 120) -> String {
    var text = ""
    write(into: &text, indent: 0, width: width)
    return text
  }

  private func write(into text: inout String) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .int(let value): text += String(value)
    // JSON has no word for what is no number.
    case .double(let value): text += value.isFinite ? String(value) : "null"
    case .string(let value): Self.writeQuoted(value, into: &text)
    case .array(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += "," }
        value.write(into: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += "," }
        Self.writeQuoted(member.key, into: &text)
        text += ":"
        member.value.write(into: &text)
      }
      text += "}"
    }
  }

  private func write(into text: inout String, indent: Int, width: Int) {
    let isContainer: Bool =
      switch self {
      case .array(let values): !values.isEmpty
      case .object(let members): !members.isEmpty
      default: false
      }
    let compact = compactText
    guard isContainer, indent + compact.utf8.count > width else {
      text += compact
      return
    }
    let margin = String(repeating: " ", count: indent + 2)
    switch self {
    case .array(let values):
      text += "["
      for (index, value) in values.enumerated() {
        text += index > 0 ? ",\n" + margin : "\n" + margin
        value.write(into: &text, indent: indent + 2, width: width)
      }
      text += "\n" + String(repeating: " ", count: indent) + "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        text += index > 0 ? ",\n" + margin : "\n" + margin
        Self.writeQuoted(member.key, into: &text)
        text += ": "
        member.value.write(into: &text, indent: indent + 2, width: width)
      }
      text += "\n" + String(repeating: " ", count: indent) + "}"
    default: text += compact
    }
  }

  private static func writeQuoted(_ string: String, into text: inout String) {
    text += "\""
    let needsEscape = string.utf8.contains { $0 < 0x20 || $0 == 0x22 || $0 == 0x5c }
    if !needsEscape {
      text += string
    } else {
      for scalar in string.unicodeScalars {
        switch scalar {
        case "\"": text += "\\\""
        case "\\": text += "\\\\"
        case "\n": text += "\\n"
        case "\r": text += "\\r"
        case "\t": text += "\\t"
        case let scalar where scalar.value < 0x20:
          let hex = String(scalar.value, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        default: text.unicodeScalars.append(scalar)
        }
      }
    }
    text += "\""
  }
}
