/// An object as a record names it. Identity is the foreign id within a source; the name may change.
package struct ObjectReference: Sendable, Hashable {
  package let kind: ObjectKind
  /// The id that the source uses, such as `vm-118`; empty where the record gives only a name.
  package let foreignID: String
  /// The name as the record has it; empty where it gives only an id.
  package let name: String

  package init(kind: ObjectKind, foreignID: String, name: String) {
    self.kind = kind
    self.foreignID = foreignID
    self.name = name
  }
}
