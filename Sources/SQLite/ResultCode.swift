internal import CSQLite

/// A result code of SQLite, extended form: the low byte is the primary code, the rest says which kind of it.
package struct ResultCode: RawRepresentable, Sendable, Hashable {
  package let rawValue: Int32

  package init(rawValue: Int32) { self.rawValue = rawValue }

  /// The primary code, such as `constraint` for `constraintPrimaryKey`.
  package var primary: ResultCode { ResultCode(rawValue: rawValue & 0xff) }

  package static let error = ResultCode(rawValue: 1)
  package static let busy = ResultCode(rawValue: 5)
  package static let locked = ResultCode(rawValue: 6)
  package static let outOfMemory = ResultCode(rawValue: 7)
  package static let readOnly = ResultCode(rawValue: 8)
  package static let interrupted = ResultCode(rawValue: 9)
  package static let inputOutput = ResultCode(rawValue: 10)
  package static let corrupt = ResultCode(rawValue: 11)
  package static let full = ResultCode(rawValue: 13)
  package static let cannotOpen = ResultCode(rawValue: 14)
  package static let tooBig = ResultCode(rawValue: 18)
  package static let constraint = ResultCode(rawValue: 19)
  package static let misuse = ResultCode(rawValue: 21)
  package static let notAuthorized = ResultCode(rawValue: 23)
  package static let notADatabase = ResultCode(rawValue: 26)
  package static let row = ResultCode(rawValue: 100)
  package static let done = ResultCode(rawValue: 101)

  // Extended codes are macros of macros, which Swift does not import: primary + 256 * n, as sqlite3.h builds them.
  package static let readOnlyRollback = ResultCode(rawValue: 8 + 256 * 3)
  package static let constraintPrimaryKey = ResultCode(rawValue: 19 + 256 * 6)
}

extension ResultCode: CustomStringConvertible {
  /// SQLite's own English words for the code.
  package var description: String {
    sqlite3_errstr(rawValue).map { String(cString: $0) } ?? "result code \(rawValue)"
  }
}
