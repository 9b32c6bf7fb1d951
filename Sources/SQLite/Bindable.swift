/// A type that can stand behind a parameter of a statement.
@usableFromInline
package protocol Bindable {
  /// Binds the value to parameter `index`, counted from 1.
  func bind(to statement: borrowing Statement, at index: Int) throws(SQLiteError)
}

extension Bindable {
  /// Binds the value to the next parameter.
  @inlinable
  package func bind(to statement: borrowing Statement, after index: inout Int) throws(SQLiteError) {
    index += 1
    try bind(to: statement, at: index)
  }
}

extension Int64: Bindable {
  @inlinable
  package func bind(to statement: borrowing Statement, at index: Int) throws(SQLiteError) {
    try statement.bind(index, self)
  }
}

extension Int: Bindable {
  @inlinable
  package func bind(to statement: borrowing Statement, at index: Int) throws(SQLiteError) {
    try statement.bind(index, Int64(self))
  }
}

extension Double: Bindable {
  @inlinable
  package func bind(to statement: borrowing Statement, at index: Int) throws(SQLiteError) {
    try statement.bind(index, self)
  }
}

extension String: Bindable {
  @inlinable
  package func bind(to statement: borrowing Statement, at index: Int) throws(SQLiteError) {
    try statement.bind(index, self)
  }
}

extension [UInt8]: Bindable {
  @inlinable
  package func bind(to statement: borrowing Statement, at index: Int) throws(SQLiteError) {
    try statement.bind(index, blob: self)
  }
}

extension Optional: Bindable where Wrapped: Bindable {
  @inlinable
  package func bind(to statement: borrowing Statement, at index: Int) throws(SQLiteError) {
    if let self { try self.bind(to: statement, at: index) } else { try statement.bindNull(index) }
  }
}

extension SQLiteValue: Bindable {
  package func bind(to statement: borrowing Statement, at index: Int) throws(SQLiteError) {
    switch self {
    case .null: try statement.bindNull(index)
    case .integer(let value): try statement.bind(index, value)
    case .real(let value): try statement.bind(index, value)
    case .text(let value): try statement.bind(index, value)
    case .blob(let value): try statement.bind(index, blob: value)
    }
  }
}
