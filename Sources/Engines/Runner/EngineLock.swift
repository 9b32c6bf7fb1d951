internal import Foundation
internal import Inventory

/// Keeps a second service off a database. The kernel holds the lock, and lets go of it when the process ends, however it
/// does.
package final class EngineLock {
  private let descriptor: Int32

  /// - Parameter database: the file; SQLite's own locks are of another kind and are not touched.
  /// - Throws: `conflict` where another service has it, `failed` where it cannot be opened.
  package init(_ database: String) throws {
    descriptor = open(database, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw YadokariError(.failed, "\(database) cannot be opened; check its rights")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw YadokariError(.conflict, "another service moves VMs of \(database); try again when it has ended")
    }
  }

  deinit { close(descriptor) }
}
