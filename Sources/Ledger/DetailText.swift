internal import Inventory

/// The text of an event's detail in its two parts, as the file keeps it: our own keys, and the record's other fields.
///
/// The hash is taken over both put together, from the stored bytes alone, so it is the same for ever.
struct DetailText: Equatable {
  /// A JSON object; nil where there are no keys of ours.
  let own: String?
  /// The value of the last key, `foreign`; nil where there is none.
  let foreign: String?

  init(_ detail: JSONValue?) {
    guard case .object(let members)? = detail, let last = members.last, last.key == "foreign" else {
      (own, foreign) = (detail?.compactText, nil)
      return
    }
    let rest = members.dropLast()
    own = rest.isEmpty ? nil : JSONValue.object(Array(rest)).compactText
    foreign = last.value.compactText
  }

  /// The detail as one JSON text, from the bytes of its parts; nil where the event has none.
  static func whole(own: [UInt8]?, foreign: [UInt8]?) -> [UInt8]? {
    guard let foreign else { return own }
    let begun = own.map { Array($0.dropLast()) + [UInt8(ascii: ",")] } ?? [UInt8(ascii: "{")]
    return begun + Array(#""foreign":"#.utf8) + foreign + [UInt8(ascii: "}")]
  }
}
