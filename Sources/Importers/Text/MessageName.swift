/// What may stand in a field of a message: names are not words of the form that were taken for one.
struct MessageName {
  /// The value of a field; nil where it can be none.
  static func value(_ field: String, _ bytes: ArraySlice<UInt8>) -> String? {
    guard let first = bytes.first, let last = bytes.last else { return nil }
    let isFree = field == "rest" || field == "why" || field == "_"
    if !isFree, isBlank(first) || isBlank(last) { return nil }
    switch field {
    case "count": guard bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    // No host has a blank in its name: then words of another form stand there.
    case "host", "other_host": guard !bytes.contains(where: isBlank) else { return nil }
    // Another sentence, not the end of a name that has a full stop within.
    case "rest" where bytes.count(where: isBlank) < 2 && !String(decoding: bytes, as: UTF8.self).contains(":"): return nil
    default: break
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return isFree || !isWord(text.lowercased(), for: field) ? text : nil
  }

  /// Whether the fields of a reading fit each other: a VM is renamed from or to the name that it has.
  static func agree(_ fields: [String: String]) -> Bool {
    guard let old = fields["old_name"], let new = fields["new_name"], let vm = fields["vm"] else { return true }
    return vm == old || vm == new
  }

  private static func isBlank(_ byte: UInt8) -> Bool { MessageForm.fold(byte) == MessageForm.blank }

  /// Words that stand in place of a name, or before one.
  private static func isWord(_ text: String, for field: String) -> Bool {
    if standIns.contains(text) { return true }
    switch field {
    case "datacenter", "other_datacenter": return text.hasPrefix("cluster ") || text.hasPrefix("datacenter ")
    case "cluster": return text.hasPrefix("in ") || text.hasPrefix("cluster ")
    default: return false
    }
  }

  private static let standIns: Set<String> = [
    "this host", "this virtual machine", "this cluster", "this vm", "the host", "the virtual machine", "the cluster",
    "a virtual machine", "a host",
  ]
}
