internal import Inventory

/// An object of the inventory: its reference, where the output says it, and its properties. Names count whatever the case of
/// their letters, since older exports begin them with a capital.
struct CollectedObject {
  /// Nil where it is of a kind that we do not keep.
  let kind: ObjectKind?
  /// Empty where the output has no reference: `collect /path` leaves it out.
  let id: String
  private let properties: [JSONValue.Member]

  /// Reads what `govc collect -json` prints (an update with `obj` and `changeSet`, or an array of changes), a whole object
  /// with `self`, or one of `govc ls -json` with its `Path`. Nil for anything else.
  init?(_ value: JSONValue) {
    if let reference = (value[anyCase: "Object"] ?? value)[anyCase: "self"] {
      self.init(whole: value[anyCase: "Object"] ?? value, reference)
    } else {
      self.init(collected: value)
    }
  }

  private init?(whole object: JSONValue, _ reference: JSONValue) {
    guard let type = reference[anyCase: "type"]?.stringValue, let id = reference[anyCase: "value"]?.stringValue,
      !type.isEmpty, !id.isEmpty, case .object(let members) = object
    else { return nil }
    self.init(kind: ObjectKind(vCenterType: type), id: id, properties: members)
  }

  private init?(collected value: JSONValue) {
    let reference = value[anyCase: "obj"]
    guard let changes = value.arrayValue ?? value[anyCase: "changeSet"]?.arrayValue, !changes.isEmpty,
      value.arrayValue != nil || reference != nil
    else { return nil }
    let properties = changes.compactMap { change in
      change[anyCase: "name"]?.stringValue.map { JSONValue.Member($0, change[anyCase: "val"] ?? .null) }
    }
    guard properties.count == changes.count else { return nil }
    if let type = reference?[anyCase: "type"]?.stringValue {
      let id = reference?[anyCase: "value"]?.stringValue ?? ""
      self.init(kind: ObjectKind(vCenterType: type), id: id, properties: properties)
    } else if let kind = Self.kind(of: Set(properties.map { $0.key.lowercased() })) {
      self.init(kind: kind, id: "", properties: properties)
    } else {
      return nil
    }
  }

  private init(kind: ObjectKind?, id: String, properties: [JSONValue.Member]) {
    // Datacenters are known by the objects in them.
    self.kind = kind == .datacenter ? nil : kind
    self.id = id
    self.properties = properties
  }

  /// What an object is that does not say it, by the names of its properties.
  private static func kind(of names: Set<String>) -> ObjectKind? {
    if names.contains("configurationex") { return .cluster }
    if names.isSuperset(of: ["hardware", "config", "vm"]) { return .host }
    return names.isSuperset(of: ["guest", "runtime"]) ? .vm : nil
  }

  /// A property by its path, whether it was printed under this path or inside an object on the way. Unset is nil.
  subscript(path: String) -> JSONValue? {
    guard let value = find(path), value != .null, value != .string("") else { return nil }
    return value
  }

  /// Whether the output speaks of the property, set or unset.
  func mentions(_ path: String) -> Bool {
    properties.contains { rest(of: path, after: $0.key) != nil }
  }

  private func find(_ path: String) -> JSONValue? {
    for property in properties {
      guard let rest = rest(of: path, after: property.key) else { continue }
      return rest.split(separator: ".").reduce(Optional(property.value)) { $0?[anyCase: String($1)] }
    }
    return nil
  }

  /// What a path says after a name that it begins with: nothing where it is that name; nil where it begins otherwise.
  private func rest(of path: String, after name: String) -> Substring? {
    guard path.utf8.count >= name.utf8.count else { return nil }
    let end = path.utf8.index(path.startIndex, offsetBy: name.utf8.count)
    guard end == path.endIndex || path.utf8[end] == UInt8(ascii: "."), path[..<end].lowercased() == name.lowercased() else {
      return nil
    }
    return path[end...]
  }

  /// The id in a managed object reference.
  func reference(_ path: String, ofType type: String) -> String? {
    guard let value = self[path], value[anyCase: "type"]?.stringValue == type else { return nil }
    return value[anyCase: "value"]?.stringValue
  }

  var name: String { (self["name"] ?? self["summary.name"])?.stringValue ?? "" }
}
