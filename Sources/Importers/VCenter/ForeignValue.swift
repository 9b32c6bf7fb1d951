internal import Inventory

/// The value of a field, whatever format it came in.
enum ForeignValue {
  case text(String)
  /// A managed object reference, such as HostSystem host-44.
  case reference(type: String, id: String)
  /// Fields within, and the type where the record states it.
  case object([ForeignField], type: String?)

  /// The fields within; none but in an object.
  var fields: [ForeignField] {
    if case .object(let fields, _) = self { fields } else { [] }
  }

  subscript(name: KnownField) -> ForeignValue? { fields[name] }

  /// The text; nil for an empty one, which in these records means "not set".
  var text: String? {
    if case .text(let text) = self, !text.isEmpty { text } else { nil }
  }

  /// The value as JSON. Fields of one name become an array.
  var json: JSONValue {
    switch self {
    case .text(let text): return .string(text)
    case .reference(let type, let id): return .object([.init("type", .string(type)), .init("id", .string(id))])
    case .object(let fields, let type):
      let members = Self.members(fields) { _ in true }
      return .object(type.map { [.init("_type", .string($0))] + members } ?? members)
    }
  }

  /// The fields that are wanted, as members of a JSON object.
  static func members(_ fields: [ForeignField], where isWanted: (ForeignField) -> Bool) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    members.reserveCapacity(fields.count)
    // Records have few fields: looking through them costs less than a dictionary.
    for field in fields where isWanted(field) {
      guard let index = members.firstIndex(where: { $0.key == field.name.text }) else {
        members.append(.init(field.name.text, field.value.json))
        continue
      }
      // No value of a field is an array itself.
      let earlier = members[index].value.arrayValue ?? [members[index].value]
      members[index] = .init(field.name.text, .array(earlier + [field.value.json]))
    }
    return members
  }
}
