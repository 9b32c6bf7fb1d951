internal import Inventory

/// An object of the inventory as `govc collect -json` prints it: its reference, where it says it, and its properties.
struct CollectedObject {
  let kind: ObjectKind
  /// Empty where the output has no reference: `collect /path` leaves it out.
  let id: String
  private let properties: [(name: String, value: JSONValue)]

  /// Reads one printed value: an update with `obj` and `changeSet`, or an array of changes. Nil for anything else.
  init?(_ value: JSONValue) {
    let changes: [JSONValue]
    if let list = value.arrayValue {
      changes = list
      id = ""
    } else if let list = value["changeSet"]?.arrayValue, let reference = value["obj"] {
      changes = list
      id = reference["value"]?.stringValue ?? ""
    } else {
      return nil
    }
    properties = changes.compactMap { change in
      guard let name = change["name"]?.stringValue else { return nil }
      return (name, change["val"] ?? .null)
    }
    guard properties.count == changes.count, !properties.isEmpty else { return nil }
    let names = Set(properties.map(\.name))
    if let type = value["obj"]?["type"]?.stringValue {
      guard let kind = ObjectKind(vCenterType: type) else { return nil }
      self.kind = kind
    } else if names.contains("configurationEx") {
      kind = .cluster
    } else if names.contains("hardware") && names.contains("config") && names.contains("vm") {
      kind = .host
    } else if names.contains("guest") && names.contains("runtime") {
      kind = .vm
    } else {
      return nil
    }
  }

  /// A property by its path, whether it was printed under this path or inside an object on the way. Unset is nil.
  subscript(path: String) -> JSONValue? {
    guard let value = find(path), value != .null, value != .string("") else { return nil }
    return value
  }

  /// Whether the output speaks of the property, set or unset.
  func mentions(_ path: String) -> Bool {
    properties.contains { $0.name == path || path.hasPrefix($0.name + ".") }
  }

  private func find(_ path: String) -> JSONValue? {
    for (name, value) in properties {
      if name == path { return value }
      guard path.hasPrefix(name + ".") else { continue }
      return path.dropFirst(name.count + 1).split(separator: ".").reduce(Optional(value)) { $0?[String($1)] }
    }
    return nil
  }

  /// The id in a managed object reference.
  func reference(_ path: String, ofType type: String) -> String? {
    guard let value = self[path], value["type"]?.stringValue == type else { return nil }
    return value["value"]?.stringValue
  }

  var name: String { self["name"]?.stringValue ?? "" }
}
