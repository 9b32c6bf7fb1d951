internal import Inventory

/// The fields of a vCenter's object in JSON, as those of its XML.
struct ForeignFields {
  private(set) var fields: [ForeignField] = []
  /// Whether PowerShell left the name of a class where an object was: its depth was not enough.
  private(set) var isCut = false

  /// Takes the members of an object. The elements of a list are fields of one name.
  mutating func add(_ object: JSONValue) {
    guard case .object(let members) = object else { return }
    fields.reserveCapacity(members.count)
    let isArgument = object[anyCase: "name"] != nil
    for member in members where member.key != "_typeName" {
      let name = ForeignName(Self.lowered(member.key))
      let mayRefer = name.text == "managedObject" || (isArgument && Self.references.contains(name.text))
      for value in member.value.arrayValue ?? [member.value] {
        if mayRefer, let reference = value.stringValue.flatMap(Self.reference) {
          fields.append(ForeignField(name: name, value: reference))
        } else if let value = self.value(value) {
          fields.append(ForeignField(name: name, value: value))
        }
      }
    }
  }

  /// Names begin with a small letter in the vCenter's own interface.
  private static func lowered(_ name: String) -> String {
    guard let first = name.utf8.first, (0x41...0x5a).contains(first) else { return name }
    return name.prefix(1).lowercased() + name.dropFirst()
  }

  private mutating func value(_ value: JSONValue) -> ForeignValue? {
    switch value {
    case .null, .array: return nil
    case .string(let text): return self.text(text)
    case .bool(let flag): return .text(flag ? "true" : "false")
    case .object:
      // A plain value where any may stand, and a time of Windows PowerShell.
      if let plain = value["_value"] { return self.value(plain) }
      if value[anyCase: "DateTime"] != nil, let time = value[anyCase: "value"] { return self.value(time) }
      if let type = value[anyCase: "type"]?.stringValue, let id = value[anyCase: "value"]?.stringValue,
        value[anyCase: "name"] == nil
      {
        return .reference(type: type, id: id)
      }
      var inner = ForeignFields()
      inner.add(value)
      isCut = isCut || inner.isCut
      return .object(inner.fields, type: value["_typeName"]?.stringValue)
    default: return .text(value.compactText)
    }
  }

  private mutating func text(_ text: String) -> ForeignValue? {
    if text.hasPrefix("VMware.Vim.") {
      isCut = true
      return nil
    }
    return .text(Self.time(text) ?? text)
  }

  /// What the reference beside a name is called, in the arguments of events.
  private static let references: Set<String> = [
    "vm", "host", "computeResource", "datacenter", "datastore", "network", "dvs",
  ]

  /// A reference as PowerShell prints it: `VirtualMachine-vm-56`.
  private static func reference(_ text: String) -> ForeignValue? {
    guard let end = text.utf8.firstIndex(of: UInt8(ascii: "-")), text[..<end].allSatisfy(\.isLetter) else { return nil }
    let id = text[text.utf8.index(after: end)...]
    return id.isEmpty ? nil : .reference(type: String(text[..<end]), id: String(id))
  }

  /// A time as Windows PowerShell prints it, in milliseconds since 1970: `/Date(1710382211677)/`.
  private static func time(_ text: String) -> String? {
    guard text.hasPrefix("/Date("), text.hasSuffix(")/") else { return nil }
    let inner = text.dropFirst(6).dropLast(2)
    // A zone behind it says only how to show it.
    let digits = inner.prefix { $0.isNumber || ($0 == "-" && inner.first == "-") }
    guard let milliseconds = Int64(digits), abs(milliseconds) < 100_000_000_000_000 else { return nil }
    return Instant(microseconds: milliseconds * 1000).description
  }
}
