internal import Synchronization

/// A few connections that only read. A caller takes a free one, or waits for the next in turn.
package final class ReaderPool: Sendable {
  private let readers: [Reader]
  private let turn = Atomic<Int>(0)

  /// A connection behind its lock; nobody touches the connection without holding `lock`.
  private final class Reader: @unchecked Sendable {
    let lock = Mutex<Void>(())
    let connection: Connection
    init(_ connection: consuming Connection) { self.connection = connection }

    func read<R>(_ body: (borrowing Connection) throws -> R) throws -> R {
      try connection.readTransaction { try body(connection) }
    }
  }

  /// Opens `count` readers on the file, for reading or for inspecting.
  package init(
    path: String, count: Int, role: Connection.Role = .reader, vfs: String? = nil
  ) throws(SQLiteError) {
    var readers: [Reader] = []
    for _ in 0..<count {
      let connection = try Connection(path: path, mode: .readOnly, vfs: vfs)
      try connection.configure(for: role)
      readers.append(Reader(connection))
    }
    self.readers = readers
  }

  /// Lends a reader, inside a read transaction: all that `body` reads is of one instant.
  package func read<R: Sendable>(_ body: (borrowing Connection) throws -> R) throws -> R {
    for reader in readers {
      if let result = try reader.lock.withLockIfAvailable({ _ in try reader.read(body) }) { return result }
    }
    let next = readers[turn.add(1, ordering: .relaxed).oldValue % readers.count]
    return try next.lock.withLock { _ in try next.read(body) }
  }
}
