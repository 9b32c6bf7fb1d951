package import Inventory

/// A hole in the evidence that an import shows.
package struct ImportGap: Sendable, Equatable {
  /// One of the contract's gap codes.
  package let code: String
  /// What is missing, as people read it.
  package let text: String
  /// How many records it is about, where they are counted.
  package let count: Int?
  /// Some of their texts, each cut; none where they are not counted.
  package let examples: [String]

  /// A gap from its parts.
  package init(code: String, text: String, count: Int? = nil, examples: [String] = []) {
    (self.code, self.text) = (code, text)
    (self.count, self.examples) = (count, examples)
  }

  /// As the detail of `import.finished` keeps it, and as an import's report prints it.
  package var json: JSONValue {
    var members: [JSONValue.Member] = [.init("code", .string(code)), .init("text", .string(text))]
    if let count {
      members += [.init("count", .int(Int64(count))), .init("examples", .array(examples.map { .string($0) }))]
    }
    return .object(members)
  }

  init?(_ json: JSONValue) {
    guard let code = json["code"]?.stringValue, let text = json["text"]?.stringValue else { return nil }
    self.init(
      code: code, text: text, count: json["count"]?.intValue.map { Int($0) },
      examples: json["examples"]?.arrayValue?.compactMap(\.stringValue) ?? [])
  }
}
