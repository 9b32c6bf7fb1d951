/// How facts about objects of a cluster stand in the ledger: as named settings, whose values are texts. Facts that change
/// together are one setting, a JSON object under the keys of cluster files; what is unknown is left out of it.
package enum SettingText {
  /// An object of what is known.
  package static func object(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
    .object(members.filter { $0.value != .null }.map { JSONValue.Member($0.key, $0.value) })
  }

  static func number(_ value: Double?) -> JSONValue { value.map { .double($0) } ?? .null }

  static func texts(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }

  /// A set in an order of its own, so that equal sets are equal texts.
  static func texts(_ values: Set<String>?) -> JSONValue { values.map { texts($0.sorted()) } ?? .null }

  /// What a setting says; `null` where it is not there or no JSON.
  static func value(_ text: String?) -> JSONValue { text.flatMap { try? JSONValue(parsing: Array($0.utf8)) } ?? .null }
}

extension JSONValue {
  /// The texts of a list; nil where it is none.
  var texts: [String]? { arrayValue?.compactMap(\.stringValue) }

  /// One of the words of an enumeration.
  func word<Word: RawRepresentable>(_ type: Word.Type = Word.self) -> Word? where Word.RawValue == String {
    stringValue.flatMap(Word.init)
  }

  /// A whole number that an `Int` holds.
  var int: Int? { intValue.flatMap { Int(exactly: $0) } }
}
