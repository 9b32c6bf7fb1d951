/// A field of a vCenter record, in the order of the record.
struct ForeignField {
  let name: ForeignName
  let value: ForeignValue
}

extension [ForeignField] {
  /// The value of the first field of that name.
  subscript(name: KnownField) -> ForeignValue? {
    for index in indices where self[index].name.known == name { return self[index].value }
    return nil
  }
}
