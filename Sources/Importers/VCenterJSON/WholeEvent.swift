internal import Inventory

/// A whole event as JSON: what the vCenter's own interface gives, an event broker's CloudEvent around it, or what PowerShell
/// makes of it, with names that begin with a capital.
struct WholeEvent {
  let record: ForeignRecord
  /// Whether its type, or fields that PowerShell cut off, have to be read from its text.
  let isSparse: Bool

  /// Whether a value looks like one.
  static func isOne(_ value: JSONValue) -> Bool {
    let event = data(of: value) ?? value
    guard event[anyCase: "createdTime"] != nil, event[anyCase: "key"] != nil else { return false }
    return event[anyCase: "fullFormattedMessage"] != nil || event["_typeName"] != nil
  }

  /// Nil for a value that is none.
  init?(_ value: JSONValue) {
    guard Self.isOne(value) else { return nil }
    let event = Self.data(of: value) ?? value
    var fields = ForeignFields()
    fields.add(event)
    let className = Self.className(of: event, in: value)
    record = ForeignRecord(className: className ?? "", fields: fields.fields)
    isSparse = fields.isCut || (className == nil && record[.eventTypeId]?.text == nil)
  }

  /// The event in a CloudEvent, where it may be a text of JSON; nil for anything else.
  private static func data(of value: JSONValue) -> JSONValue? {
    guard value[anyCase: "specversion"] != nil, let data = value[anyCase: "data"] else { return nil }
    guard let text = data.stringValue else { return data }
    return try? JSONValue(parsing: text.utf8)
  }

  /// The class, by the event itself or by the envelope: an older broker has it as the subject, a newer one in the type,
  /// as in `com.vmware.vsphere.VmPoweredOnEvent.v0`.
  private static func className(of event: JSONValue, in envelope: JSONValue) -> String? {
    for key in ["_typeName", "eventType", "typeName", "type"] {
      guard let name = event[anyCase: key]?.stringValue.map(unqualified), !name.isEmpty else { continue }
      // EventEx says what it is with its id.
      if VCenterTypes.isType(name) || key == "_typeName" { return name }
    }
    guard envelope[anyCase: "specversion"] != nil else { return nil }
    if let subject = envelope[anyCase: "subject"]?.stringValue, VCenterTypes.isType(subject) { return subject }
    let (prefix, suffix) = ("com.vmware.vsphere.", ".v0")
    guard let type = envelope[anyCase: "type"]?.stringValue, type.hasPrefix(prefix), type.hasSuffix(suffix) else {
      return nil
    }
    return String(type.dropFirst(prefix.count).dropLast(suffix.count))
  }

  private static func unqualified(_ name: String) -> String {
    for prefix in ["VMware.Vim.", "vim.event."] where name.hasPrefix(prefix) { return String(name.dropFirst(prefix.count)) }
    return name
  }
}
