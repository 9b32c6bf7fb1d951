/// The text of a message without what the ways to print it differ in: the id that `govc events -l` puts behind it, blanks,
/// line ends, and characters that a file in ASCII lost.
struct TwinWords: Hashable {
  private let bytes: [UInt8]

  /// Nil where there is no text.
  init?(_ message: String?) {
    guard let message, !message.isEmpty else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(message.utf8.count)
    var isBlank = true
    for unit in message.utf16 {
      if unit == 0x20 || (0x09...0x0d).contains(unit) {
        if !isBlank { bytes.append(0x20) }
        isBlank = true
      } else {
        // Windows PowerShell writes a question mark for each of these.
        bytes.append(unit < 0x80 ? UInt8(unit) : UInt8(ascii: "?"))
        isBlank = false
      }
    }
    if bytes.last == 0x20 { bytes.removeLast() }
    self.bytes = Self.withoutID(bytes)
  }

  /// `… has failed (host-44)`: what is printed behind the text is the id of a managed object.
  private static func withoutID(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.last == UInt8(ascii: ")"), let open = bytes.lastIndex(of: UInt8(ascii: "(")), open > 1,
      bytes[open - 1] == 0x20
    else { return bytes }
    let id = bytes[(open + 1)..<(bytes.count - 1)]
    let kind = id.prefix { !(0x30...0x39).contains($0) }
    guard kind.count < id.count, id[kind.endIndex...].allSatisfy({ (0x30...0x39).contains($0) }),
      kinds.contains(String(decoding: kind, as: UTF8.self))
    else { return bytes }
    return Array(bytes[..<(open - 1)])
  }

  /// What ids begin with.
  private static let kinds: Set<String> = [
    "vm-", "host-", "domain-c", "domain-s", "datastore-", "datacenter-", "group-d", "group-h", "group-v", "group-s",
    "group-n",
    "group-p", "dvs-", "dvportgroup-", "network-", "resgroup-", "resgroup-v",
  ]
}

extension String {
  /// As a file in ASCII has it: Windows PowerShell writes a question mark for each other character.
  var inASCII: String {
    utf8.allSatisfy { $0 < 0x80 }
      ? self : String(decoding: utf16.map { $0 < 0x80 ? UInt8($0) : UInt8(ascii: "?") }, as: UTF8.self)
  }
}
