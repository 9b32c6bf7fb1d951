internal import Foundation
internal import Inventory

/// Reads `govc events -json` and `govc events -l -json`: objects in a row that name neither VM nor host nor user.
struct JSONEventReader {
  private let path: InputPath

  init(path: InputPath) { self.path = path }

  /// Whether a value has the form of such an event, and whether it is of the long form, with type and key.
  static func form(of value: JSONValue) -> (isEvent: Bool, isLong: Bool) {
    // A whole event has a short message of its own, and the text under another name.
    let isEvent =
      value[anyCase: "createdTime"] != nil && value[anyCase: "message"] != nil
      && value[anyCase: "fullFormattedMessage"] == nil
    return (isEvent, isEvent && value[anyCase: "type"] != nil && value[anyCase: "key"] != nil)
  }

  /// Calls `body` with each record, or with what keeps a value from being one.
  func forEachRecord(_ body: (ReadItem<SparseRecord>) throws -> Void) throws {
    let splitter = try JSONValueSplitter(path: path)
    while let item = try splitter.next() {
      switch item {
      case .broken(let reason, let line): try body(.broken(reason: reason, line: line))
      case .piece(let data, let line):
        guard let value = try? JSONValue(parsing: data) else {
          try body(.broken(reason: "not well-formed JSON", line: line))
          continue
        }
        for value in value.arrayValue ?? [value] { try body(Self.record(value, line: line)) }
      }
    }
  }

  private static func record(_ value: JSONValue, line: Int) -> ReadItem<SparseRecord> {
    guard form(of: value).isEvent else { return .broken(reason: "an object that is no event", line: line) }
    guard let time = value[anyCase: "createdTime"]?.stringValue, let at = Instant(rfc3339: time) else {
      return .broken(reason: "createdTime is no RFC 3339 time with a zone", line: line)
    }
    var record = SparseRecord(at: at)
    func text(_ key: String) -> String? { value[anyCase: key]?.stringValue.flatMap { $0.isEmpty ? nil : $0 } }
    record.key = value[anyCase: "key"]?.intValue
    record.foreignType = text("type")
    record.severity = text("category")
    record.message = text("message")
    if let object = text("object") { record.rest = [.init("object", .string(object))] }
    return .piece(record, line: line)
  }
}

extension JSONValue {
  /// The member of an object by its name, whatever the case of its letters: older exports begin names with a capital.
  subscript(anyCase key: String) -> JSONValue? {
    if let exact = self[key] { return exact }
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key.utf8.count == key.utf8.count && $0.key.lowercased() == key.lowercased() }?.value
  }
}
