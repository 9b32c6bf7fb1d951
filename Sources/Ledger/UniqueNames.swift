internal import Inventory

/// Names of objects that are told apart where several of one kind share them.
struct UniqueNames {
  private struct Name: Hashable {
    let kind: ObjectKind
    let text: String
  }

  private var shared: Set<Name> = []

  init(_ objects: [ObjectSummary]) {
    var seen: Set<Name> = []
    for object in objects {
      let name = Name(kind: object.kind, text: object.name)
      if !seen.insert(name).inserted { shared.insert(name) }
    }
  }

  /// The name, with the object's id behind it where others bear it, too.
  func name(of object: ObjectSummary) -> String {
    guard shared.contains(Name(kind: object.kind, text: object.name)) else { return object.name }
    return Self.longName(of: object)
  }

  /// The name with the id behind it.
  static func longName(of object: ObjectSummary) -> String {
    "\(object.name) (\(object.foreignID ?? String(object.id.rawValue)))"
  }

  /// What stands before the id of a long name; nil where a text has none behind it.
  static func name(in text: String) -> String? {
    guard text.hasSuffix(")"), let end = text.lastIndex(of: "("), end > text.startIndex else { return nil }
    let name = text[..<text.index(before: end)]
    return text[name.endIndex] == " " ? String(name) : nil
  }
}
