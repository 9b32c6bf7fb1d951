internal import Crypto
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
  /// The time in the name of the file or folder, where it could not be used because its zone is not known; else nil.
  private(set) var withoutZone: String?

  /// - Parameters:
  ///   - given: the time that a person gave.
  ///   - zone: of a time in the name of the file or of its folder; nil where a person named none.
  ///   - others: the dates of the other inventories in the folder. Files of one export are one inventory: their time is the
  ///     date of the last of them, or the order in which they were written would decide what was seen first.
  ///   - now: the date of what came through a pipe.
  init(path: InputPath, given: Instant?, zone: String?, others: [Instant], now: Instant) throws {
    digest = try fileDigest(path: path)
    givenAt = given
    let named = NamedTime(of: path)
    if let time = try given ?? named?.instant(inZone: zone) {
      (at, origin) = (time, .given)
      return
    }
    withoutZone = named?.text
    guard let date = Self.date(of: path, now: now) else {
      throw YadokariError(.failed, "\(path) has no date, or an impossible one; say with --at when the inventory was taken")
    }
    let together = others.filter { abs($0.seconds(since: date)) <= Self.longestExport }
    (at, origin) = (max(date, together.max() ?? date), .fileDate)
  }

  /// - Parameters:
  ///   - stated: the time that the file itself gives.
  ///   - given: the time that a person gave, which wins.
  init(path: InputPath, stated: Instant, given: Instant?) throws {
    digest = try fileDigest(path: path)
    (at, origin, givenAt) = (given ?? stated, .given, given)
  }

  /// - Parameters:
  ///   - digest: of all files of the inventory.
  ///   - stated: the time that they give themselves; nil for none.
  ///   - given: the time that a person gave, which wins.
  ///   - zone: of a time in the name of a file or of the folder; nil where a person named none.
  init(lists: [InputPath], stated: Instant?, given: Instant?, zone: String?, now: Instant) throws {
    let digests = try lists.map { try fileDigest(path: $0) }.sorted()
    // The lists of one export are one inventory, in whatever order they are named.
    digest = digests.count == 1 ? digests[0] : SHA256.hash(data: Data(digests.joined().utf8)).hexadecimal
    givenAt = given
    let named = lists.lazy.compactMap { NamedTime(of: $0) }.first
    if let time = try given ?? stated ?? named?.instant(inZone: zone) {
      (at, origin) = (time, .given)
      return
    }
    withoutZone = named?.text
    guard let date = lists.compactMap({ Self.date(of: $0, now: now) }).max() else {
      let name = lists.first?.description ?? ""
      throw YadokariError(.failed, "\(name) has no date, or an impossible one; say with --at when the inventory was taken")
    }
    (at, origin) = (date, .fileDate)
  }

  /// Files of one export lie no further apart than this, in seconds.
  private static let longestExport = 3600.0

  /// The date of a file; nil where it has none that is within the calendar.
  static func date(of path: InputPath, now: Instant) -> Instant? {
    if path.isPiped { return now }
    guard let date = try? FileManager.default.attributesOfItem(atPath: path.location)[.modificationDate] as? Date,
      let microseconds = Int64(exactly: (date.timeIntervalSince1970 * 1_000_000).rounded())
    else { return nil }
    let instant = Instant(microseconds: microseconds)
    return .distantPast < instant && instant < .distantFuture ? instant : nil
  }

  /// What the foreign keys of the inventory's records begin with.
  var keyPrefix: String { "snapshot:\(digest.prefix(16))\(givenAt.map { "@\($0)" } ?? "")" }
}
