// Public only for what is inlinable below: it is not exported.
public import CSQLite

extension Statement {
  // What is called for every row or value is inlinable: in the rooms that use it only SQLite's own call is left.

  // MARK: Binding

  @inlinable
  package func bind(_ index: Int, _ value: Int64) throws(SQLiteError) {
    try check(sqlite3_bind_int64(raw, Int32(index), value))
  }

  @inlinable
  package func bind(_ index: Int, _ value: Int64?) throws(SQLiteError) {
    if let value { try bind(index, value) } else { try bindNull(index) }
  }

  @inlinable
  package func bind(_ index: Int, _ value: Int) throws(SQLiteError) { try bind(index, Int64(value)) }

  @inlinable
  package func bind(_ index: Int, _ value: Double) throws(SQLiteError) {
    try check(sqlite3_bind_double(raw, Int32(index), value))
  }

  @inlinable
  package func bindNull(_ index: Int) throws(SQLiteError) {
    try check(sqlite3_bind_null(raw, Int32(index)))
  }

  @usableFromInline package func bind(_ index: Int, _ value: String) throws(SQLiteError) {
    // Native strings are read where they are; others, which come from outside Swift, are made native first.
    if let code = value.utf8.withContiguousStorageIfAvailable({ bindText(index, $0) }) { return try check(code) }
    var value = value
    try check(value.withUTF8 { bindText(index, $0) })
  }

  private func bindText(_ index: Int, _ utf8: UnsafeBufferPointer<UInt8>) -> Int32 {
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

  @inlinable
  package func bind(_ index: Int, _ value: String?) throws(SQLiteError) {
    if let value { try bind(index, value) } else { try bindNull(index) }
  }

  /// Binds a blob. The bytes are copied; they may be gone when the call returns.
  @usableFromInline package func bind(_ index: Int, blob: [UInt8]) throws(SQLiteError) {
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
  ///
  /// The compiler specialises this only where it is inlined, and even there it calls each value through its type's tables:
  /// where rows come by the hundred thousand, `bind(_:_:)` by hand costs a tenth less.
  @inlinable @inline(__always)
  package func bind<each Value: Bindable>(all value: repeat each Value) throws(SQLiteError) {
    var index = 0
    repeat try (each value).bind(to: self, after: &index)
  }

  // MARK: Stepping

  /// Goes to the next row: true where there is one, false at the end.
  @inlinable
  package func step() throws(SQLiteError) -> Bool {
    let code = sqlite3_step(raw)
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE { return false }
    throw failure(code)
  }

  /// Makes the statement ready for new values. The bound ones are forgotten.
  @usableFromInline package func reset() throws(SQLiteError) {
    let code = sqlite3_reset(raw)
    if let floor {
      sqlite3_clear_bindings(raw)
      // A statement that was lent after this one may still be reading its bytes, which lie above.
      if loan == handle.loans { handle.buffer.sink(to: floor) }
    }
    try check(code)
  }

  /// Runs a statement that returns no rows we want, and makes it ready for the next values.
  @inlinable @inline(__always)
  package func run<each Value: Bindable>(_ value: repeat each Value) throws(SQLiteError) {
    try bind(all: repeat each value)
    while try step() {}
    try reset()
  }

  // MARK: Reading

  package var columnCount: Int { Int(sqlite3_column_count(raw)) }

  @inlinable
  package func isNull(_ column: Int) -> Bool { sqlite3_column_type(raw, Int32(column)) == SQLITE_NULL }

  @inlinable
  package func int(_ column: Int) -> Int64 { sqlite3_column_int64(raw, Int32(column)) }

  @inlinable
  package func optionalInt(_ column: Int) -> Int64? { isNull(column) ? nil : int(column) }

  @inlinable
  package func double(_ column: Int) -> Double { sqlite3_column_double(raw, Int32(column)) }

  @inlinable
  package func text(_ column: Int) -> String {
    let start = sqlite3_column_text(raw, Int32(column))
    return String(decoding: UnsafeBufferPointer(start: start, count: count(column, start)), as: UTF8.self)
  }

  @inlinable
  package func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

  package func blob(_ column: Int) -> [UInt8] { bytes(column) { Array($0) } }

  /// The column's bytes in place: UTF-8 of a text, or a blob. They are valid inside `body` only.
  @inlinable
  package func bytes<R>(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    // Of a text SQLite gives its bytes, in the encoding of the file.
    let start = sqlite3_column_blob(raw, Int32(column))?.assumingMemoryBound(to: UInt8.self)
    return body(UnsafeBufferPointer(start: start, count: count(column, start)))
  }

  @inlinable
  func count(_ column: Int, _ start: UnsafePointer<UInt8>?) -> Int {
    start == nil ? 0 : Int(sqlite3_column_bytes(raw, Int32(column)))
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

  @inlinable
  func check(_ code: Int32) throws(SQLiteError) {
    guard code == SQLITE_OK else { throw failure(code) }
  }

  @usableFromInline
  func failure(_ code: Int32) -> SQLiteError {
    let text = sqlite3_sql(raw).map { String(cString: $0) }
    return SQLiteError(code, on: handle.database, statement: text)
  }
}
