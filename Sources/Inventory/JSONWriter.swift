/// Puts a JSON value into bytes.
struct JSONWriter {
  private var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(256) }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Writes the value in one line, without blanks.
  /// - Parameter limit: how many bytes there may be at most.
  /// - Returns: false where there are more; then it may be anything that was written.
  mutating func write(_ value: JSONValue, limit: Int) -> Bool {
    switch value {
    case .null: add("null")
    case .bool(let value): add(value ? "true" : "false")
    case .int(let value): add(String(value))
    // JSON has no word for what is no number.
    case .double(let value): add(value.isFinite ? String(value) : "null")
    case .string(let value): addQuoted(value)
    case .array(let values):
      add("[")
      for (index, value) in values.enumerated() {
        if index > 0 { add(",") }
        guard write(value, limit: limit) else { return false }
      }
      add("]")
    case .object(let members):
      add("{")
      for (index, member) in members.enumerated() {
        if index > 0 { add(",") }
        addQuoted(member.key)
        add(":")
        guard write(member.value, limit: limit) else { return false }
      }
      add("}")
    }
    return bytes.count <= limit
  }

  /// Writes the value for reading: what would pass `width` is broken into lines.
  mutating func write(_ value: JSONValue, indent: Int, width: Int) {
    let start = bytes.count
    let isContainer: Bool =
      switch value {
      case .array(let values): !values.isEmpty
      case .object(let members): !members.isEmpty
      default: false
      }
    // What does not fit into a line is noticed after a line's length, not at its own end.
    if write(value, limit: isContainer ? start + width - indent : .max) { return }
    bytes.removeSubrange(start...)
    let margin = "\n" + String(repeating: " ", count: indent + 2)
    let end = "\n" + String(repeating: " ", count: indent)
    switch value {
    case .array(let values):
      add("[")
      for (index, value) in values.enumerated() {
        if index > 0 { add(",") }
        add(margin)
        write(value, indent: indent + 2, width: width)
      }
      add(end)
      add("]")
    case .object(let members):
      add("{")
      for (index, member) in members.enumerated() {
        if index > 0 { add(",") }
        add(margin)
        addQuoted(member.key)
        add(": ")
        write(member.value, indent: indent + 2, width: width)
      }
      add(end)
      add("}")
    default: break
    }
  }

  private mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func addQuoted(_ string: String) {
    bytes.append(UInt8(ascii: "\""))
    var string = string
    string.withUTF8 { text in
      if text.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5c }) {
        for byte in text { addEscaped(byte) }
      } else {
        bytes.append(contentsOf: text)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func addEscaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): add("\\\"")
    case UInt8(ascii: "\\"): add("\\\\")
    case UInt8(ascii: "\n"): add("\\n")
    case UInt8(ascii: "\r"): add("\\r")
    case UInt8(ascii: "\t"): add("\\t")
    case ..<0x20:
      let hex = String(byte, radix: 16)
      add("\\u" + String(repeating: "0", count: 4 - hex.count) + hex)
    default: bytes.append(byte)
    }
  }
}
