internal import CSQLite

/// A prepared statement: bind `$n`, step through the rows, read typed columns.
///
/// One that was prepared belongs to its holder and keeps the database open for as long as it lives. One that was lent comes
/// from the cache of its connection: it is only ever borrowed, so the compiler does not let anybody keep it.
///
/// Parameters count from 1, columns from 0, as in SQLite. A column is read as the type that the caller knows it has.
@usableFromInline
package struct Statement: ~Copyable {
  @usableFromInline let raw: OpaquePointer
  let handle: Handle
  /// Of a lent statement the height of the handle's bind buffer when it was lent. Nil for one with an owner: its bound bytes
  /// may have to outlive whatever else is bound meanwhile, so SQLite copies them.
  let floor: Int?
  /// Of a lent statement how many were lent then, itself counted.
  let loan: Int

  /// A statement with an owner.
  init(owning raw: OpaquePointer, handle: Handle) {
    self.raw = raw
    self.handle = handle
    floor = nil
    loan = 0
  }

  /// A cached statement to be lent.
  init(lending cached: CachedStatement, handle: Handle) {
    raw = cached.raw
    self.handle = handle
    floor = handle.buffer.height
    loan = handle.loans
  }

  deinit { if floor == nil { sqlite3_finalize(raw) } }
}
