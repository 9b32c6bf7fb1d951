/// Who holds the disks of a VM.
struct DiskLock: Sendable {
  /// Number of the host; nil where nobody does.
  var owner: Int?
  /// Grows with each start on the disks.
  var generation = 0
}
