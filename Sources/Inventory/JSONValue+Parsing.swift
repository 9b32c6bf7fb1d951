extension JSONValue {
  /// Reads one JSON text in UTF-8, strictly. Members keep their order, and those of one key are all kept.
  /// - Throws: `JSONError`
  package init(parsing bytes: UnsafeBufferPointer<UInt8>) throws {
    var parser = JSONParser(bytes)
    self = try parser.document()
  }

  /// Reads one JSON text in UTF-8, strictly.
  /// - Throws: `JSONError`
  package init(parsing bytes: some Collection<UInt8>) throws {
    let inPlace = try bytes.withContiguousStorageIfAvailable { try JSONValue(parsing: $0) }
    self = try inPlace ?? Array(bytes).withUnsafeBufferPointer { try JSONValue(parsing: $0) }
  }

  /// Reads the members of one JSON object one by one, without making the object; of another value there are none.
  /// - Throws: `JSONError` for whatever is wrong anywhere in the text; then nothing counts that `body` was told.
  package static func forEachMember(
    parsing bytes: UnsafeBufferPointer<UInt8>, _ body: (_ key: String, _ value: JSONValue) -> Void
  ) throws {
    var parser = JSONParser(bytes)
    try parser.documentMembers(body)
  }
}
