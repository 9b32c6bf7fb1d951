internal import Foundation
internal import Inventory
internal import Ledger

/// When an inventory was taken, where we have that from, and what tells it from another one.
struct SnapshotTime: Sendable {
  let at: Instant
  let origin: ImportBatch.TimeOrigin
  /// SHA-256 of the content: the same file, copied, is the same inventory.
  let digest: String
  /// The time that a person gave; with another one it is another inventory.
  let givenAt: Instant?

  init(path: String, given: Instant?) throws {
    digest = try fileDigest(path: path)
    givenAt = given
    if let given {
      (at, origin) = (given, .given)
      return
    }
    guard let date = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date else {
      throw YadokariError(.failed, "\(path) has no date; say with --at when the inventory was taken")
    }
    let microseconds = Int64(exactly: (date.timeIntervalSince1970 * 1_000_000).rounded())
    guard let at = microseconds.map({ Instant(microseconds: $0) }), .distantPast < at, at < .distantFuture else {
      throw YadokariError(.failed, "\(path) has an impossible date; say with --at when the inventory was taken")
    }
    (self.at, origin) = (at, .fileDate)
  }

  /// What the foreign keys of the inventory's records begin with.
  var keyPrefix: String { "snapshot:\(digest.prefix(16))\(givenAt.map { "@\($0)" } ?? "")" }
}
