internal import Foundation
package import Inventory
internal import SQLite

/// A query that a person wrote.
extension LedgerReader {
  /// Runs one statement that only reads.
  ///
  /// - Parameters:
  ///   - isOver: asked now and then; true ends the query.
  ///   - columns: gets the names of the columns before the first row.
  ///   - row: gets the values of each row; a blob comes as hexadecimal digits.
  /// - Throws: `usage` with SQLite's message where it is no SQL; `refused` where it is more than a query; `timedOut`.
  package func query(
    _ sql: String, isOver: @escaping () -> Bool, columns: ([String]) throws -> Void, row: ([JSONValue]) throws -> Void
  ) throws {
    let sql = sql.trimmingCharacters(in: .whitespacesAndNewlines)
    let queryGuard = QueryGuard(isOver: isOver)
    try connection.guarded(by: queryGuard, longest: 1 << 26) {
      do {
        let statement = try connection.prepare(sql)
        guard statement.isReadOnly else { throw refused("it would change something") }
        let names = statement.columnNames
        guard !names.isEmpty else { throw refused("it gives no rows") }
        try columns(names)
        while try statement.step() { try row((0..<names.count).map { Self.json(statement.value($0)) }) }
      } catch let error as SQLiteError {
        throw translated(error, sql, queryGuard)
      }
    }
  }

  /// What is said of a query whose time is over.
  package static var queryTookTooLong: YadokariError {
    YadokariError(.timedOut, "the query was ended: it took too long; narrow it, or allow more with --timeout")
  }

  private func refused(_ why: String) -> YadokariError {
    YadokariError(.refused, "refused: \(why); \"db query\" takes one SELECT, the events are changed by nobody")
  }

  private func translated(_ error: SQLiteError, _ sql: String, _ queryGuard: QueryGuard) -> any Error {
    if let refusal = queryGuard.refusal { return refused(refusal) }
    switch error.code.primary {
    case .notAuthorized: return refused(error.message)
    case .readOnly: return refused("it would change something")
    case .interrupted: return Self.queryTookTooLong
    case .outOfMemory, .tooBig:
      return YadokariError(.failed, "the query makes something too large: \(error.message)")
    case .error, .misuse:
      return YadokariError(.usage, "\(error.message)\(nearView(error.message))\(Self.place(of: error.offset, in: sql))")
    default: return error
    }
  }

  /// Which view may be meant, and all there are, where SQLite says that there is no such table.
  private func nearView(_ message: String) -> String {
    let beginning = "no such table: "
    guard message.hasPrefix(beginning),
      let views = try? connection.all("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY 1", row: { $0.text(0) })
    else { return "" }
    let question = NearNames.question(String(message.dropFirst(beginning.count)), among: views)
    return "\(question); views: \(views.joined(separator: ", "))"
  }

  /// The line of an error with a mark below it.
  private static func place(of offset: Int?, in sql: String) -> String {
    guard let offset, offset <= sql.utf8.count else { return "" }
    let before = String(decoding: sql.utf8.prefix(offset), as: UTF8.self)
    let start = before.lastIndex(of: "\n").map(before.index(after:)) ?? before.startIndex
    let column = before[start...].count
    let line = sql.split(separator: "\n", omittingEmptySubsequences: false)[before.count { $0 == "\n" }]
    return "\n  \(line)\n  \(String(repeating: " ", count: column))^"
  }

  private static func json(_ value: SQLiteValue) -> JSONValue {
    switch value {
    case .null: .null
    case .integer(let number): .int(number)
    // JSON has no endless numbers.
    case .real(let number): number.isFinite ? .double(number) : .string(number > 0 ? "Infinity" : "-Infinity")
    case .text(let text): .string(text)
    case .blob(let bytes): .string(bytes.hexadecimal)
    }
  }
}
