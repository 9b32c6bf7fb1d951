/// The one connection that writes, on a thread of its own. Cross into it once per transaction.
package actor Writer {
  private nonisolated let executor = ThreadExecutor()
  package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let connection: Connection

  package init(_ connection: consuming sending Connection) { self.connection = connection }

  /// Lends the connection. `body` runs on the writer's thread, alone.
  package func withConnection<R: Sendable>(
    _ body: @Sendable (borrowing Connection) throws -> R
  ) throws -> R { try body(connection) }
}
