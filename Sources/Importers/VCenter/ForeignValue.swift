internal import Inventory

/// The value of a field, whatever format it came in.
enum ForeignValue {
  case text(String)
  /// A managed object reference, such as HostSystem host-44.
  case reference(type: String, id: String)
  /// Fields within, and the type where the record states it.
  case object([ForeignField], type: String?)

  subscript(name: String) -> ForeignValue? {
    guard case .object(let fields, _) = self else { return nil }
    return fields.first { $0.name == name }?.value
  }

  /// The text; nil for an empty one, which in these records means "not set".
  var text: String? {
    if case .text(let text) = self, !text.isEmpty { text } else { nil }
  }

  /// The value as JSON. Fields of one name become an array.
  var json: JSONValue {
    switch self {
    case .text(let text): return .string(text)
    case .reference(let type, let id): return ["type": .string(type), "id": .string(id)]
    case .object(let fields, let type):
      return .object((type.map { [.init("_type", .string($0))] } ?? []) + Self.members(fields))
    }
  }

  static func members(_ fields: [ForeignField]) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    members.reserveCapacity(fields.count)
    // Records have few fields: looking through them costs less than a dictionary.
    for field in fields {
      guard let index = members.firstIndex(where: { $0.key == field.name }) else {
        members.append(.init(field.name, field.value.json))
        continue
      }
      // No value of a field is an array itself.
      let earlier = members[index].value.arrayValue ?? [members[index].value]
      members[index] = .init(field.name, .array(earlier + [field.value.json]))
    }
    return members
  }
}
