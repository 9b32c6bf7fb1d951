internal import Inventory

/// A value of a cluster file, and where in the file it stands.
struct ClusterFileValue {
  let value: JSONValue
  /// Such as `vms[3].mem_mib`; empty for the whole.
  let path: String
  /// What the person calls the file.
  let file: String

  /// Says where something else was expected.
  /// - Parameter expected: what, with its article.
  func error(expected: String) -> YadokariError { error("expected \(expected), found \(found)") }

  func error(_ problem: String) -> YadokariError {
    YadokariError(.failed, "\(file): \(path.isEmpty ? "" : "\(path): ")\(problem)")
  }

  private var found: String {
    switch value {
    case .array(let values): values.isEmpty ? "an empty list" : "a list"
    case .object: "an object"
    default: value.compactText.count > 60 ? "a long text" : value.compactText
    }
  }

  // MARK: Kinds of values

  func text() throws -> String {
    guard let text = value.stringValue, !text.isEmpty, !text.utf8.contains(0) else { throw error(expected: "a text") }
    return text
  }

  func flag() throws -> Bool {
    guard case .bool(let flag) = value else { throw error(expected: "true or false") }
    return flag
  }

  func integer(_ range: ClosedRange<Int64>) throws -> Int64 {
    let number: Int64? =
      switch value {
      case .int(let whole): whole
      case .double(let number): Int64(exactly: number)
      default: nil
      }
    guard let number, range.contains(number) else {
      throw error(expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A whole number of things.
  func count(from least: Int64, to most: Int64 = 1_000_000) throws -> Int { Int(try integer(least...most)) }

  /// A size of memory, in whole MiB.
  func memory(from least: Int64, to most: Int64 = 1 << 32) throws -> Int64 { try integer(least...most) }

  func number(from least: Double, to most: Double) throws -> Double {
    let number: Double? =
      switch value {
      case .int(let whole): Double(whole)
      case .double(let number): number
      default: nil
      }
    guard let number, number >= least, number <= most else {
      throw error(expected: "a number from \(Self.plain(least)) to \(Self.plain(most))")
    }
    return number
  }

  /// A size, a speed, a time: nothing that exists is larger.
  func amount(to most: Double = 1e12) throws -> Double { try number(from: 0, to: most) }

  /// An amount of which there must be some.
  func positiveAmount() throws -> Double {
    let amount = try amount()
    guard amount > 0 else { throw error(expected: "a number above 0") }
    return amount
  }

  /// One of the words of an enumeration.
  func word<Word: RawRepresentable & CaseIterable>(_ type: Word.Type = Word.self) throws -> Word
  where Word.RawValue == String {
    guard let word = value.stringValue.flatMap(Word.init) else {
      throw error(expected: "one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return word
  }

  func list() throws -> [ClusterFileValue] {
    guard let values = value.arrayValue else { throw error(expected: "a list") }
    return values.enumerated().map { ClusterFileValue(value: $1, path: "\(path)[\($0)]", file: file) }
  }

  /// A list of texts, none of them twice.
  func texts() throws -> [String] {
    var seen: Set<String> = []
    return try list().map { item in
      let text = try item.text()
      guard seen.insert(text).inserted else { throw item.error("\(text) stands there twice") }
      return text
    }
  }

  /// An object with any keys.
  func object() throws -> ClusterFileObject { try ClusterFileObject(self) }

  /// An object with these keys and no others.
  func object(_ keys: String...) throws -> ClusterFileObject {
    let object = try object()
    try object.allowOnly(keys)
    return object
  }

  // MARK: References

  /// The name of something that the file has.
  /// - Parameter kind: what it is, such as `host`.
  func name(in names: Set<String>, _ kind: String) throws -> String {
    let name = try text()
    guard names.contains(name) else { throw error("there is no \(kind) \(name)") }
    return name
  }

  /// Names of things that the file has, none of them twice.
  func names(in names: Set<String>, _ kind: String) throws -> [String] {
    let list = try texts()
    for item in try self.list() { _ = try item.name(in: names, kind) }
    return list
  }

  /// Numbers in words as a file would have them.
  private static func plain(_ number: Double) -> String { Int64(exactly: number).map { String($0) } ?? String(number) }
}
