/// A log that takes what the guest writes on a disk: it grows by each block that is written for the first time.
struct LogFile: Sendable {
  /// It grows in steps of so many MiB.
  static let stepMiB = 16.0

  let number: Int
  /// Number of its datastore.
  let volume: Int
  /// When it began, and when the next one took over, by the guest's clock of writing.
  let begun: Double
  var ended: Double?
  /// The space that it takes.
  var sizeMiB = 0.0
  /// Counts its plans to grow: an older plan counts no more.
  var plans = 0

  /// The size for so many MiB of a disk: whole steps, never more than the disk.
  static func size(for writtenMiB: Double, of diskMiB: Double) -> Double {
    min(diskMiB, stepMiB * (writtenMiB / stepMiB).rounded(.up))
  }
}
