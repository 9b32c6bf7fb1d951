internal import CSQLite

extension Statement {
  // MARK: Binding

  @inline(__always)
  package func bind(_ index: Int, _ value: Int64) throws(SQLiteError) {
    try check(sqlite3_bind_int64(raw, Int32(index), value))
  }

  @inline(__always)
  package func bind(_ index: Int, _ value: Int64?) throws(SQLiteError) {
    if let value { try bind(index, value) } else { try bindNull(index) }
  }

  @inline(__always)
  package func bind(_ index: Int, _ value: Int) throws(SQLiteError) { try bind(index, Int64(value)) }

  package func bind(_ index: Int, _ value: Double) throws(SQLiteError) {
    try check(sqlite3_bind_double(raw, Int32(index), value))
  }

  package func bindNull(_ index: Int) throws(SQLiteError) {
    try check(sqlite3_bind_null(raw, Int32(index)))
  }

  package func bind(_ index: Int, _ value: String) throws(SQLiteError) {
    var value = value
    let code = value.withUTF8 { utf8 -> Int32 in
      guard let count = Int32(exactly: utf8.count) else { return SQLITE_TOOBIG }
      if floor != nil, let place = handle.buffer.push(utf8) {
        return place.withMemoryRebound(to: CChar.self, capacity: utf8.count) {
          sqlite3_bind_text(raw, Int32(index), $0, count, nil)
        }
      }
      // An empty Swift string may have no address, and a nil pointer would bind NULL.
      guard let start = utf8.baseAddress else { return csqlite_bind_text_copy(raw, Int32(index), "", 0) }
      return start.withMemoryRebound(to: CChar.self, capacity: utf8.count) {
        csqlite_bind_text_copy(raw, Int32(index), $0, count)
      }
    }
    try check(code)
  }

  package func bind(_ index: Int, _ value: String?) throws(SQLiteError) {
    if let value { try bind(index, value) } else { try bindNull(index) }
  }

  /// Binds a blob. The bytes are copied; they may be gone when the call returns.
  package func bind(_ index: Int, blob: [UInt8]) throws(SQLiteError) {
    let code = blob.withUnsafeBufferPointer { bytes -> Int32 in
      guard let count = Int32(exactly: bytes.count) else { return SQLITE_TOOBIG }
      guard let start = bytes.baseAddress, count > 0 else { return sqlite3_bind_zeroblob(raw, Int32(index), 0) }
      if floor != nil, let place = handle.buffer.push(bytes) {
        return sqlite3_bind_blob(raw, Int32(index), place, count, nil)
      }
      return csqlite_bind_blob_copy(raw, Int32(index), start, count)
    }
    try check(code)
  }

  /// Binds the values to `$1`, `$2`, … in order.
  @inlinable package func bind<each Value: Bindable>(all value: repeat each Value) throws(SQLiteError) {
    var index = 0
    for value in repeat each value {
      index += 1
      try value.bind(to: self, at: index)
    }
  }

  // MARK: Stepping

  /// Goes to the next row: true where there is one, false at the end.
  @inline(__always)
  package func step() throws(SQLiteError) -> Bool {
    let code = sqlite3_step(raw)
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE { return false }
    throw failure(code)
  }

  /// Makes the statement ready for new values. The bound ones are forgotten.
  package func reset() throws(SQLiteError) {
    let code = sqlite3_reset(raw)
    if let floor {
      sqlite3_clear_bindings(raw)
      // A statement that was lent after this one may still be reading its bytes, which lie above.
      if loan == handle.loans { handle.buffer.sink(to: floor) }
    }
    try check(code)
  }

  /// Runs a statement that returns no rows we want, and makes it ready for the next values.
  @inlinable package func run<each Value: Bindable>(_ value: repeat each Value) throws(SQLiteError) {
    try bind(all: repeat each value)
    while try step() {}
    try reset()
  }

  // MARK: Reading

  package var columnCount: Int { Int(sqlite3_column_count(raw)) }

  @inline(__always)
  package func isNull(_ column: Int) -> Bool { sqlite3_column_type(raw, Int32(column)) == SQLITE_NULL }

  @inline(__always)
  package func int(_ column: Int) -> Int64 { sqlite3_column_int64(raw, Int32(column)) }

  @inline(__always)
  package func optionalInt(_ column: Int) -> Int64? { isNull(column) ? nil : int(column) }

  package func double(_ column: Int) -> Double { sqlite3_column_double(raw, Int32(column)) }

  package func text(_ column: Int) -> String { bytes(column) { String(decoding: $0, as: UTF8.self) } }

  package func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

  package func blob(_ column: Int) -> [UInt8] { bytes(column) { Array($0) } }

  /// The column's bytes in place: UTF-8 of a text, or a blob. They are valid inside `body` only.
  @inlinable package func bytes<R>(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    body(rawBytes(column))
  }

  @usableFromInline package func rawBytes(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    let start: UnsafePointer<UInt8>?
    if sqlite3_column_type(raw, Int32(column)) == SQLITE_BLOB {
      start = sqlite3_column_blob(raw, Int32(column))?.assumingMemoryBound(to: UInt8.self)
    } else {
      start = sqlite3_column_text(raw, Int32(column))
    }
    return UnsafeBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(raw, Int32(column))))
  }

  /// The value as SQLite holds it, for callers that do not know the type beforehand.
  package func value(_ column: Int) -> SQLiteValue {
    switch sqlite3_column_type(raw, Int32(column)) {
    case SQLITE_INTEGER: .integer(int(column))
    case SQLITE_FLOAT: .real(double(column))
    case SQLITE_TEXT: .text(text(column))
    case SQLITE_BLOB: .blob(blob(column))
    default: .null
    }
  }

  // MARK: Failing

  @inline(__always)
  private func check(_ code: Int32) throws(SQLiteError) {
    guard code == SQLITE_OK else { throw failure(code) }
  }

  private func failure(_ code: Int32) -> SQLiteError {
    let text = sqlite3_sql(raw).map { String(cString: $0) }
    return SQLiteError(code, on: handle.database, statement: text)
  }
}
