internal import Foundation
internal import Inventory
internal import Ledger

/// When an inventory was taken, where we have that from, and what tells it from another one.
struct SnapshotTime: Sendable {
  let at: Instant
  let origin: ImportBatch.TimeOrigin
  /// SHA-256 of the content, and the time where it was given: the same file, copied, is the same inventory.
  let identity: String

  init(path: String, given: Instant?) throws {
    let digest = try fileDigest(path: path)
    if let given {
      (at, origin, identity) = (given, .given, "\(digest)@\(given)")
      return
    }
    guard let date = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date else {
      throw YadokariError(.failed, "\(path) has no date; say with --at when the inventory was taken")
    }
    let microseconds = Int64(exactly: (date.timeIntervalSince1970 * 1_000_000).rounded())
    guard let at = microseconds.map({ Instant(microseconds: $0) }), .distantPast < at, at < .distantFuture else {
      throw YadokariError(.failed, "\(path) has an impossible date; say with --at when the inventory was taken")
    }
    (self.at, origin, identity) = (at, .fileDate, digest)
  }

  /// What the foreign keys of the inventory's records begin with.
  var keyPrefix: String { "snapshot:\(identity.prefix(16))\(origin == .given ? "@\(at)" : "")" }
}
