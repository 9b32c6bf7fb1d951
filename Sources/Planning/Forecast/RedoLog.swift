/// A log that takes the writes of a disk: it grows by each block that is written for the first time.
package struct RedoLog: Sendable, Equatable {
  /// It grows in steps of so many MiB.
  package static let stepMiB = 16.0

  package var diskMiB: Double
  package var writeMiBPerSecond: Double
  /// The part of the disk that is written again and again.
  package var writeSetMiB: Double

  package init(diskMiB: Double, writeMiBPerSecond: Double, writeSetMiB: Double? = nil) {
    self.diskMiB = diskMiB
    self.writeMiBPerSecond = writeMiBPerSecond
    self.writeSetMiB = writeSetMiB ?? diskMiB
  }

  /// What was written after some seconds: never more than the disk.
  package func writtenMiB(after seconds: Double) -> Double {
    min(writeSetMiB, diskMiB, max(0, writeMiBPerSecond * seconds))
  }

  /// The size of its file after some seconds: in whole steps, never above the disk.
  package func sizeMiB(after seconds: Double) -> Double {
    min(diskMiB, Self.stepMiB * (writtenMiB(after: seconds) / Self.stepMiB).rounded(.up))
  }

  /// When several logs have filled what is free on the datastore on which all of them lie; nil where they never do.
  package static func secondsUntilFull(freeMiB: Double, logs: [RedoLog]) -> Double? {
    // Each grows evenly up to its end, so the sum is a line with bends where one of them ends.
    var (seconds, left) = (0.0, max(0, freeMiB))
    var growing = logs.filter { $0.writeMiBPerSecond > 0 && $0.limitMiB > 0 }.sorted { $0.endSeconds < $1.endSeconds }
    while let next = growing.first {
      let rate = growing.reduce(0) { $0 + $1.writeMiBPerSecond }
      let stretch = next.endSeconds - seconds
      if left <= rate * stretch { return seconds + left / rate }
      left -= rate * stretch
      seconds = next.endSeconds
      growing.removeFirst()
    }
    return nil
  }

  private var limitMiB: Double { min(writeSetMiB, diskMiB) }
  private var endSeconds: Double { limitMiB / writeMiBPerSecond }
}
