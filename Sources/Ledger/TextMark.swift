internal import Inventory

/// How much of a record was in the fields of its format, and how much only in its text: keys of its detail that are ours.
package struct TextMark: Sendable, Equatable {
  /// `"sparse":true`: the format keeps only some of the fields.
  let isSparse: Bool
  /// `"grade":"text"`: objects were read from the text of the message.
  package let isText: Bool
  /// `"type_from_text":true`: so was the type.
  let hasTypeFromText: Bool
  /// `"precision":"second"`: the time is known to the second; what stands behind it keeps the order within the second.
  package let hasWholeSeconds: Bool

  init(_ detail: JSONValue?) {
    isSparse = detail?["sparse"] == true
    isText = detail?["grade"] == "text"
    hasTypeFromText = detail?["type_from_text"] == true
    hasWholeSeconds = detail?["precision"] == "second"
  }

  /// The same from our own part of a stored detail, of which these keys are the first.
  init(stored own: String?) {
    guard let own, own.hasPrefix(#"{"sparse":true"#) else {
      (isSparse, isText, hasTypeFromText, hasWholeSeconds) = (false, false, false, false)
      return
    }
    isSparse = true
    isText = own.contains(#""grade":"text""#)
    hasTypeFromText = own.contains(#""type_from_text":true"#)
    hasWholeSeconds = own.contains(#""precision":"second""#)
  }

  /// Of two records of one happening, the one with the higher number wins: all fields before some, a message before none,
  /// then the one that names more of VM, host and other host, one whose type is known, one whose time has a fraction (whole
  /// seconds among others would lose the order), names in fields before names in texts, a type in a field, a key, somebody
  /// who did it.
  func richness(hasMessage: Bool, objects: Int, hasType: Bool, key: String?, actor: String?) -> Int {
    let marks = [
      !isSparse, hasMessage, objects > 1, objects % 2 == 1, hasType, !hasWholeSeconds, !isText, !hasTypeFromText,
      key.flatMap { Int64($0) } != nil, actor != nil,
    ]
    return marks.reduce(0) { $0 * 2 + ($1 ? 1 : 0) }
  }

  /// The same for a record that is about to be written.
  static func richness(of event: Event) -> Int {
    let objects = [event.vm, event.host, event.otherHost].count { $0 != nil }
    return TextMark(event.detail).richness(
      hasMessage: event.message != nil, objects: objects, hasType: event.foreignType != nil, key: event.foreignKey,
      actor: event.actor)
  }
}
