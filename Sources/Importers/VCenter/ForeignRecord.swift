/// A vCenter event before we know what it means: its class and its fields.
struct ForeignRecord {
  let className: String
  let fields: [ForeignField]

  subscript(name: String) -> ForeignValue? { fields.first { $0.name == name }?.value }
}
