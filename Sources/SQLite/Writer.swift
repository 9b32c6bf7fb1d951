/// The one connection that writes. Cross into it once per transaction: the call costs no way to another thread and back.
package actor Writer {
  private nonisolated let executor = InlineExecutor()
  package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let connection: Connection

  package init(_ connection: consuming sending Connection) { self.connection = connection }

  /// Lends the connection. `body` runs alone.
  package func withConnection<R: Sendable>(
    _ body: @Sendable (borrowing Connection) throws -> R
  ) throws -> R { try body(connection) }
}
