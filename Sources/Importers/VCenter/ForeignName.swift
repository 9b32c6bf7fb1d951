/// The name of a field. Whether it means something to us is worked out when the name is made: once, not for each record.
struct ForeignName {
  let text: String
  let known: KnownField?

  init(_ text: String) {
    self.text = text
    known = KnownField(rawValue: text)
  }
}
