internal import CSQLite

/// A prepared statement that its holder owns. It keeps the database open for as long as it lives.
package struct Statement: ~Copyable, StatementOperations {
  package let cursor: Cursor

  init(raw: OpaquePointer, handle: Handle) {
    cursor = Cursor(raw: raw, handle: handle, floor: nil)
  }

  deinit { sqlite3_finalize(cursor.raw) }
}

/// A cached statement, lent to a closure: the compiler does not let it be kept.
package struct LentStatement: ~Copyable, StatementOperations {
  package let cursor: Cursor

  init(raw: OpaquePointer, handle: Handle, floor: Int) {
    cursor = Cursor(raw: raw, handle: handle, floor: floor)
  }
}
