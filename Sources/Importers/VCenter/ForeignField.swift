/// A field of a vCenter record, in the order of the record.
struct ForeignField {
  let name: String
  let value: ForeignValue
}
