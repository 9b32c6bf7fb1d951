internal import Inventory

/// Reads the events that a vCenter streams to a syslog, from the file that a syslog server made of it. Lines of other
/// programs stand between them.
struct SyslogEventReader {
  private let path: InputPath
  /// Events whose parts are not all there yet, in the order in which they began.
  private var open: [Entry] = []
  /// Lines that hold no event.
  private(set) var otherLines = 0

  /// Parts of one event stand close together: of more than these the oldest lack parts.
  private static let openLimit = 256

  init(path: InputPath) { self.path = path }

  /// Whether a file holds such an event. One that looks like a syslog is read until there is one.
  /// - Throws: `failed` for a syslog without one.
  static func isEvents(_ path: InputPath) throws -> Bool {
    let lines = try LineReader(path: path)
    var (count, headers) = (0, 0)
    while let line = try lines.next() {
      if SyslogLine(line.text) != nil { return true }
      count += 1
      if SyslogLine.hasHeader(line.text) { headers += 1 }
      if count == lookahead, headers * 2 < count { return false }
    }
    guard headers > 1, headers * 2 > count else { return false }
    throw YadokariError(
      .failed,
      "\(path) is a syslog without events of vCenter (lines with \"Event [number] [1-1] [time] …\"); let vCenter stream "
        + "its events to the syslog server (its setting vpxd.event.syslog.enabled), or export them with govc events -xml")
  }

  /// Lines that have to look like a syslog before all of the file is read.
  private static let lookahead = 64

  /// Calls `body` with each record, or with what stands where one should be.
  mutating func forEachRecord(_ body: (ReadItem<SparseRecord>) throws -> Void) throws {
    let lines = try LineReader(path: path)
    while let line = try lines.next() {
      if let found = SyslogLine(line.text) {
        // An event of a single part that a line below did not close was cut.
        if let index = open.firstIndex(where: \.isSingle) { try body(open.remove(at: index).item) }
        try take(found, line, body)
      } else if let index = open.firstIndex(where: \.isSingle) {
        if SyslogLine.hasHeader(line.text) {
          try body(open.remove(at: index).item)
          otherLines += 1
        } else {
          open[index].goOn(line)
          if open[index].isWhole { try body(open.remove(at: index).item) }
        }
      } else if !line.text.allSatisfy(\.isWhitespace) {
        otherLines += 1
      }
    }
    for entry in open { try body(entry.item) }
    open = []
  }

  private mutating func take(
    _ found: SyslogLine, _ line: LineReader.Line, _ body: (ReadItem<SparseRecord>) throws -> Void
  ) throws {
    if let index = open.firstIndex(where: { $0.key == found.key && $0.parts == found.parts }) {
      open[index].take(found, line)
      if open[index].isWhole { try body(open.remove(at: index).item) }
      return
    }
    let entry = Entry(found, line)
    if entry.isWhole { return try body(entry.item) }
    if open.count == Self.openLimit { try body(open.removeFirst().item) }
    open.append(entry)
  }

  /// One event, as far as its lines were read.
  private struct Entry {
    let key: Int64
    let parts: Int
    private let line: Int
    private var isUTF8: Bool
    /// What the first part says; it tells all fields but the end of the text.
    private var payload: SyslogPayload?
    /// Whether each part is in brackets of its own.
    private var isWrapped = false
    /// The payloads of the other parts.
    private var others: [Int: String] = [:]

    init(_ found: SyslogLine, _ line: LineReader.Line) {
      (key, parts) = (found.key, found.parts)
      (self.line, isUTF8) = (line.number, true)
      take(found, line)
    }

    var isSingle: Bool { parts == 1 }
    /// Whether nothing more can come.
    var isWhole: Bool { isSingle ? payload?.isClosed != false : payload != nil && others.count == parts - 1 }

    /// Takes a part; one that came before came twice.
    mutating func take(_ found: SyslogLine, _ line: LineReader.Line) {
      isUTF8 = isUTF8 && line.isUTF8
      if found.part > 1 {
        others[found.part] = String(found.payload)
        return
      }
      let ink = Substring(found.payload.utf8.drop { $0 == 0x20 })
      isWrapped = ink.utf8.starts(with: "[[".utf8)
      payload = SyslogPayload(isWrapped ? Self.unwrapped(ink) : ink)
    }

    /// A part without the brackets of its own.
    private static func unwrapped(_ part: Substring) -> Substring {
      let ink = part.utf8.drop { $0 == 0x20 }.dropFirst()
      let end = ink.lastIndex { $0 > 0x20 } ?? ink.endIndex
      return Substring(end < ink.endIndex && ink[end] == UInt8(ascii: "]") ? ink[..<end] : ink)
    }

    /// Takes the line below as one of the text.
    mutating func goOn(_ line: LineReader.Line) {
      payload?.goOn(line.text)
      isUTF8 = isUTF8 && line.isUTF8
    }

    private var missing: [Int] { (1...parts).filter { $0 == 1 ? payload == nil : others[$0] == nil } }

    var item: ReadItem<SparseRecord> {
      func broken(_ reason: String) -> ReadItem<SparseRecord> { .broken(reason: "event \(key): \(reason)", line: line) }
      guard isUTF8 else { return broken("not UTF-8") }
      guard isSingle || missing.isEmpty else {
        return broken("of its \(parts) parts these are missing: \(missing.map(String.init).joined(separator: ", "))")
      }
      guard var payload else {
        return broken("not [time] [class] [severity] [user] [datacenter] [chain] [text]")
      }
      for part in 2..<(parts + 1) {
        guard let next = others[part] else { continue }
        payload.goOn(part: isWrapped ? Self.unwrapped(next[...]) : next[...])
      }
      guard let at = Instant(rfc3339: String(payload.time)) else {
        return broken("\"\(payload.time.prefix(40))\" is not an RFC 3339 time with a zone")
      }
      guard payload.isClosed else {
        return broken("its text was cut; let the syslog server keep longer messages")
      }
      return .piece(record(payload, at), line: line)
    }

    private func record(_ payload: SyslogPayload, _ at: Instant) -> SparseRecord {
      func set(_ text: Substring) -> String? { text.isEmpty ? nil : String(text) }
      var record = SparseRecord(at: at)
      record.key = key
      record.chain = set(payload.chain)
      let prefix = "vim.event."
      record.foreignType = set(payload.type.hasPrefix(prefix) ? payload.type.dropFirst(prefix.count) : payload.type)
      record.severity = set(payload.severity)
      record.actor = set(payload.user)
      record.message = Self.unescaped(payload.text)
      record.datacenter = set(payload.datacenter).map { ObjectReference(kind: .datacenter, foreignID: "", name: $0) }
      return record
    }

    /// Relays write a line break within a text as `#012`.
    private static func unescaped(_ text: String) -> String? {
      var text = text
      // Most texts have no such sign, and looking for one byte is quick.
      if text.utf8.contains(UInt8(ascii: "#")) {
        for (code, character) in [("#015#012", "\n"), ("#012", "\n"), ("#011", "\t"), ("#015", "\n")] {
          text = text.replacing(code, with: character)
        }
      }
      let whole = text.trimmed
      return whole.isEmpty ? nil : String(whole)
    }
  }
}
