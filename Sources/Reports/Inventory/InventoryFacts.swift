internal import Inventory
internal import Ledger

/// What named settings say of an object, as values; nil for what they do not say.
struct InventoryFacts {
  private let settings: [String: String]

  init(_ settings: [String: String]) { self.settings = settings }

  func text(_ key: String) -> String? { settings[key] }

  func flag(_ key: String) -> Bool? { settings[key].flatMap { Bool($0) } }

  func number(_ key: String) -> Double? { settings[key].flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil } }

  /// Bytes in whole MiB.
  func mib(_ key: String) -> Double? { number(key).flatMap { $0 >= 0 ? ($0 / 1_048_576).rounded() : nil } }

  /// A setting that is a document.
  func json(_ key: String) -> JSONValue { settings[key].flatMap { try? JSONValue(parsing: Array($0.utf8)) } ?? .null }
}
