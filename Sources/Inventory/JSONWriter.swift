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
    case .bool(let value): add(value ? "true" as StaticString : "false")
    case .int(let value): add(String(value))
    // JSON has no word for what is no number.
    case .double(let value): if value.isFinite { add(String(value)) } else { add("null") }
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
  /// - Parameter pass: takes what was written, in pieces of whole elements; the last one stays in `text`.
  mutating func write(
    _ value: JSONValue, indent: Int, width: Int, pass: (String) throws -> Void
  ) rethrows {
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
    switch value {
    case .array(let values):
      add("[")
      for (index, value) in values.enumerated() {
        if index > 0 { add(",") }
        addLine(indent: indent + 2)
        try write(value, indent: indent + 2, width: width, pass: pass)
        try handOver(pass)
      }
      addLine(indent: indent)
      add("]")
    case .object(let members):
      add("{")
      for (index, member) in members.enumerated() {
        if index > 0 { add(",") }
        addLine(indent: indent + 2)
        addQuoted(member.key)
        add(": ")
        try write(member.value, indent: indent + 2, width: width, pass: pass)
        try handOver(pass)
      }
      addLine(indent: indent)
      add("}")
    default: break
    }
  }

  private mutating func handOver(_ pass: (String) throws -> Void) rethrows {
    guard bytes.count > Self.pieceSize else { return }
    try pass(text)
    bytes.removeAll(keepingCapacity: true)
  }

  /// How much is held back at most, but for what stands in one line: a long text is never in memory as a whole.
  private static let pieceSize = 65_536

  private mutating func add(_ text: StaticString) { text.withUTF8Buffer { bytes.append(contentsOf: $0) } }

  private mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { bytes.append(contentsOf: $0) }
  }

  private mutating func addLine(indent: Int) {
    add("\n")
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
  }

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
      add("\\u" as StaticString)
      add(String(repeating: "0", count: 4 - hex.count) + hex)
    default: bytes.append(byte)
    }
  }
}
