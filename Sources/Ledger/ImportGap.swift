internal import Inventory

/// A hole in the evidence that an import shows.
package struct ImportGap: Sendable, Equatable {
  /// One of the contract's gap codes.
  package let code: String
  package let text: String

  package init(code: String, text: String) {
    self.code = code
    self.text = text
  }

  /// As the detail of `import.finished` keeps it.
  var json: JSONValue { ["code": .string(code), "text": .string(text)] }

  init?(_ json: JSONValue) {
    guard let code = json["code"]?.stringValue, let text = json["text"]?.stringValue else { return nil }
    self.init(code: code, text: text)
  }
}
