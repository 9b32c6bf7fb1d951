/// Words by which a text or a type speaks of a failure, of high availability, of isolation or of a restart.
enum TroubleWords {
  /// Whether a text does, whatever it says of them.
  static func areIn(_ text: MessageText) -> Bool {
    if stems.contains(where: { text.holds($0) }) { return true }
    if text.holds(Array("fail".utf8)), text.end(of: Array("failed to ".utf8), at: 0) == nil { return true }
    return namesHighAvailability(text)
  }

  /// Whether high availability is named; in capital letters, since names of VMs and hosts hold the same two.
  static func namesHighAvailability(_ text: MessageText) -> Bool {
    let bytes = text.bytes
    return bytes.indices.dropLast().contains { at in
      bytes[at] == UInt8(ascii: "H") && bytes[at + 1] == UInt8(ascii: "A")
        && (at == 0 || !isOfWord(bytes[at - 1])) && (at + 2 == bytes.count || !isOfWord(bytes[at + 2]))
    }
  }

  /// Whether a type's name does. It is in lower case.
  static func areInType(_ key: String) -> Bool {
    key.hasPrefix("das") || typeStems.contains { key.contains($0) }
  }

  private static let stems = [
    "isolat", "restart", "fail over", "not responding", "stopped responding", "unresponsive", "has crashed", "host is down",
  ].map { Array($0.utf8) }
  private static let typeStems = ["fail", "isolat", "restart", ".ha.", "hadisabled", "dashost", "dascluster", "vmcp"]

  private static func isOfWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte)
      || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
  }
}
