/// A vCenter event before we know what it means: its class and its fields.
struct ForeignRecord {
  let className: String
  let fields: [ForeignField]

  subscript(name: KnownField) -> ForeignValue? { fields[name] }
}
