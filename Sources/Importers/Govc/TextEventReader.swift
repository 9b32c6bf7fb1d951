internal import Foundation
internal import Inventory

/// Reads what `govc events` and `govc events -l` print for people: `[time] [category] [key] [type] text`, where a text may
/// go on in the lines that follow. Times are local, in whole seconds, without a zone.
struct TextEventReader {
  private let path: InputPath
  private let times: RowTimes

  /// Reads the file once, for the times of its records.
  init(path: InputPath, zone: String?) throws {
    self.path = path
    var times = RowTimes()
    try Self.forEachEntry(path) { entry, _ in
      if let entry {
        try times.add(entry.time, key: entry.key, path: path)
      } else {
        times.addUnreadable()
      }
    }
    // govc prints the oldest first.
    try times.settle(dateOrder: .yearMonthDay, zone: zone, isNewestFirst: false, path: path)
    self.times = times
  }

  var doubtfulTimes: Int { times.doubtful }

  /// Calls `body` with each record, or with what stands where one should be.
  func forEachRecord(_ body: (ReadItem<SparseRecord>) throws -> Void) throws {
    var number = 0
    try Self.forEachEntry(path) { entry, line in
      defer { number += 1 }
      guard let entry, let at = times.moment(number) else {
        return try body(.broken(reason: "text that belongs to no event", line: line))
      }
      var record = SparseRecord(at: at)
      record.hasWholeSeconds = true
      record.key = entry.key
      record.foreignType = entry.type
      record.severity = entry.category
      record.message = entry.text
      try body(.piece(record, line: line))
    }
  }

  /// Whether a file begins like this output, maybe behind the rest of a text.
  static func isEvents(_ path: InputPath) throws -> Bool {
    let lines = try LineReader(path: path)
    for _ in 0..<64 {
      guard let (line, _) = try lines.next() else { return false }
      if Entry(line) != nil { return true }
    }
    return false
  }

  private static func forEachEntry(_ path: InputPath, _ body: (Entry?, Int) throws -> Void) throws {
    let lines = try LineReader(path: path)
    var open: (entry: Entry, line: Int)?
    while let (line, number) = try lines.next() {
      if let entry = Entry(line) {
        if let open { try body(open.entry, open.line) }
        open = (entry, number)
      } else if open != nil {
        open?.entry.goOn(line)
      } else if !line.allSatisfy(\.isWhitespace) {
        try body(nil, number)
      }
    }
    if let open { try body(open.entry, open.line) }
  }

  /// One event as it is printed.
  private struct Entry {
    /// `2026-11-23 11:08:48`
    let time: String
    let category: String?
    let key: Int64?
    let type: String?
    private(set) var text: String

    /// Lines that a text may have; the rest of a longer one is left out.
    private static let textLimit = 1 << 16

    init?(_ line: String) {
      var rest = line[...]
      guard let stamp = Self.bracket(&rest), let time = Self.time(stamp), let category = Self.bracket(&rest) else {
        return nil
      }
      self.time = time
      self.category = category.isEmpty ? nil : String(category)
      var long = rest
      if let key = Self.bracket(&long).flatMap({ Int64($0) }), let type = Self.bracket(&long), !type.isEmpty {
        (self.key, self.type, rest) = (key, String(type), long)
      } else {
        (key, type) = (nil, nil)
      }
      text = String(rest.trimmed)
    }

    mutating func goOn(_ line: String) {
      if text.utf8.count + line.utf8.count < Self.textLimit { text += "\n" + line }
    }

    private static func bracket(_ rest: inout Substring) -> Substring? {
      rest = rest.drop { $0 == " " }
      guard rest.first == "[", let end = rest.firstIndex(of: "]") else { return nil }
      defer { rest = rest[rest.index(after: end)...] }
      return rest[rest.index(after: rest.startIndex)..<end]
    }

    /// `Mon Nov 23 11:08:48 2026`
    private static func time(_ stamp: Substring) -> String? {
      let words = stamp.split(separator: " ")
      let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
      guard words.count == 5, let month = months.firstIndex(of: String(words[1])), let day = Int(words[2]),
        words[4].count == 4, words[3].split(separator: ":").count == 3
      else { return nil }
      return "\(words[4])-\(month + 1)-\(day) \(words[3])"
    }
  }
}
