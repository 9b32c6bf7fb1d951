internal import Foundation
internal import Inventory

/// Reads whole events as JSON: one, a list, or one behind the other.
struct WholeEventReader {
  private let splitter: JSONValueSplitter

  /// The names of lists of events inside an object.
  private static let lists: Set<String> = ["value", "events", "returnval"]

  init(path: InputPath) throws { splitter = try JSONValueSplitter(path: path, cuttingArrays: true, lists: Self.lists) }

  /// Whether a file begins with such an event.
  static func isEvents(_ path: InputPath) throws -> Bool {
    let reader = try Self(path: path)
    for _ in 0..<lookahead {
      guard let item = try reader.splitter.next() else { return false }
      if case .piece(let data, _) = item, let value = try? JSONValue(parsing: data) { return WholeEvent.isOne(value) }
    }
    return false
  }

  /// How many pieces are looked at: the first may be broken.
  private static let lookahead = 64

  /// The next event, or what stands where one should be; nil at the end.
  func next() throws -> ReadItem<WholeEvent>? {
    switch try splitter.next() {
    case nil: return nil
    case .broken(let reason, let line): return .broken(reason: reason, line: line)
    case .piece(let data, let line):
      guard let value = try? JSONValue(parsing: data) else { return .broken(reason: "not well-formed JSON", line: line) }
      guard let event = WholeEvent(value) else { return .broken(reason: "an object that is not an event", line: line) }
      return .piece(event, line: line)
    }
  }
}
