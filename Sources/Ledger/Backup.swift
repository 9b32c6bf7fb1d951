internal import Foundation
package import Inventory
internal import SQLite

extension Ledger {
  /// Copies a ledger into a new file while others write to it, opens the copy and says where its chain ends.
  package static func backup(_ path: String, to target: String, now: Instant) throws -> ChainHead {
    try copy(path, to: target, now: now)
    return try translatingErrors(target) {
      // One file alone: a log of writes beside it would be lost on the way.
      try Connection(path: target, mode: .readWrite).execute("PRAGMA journal_mode = DELETE")
      return try open(target, for: .read, now: now).read { try $0.chainHead() }
    }
  }
}
