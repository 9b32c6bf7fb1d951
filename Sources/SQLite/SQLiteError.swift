internal import CSQLite

/// What SQLite said when a call failed: code, its message, and the statement with the byte at which it stumbled.
@usableFromInline
package struct SQLiteError: Error, Sendable, Equatable {
  /// The extended result code.
  package let code: ResultCode
  /// The message of the connection, or SQLite's words for the code.
  package let message: String
  /// The statement's text, where one was involved.
  package let statement: String?
  /// Byte offset of the error in `statement`; nil where SQLite names none.
  package let offset: Int?

  package init(code: ResultCode, message: String, statement: String? = nil, offset: Int? = nil) {
    self.code = code
    self.message = message
    self.statement = statement
    self.offset = offset
  }

  init(_ code: Int32, on database: OpaquePointer?, statement: String? = nil) {
    let message = database.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) }
    let offset = database.map { sqlite3_error_offset($0) } ?? -1
    self.init(
      code: ResultCode(rawValue: code),
      message: message ?? ResultCode(rawValue: code).description,
      statement: statement,
      offset: offset >= 0 ? Int(offset) : nil)
  }
}

extension SQLiteError: CustomStringConvertible {
  @usableFromInline package var description: String {
    var text = "SQLite \(code.rawValue): \(message)"
    if let statement {
      text += " in: \(statement)"
      if let offset { text += " (at byte \(offset))" }
    }
    return text
  }
}
