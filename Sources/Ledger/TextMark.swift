internal import Inventory

/// How much of a record comes from its text and not from its fields: keys of its detail that are ours.
struct TextMark: Equatable {
  /// `"grade":"text"`: objects were read from the text of a message.
  let isText: Bool
  /// `"type_from_text":true`: so was the type.
  let hasTypeFromText: Bool
  /// `"precision":"second"`: the time is known to the second; what stands behind it keeps the order within the second.
  let hasWholeSeconds: Bool

  init(_ detail: JSONValue?) {
    isText = detail?["grade"] == "text"
    hasTypeFromText = detail?["type_from_text"] == true
    hasWholeSeconds = detail?["precision"] == "second"
  }

  /// The same from our own part of a stored detail.
  init(stored own: String?) {
    guard let own, own.hasPrefix(#"{"grade""#) || own.hasPrefix(#"{"precision""#) || own.hasPrefix(#"{"type_from"#) else {
      (isText, hasTypeFromText, hasWholeSeconds) = (false, false, false)
      return
    }
    isText = own.contains(#""grade":"text""#)
    hasTypeFromText = own.contains(#""type_from_text":true"#)
    hasWholeSeconds = own.contains(#""precision":"second""#)
  }

  /// Of two records of one happening, the one with the higher number wins: fields before text, a type that a field holds,
  /// a key, somebody who did it.
  func richness(key: String?, actor: String?) -> Int {
    (isText ? 0 : 8) + (hasTypeFromText ? 0 : 4) + (key.flatMap { Int64($0) } == nil ? 0 : 2) + (actor == nil ? 0 : 1)
  }
}
