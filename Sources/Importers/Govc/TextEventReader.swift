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
    try Self.forEachEntry(path) { item in
      if case .piece(let entry, _) = item {
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
    try Self.forEachEntry(path) { item in
      defer { number += 1 }
      let (entry, line): (Entry, Int)
      switch item {
      case .broken(let reason, let line): return try body(.broken(reason: reason, line: line))
      case .piece(let read, let begun): (entry, line) = (read, begun)
      }
      guard let at = times.moment(number) else {
        return try body(.broken(reason: "\"\(entry.time)\" is no date and time", line: line))
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
      guard let line = try lines.next() else { return false }
      if Entry(line) != nil { return true }
    }
    return false
  }

  private static func forEachEntry(_ path: InputPath, _ body: (ReadItem<Entry>) throws -> Void) throws {
    let lines = try LineReader(path: path)
    var open: (entry: Entry, line: Int)?
    func close() throws { if let open { try body(open.entry.item(line: open.line)) } }
    while let line = try lines.next() {
      if let entry = Entry(line) {
        try close()
        open = (entry, line.number)
      } else if open != nil {
        open?.entry.goOn(line)
      } else if !line.text.allSatisfy(\.isWhitespace) {
        try body(.broken(reason: "text that belongs to no event", line: line.number))
      }
    }
    try close()
  }

  /// One event as it is printed.
  private struct Entry {
    /// `2026-11-23 11:08:48`
    let time: String
    let category: String?
    let key: Int64?
    let type: String?
    private(set) var text: String
    private var isUTF8: Bool
    private var hasEnd: Bool

    /// Bytes that a text may have; the rest of a longer one is left out.
    private static let textLimit = 1 << 16

    init?(_ line: LineReader.Line) {
      var rest = line.text[...]
      guard let stamp = Self.bracket(&rest), let time = Self.time(stamp), let category = Self.bracket(&rest) else {
        return nil
      }
      (isUTF8, hasEnd) = (line.isUTF8, line.hasEnd)
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

    mutating func goOn(_ line: LineReader.Line) {
      (isUTF8, hasEnd) = (isUTF8 && line.isUTF8, line.hasEnd)
      if text.utf8.count + line.text.utf8.count < Self.textLimit { text += "\n" + line.text }
    }

    /// The event, unless the file does not hold all of it.
    func item(line: Int) -> ReadItem<Entry> {
      guard isUTF8 else { return .broken(reason: "not UTF-8", line: line) }
      // govc ends every event with a line end: without one, what stands there may be half a text.
      guard hasEnd else {
        return .broken(reason: "the file ends inside this event; if it is whole, add a line end", line: line)
      }
      var whole = self
      whole.text = String(text.trimmed)
      return .piece(whole, line: line)
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
