internal import Foundation
package import Inventory
package import Ledger

/// A ledger in memory, with a name that no other test uses.
package func memoryLedger() throws -> Ledger {
  try Ledger.inMemory(name: UUID().uuidString, now: testNow)
}

/// The time at which tests learn of things.
package let testNow = Instant(microseconds: 1_790_000_000_000_000)
