internal import Inventory

/// The named values of an inventory, as texts.
struct Settings {
  private var values: [JSONValue.Member] = []

  mutating func add(_ key: String, _ value: JSONValue?) {
    switch value {
    case .string(let text): if !text.isEmpty, !text.utf8.contains(0) { values.append(.init(key, .string(text))) }
    case .int(let number): values.append(.init(key, .string(String(number))))
    case .bool(let flag): values.append(.init(key, flag ? "true" : "false"))
    default: break
    }
  }

  /// Facts that belong together, as an object of what is known; nothing where that is nothing.
  mutating func add(_ key: String, object members: KeyValuePairs<String, JSONValue>) {
    let object = SettingText.object(members)
    if object != .object([]) { add(key, .string(object.compactText)) }
  }

  /// An EVC mode: a property that is there and not set means that EVC is off.
  mutating func addEVC(_ key: String, _ object: CollectedObject, _ path: String) {
    if let mode = object[path] { add(key, mode) } else if object.mentions(path) { add(key, "none") }
  }

  var members: [JSONValue.Member] { values.isEmpty ? [] : [.init("settings", .object(values))] }
}
