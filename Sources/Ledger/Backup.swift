internal import Foundation
package import Inventory
internal import SQLite

extension Ledger {
  /// Copies a ledger into a new file while others write to it, opens the copy and says where its chain ends.
  /// - Throws: `failed` where the ledger is damaged: the copy is looked through, page by page.
  package static func backup(_ path: String, to target: String, now: Instant) throws -> ChainHead {
    try copy(path, to: target, now: now)
    return try translatingErrors(target) {
      let copy = try Connection(path: target, mode: .readWrite)
      // Damage is copied with the rest.
      if let damage = try copy.damage() { throw damaged(path, damage) }
      // One file alone: a log of writes beside it would be lost on the way.
      try copy.execute("PRAGMA journal_mode = DELETE")
      return try open(target, for: .read, now: now).read { try $0.chainHead() }
    }
  }
}
