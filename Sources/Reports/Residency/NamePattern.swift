internal import Inventory

/// A pattern that names fit: `*` stands for any characters, `?` for one, `[a-c1]` for one of some, `[!a]` for any other.
package struct NamePattern: Sendable {
  private enum Part {
    case any
    case one
    case set([ClosedRange<Character>], isInverted: Bool)
    case character(Character)

    func fits(_ character: Character) -> Bool {
      switch self {
      case .any, .one: true
      case .set(let ranges, let isInverted): ranges.contains { $0.contains(character) } != isInverted
      case .character(let own): own == character
      }
    }

    var isAny: Bool { if case .any = self { true } else { false } }
  }

  private let parts: [Part]

  /// - Throws: `usage` for a bracket that is not closed, or a range from a later to an earlier character.
  package init(_ text: String) throws {
    var parts: [Part] = []
    var rest = Substring(text)
    while let first = rest.popFirst() {
      switch first {
      case "*": if parts.last?.isAny != true { parts.append(.any) }
      case "?": parts.append(.one)
      case "[": parts.append(try Self.set(&rest, of: text))
      default: parts.append(.character(first))
      }
    }
    self.parts = parts
  }

  private static func set(_ rest: inout Substring, of text: String) throws -> Part {
    let isInverted = rest.first == "!"
    if isInverted { rest.removeFirst() }
    var ranges: [ClosedRange<Character>] = []
    // A bracket that closes at once is one of the characters.
    while let first = rest.popFirst(), first != "]" || ranges.isEmpty {
      var last = first
      if rest.first == "-", let next = rest.dropFirst().first, next != "]" {
        last = next
        rest.removeFirst(2)
      }
      guard first <= last else {
        throw YadokariError(.usage, "the pattern \"\(text)\" has the range \(first)-\(last); give the lower one first")
      }
      ranges.append(first...last)
      if rest.isEmpty { throw YadokariError(.usage, "the pattern \"\(text)\" has a [ without ]; close it") }
    }
    guard !ranges.isEmpty else { throw YadokariError(.usage, "the pattern \"\(text)\" has a [ without ]; close it") }
    return .set(ranges, isInverted: isInverted)
  }

  /// Whether the whole name fits.
  package func fits(_ name: String) -> Bool {
    let name = Array(name)
    var (place, part) = (0, 0)
    var retry: (place: Int, part: Int)?
    while place < name.count {
      if part < parts.count, parts[part].isAny {
        retry = (place, part)
        part += 1
      } else if part < parts.count, parts[part].fits(name[place]) {
        (place, part) = (place + 1, part + 1)
      } else if let last = retry {
        // The last * takes one character more.
        retry = (last.place + 1, last.part)
        (place, part) = (last.place + 1, last.part + 1)
      } else {
        return false
      }
    }
    return parts[part...].allSatisfy(\.isAny)
  }
}
