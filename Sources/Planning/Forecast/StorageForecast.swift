package import Inventory

/// What moving one disk to another datastore will take, if the guest goes on writing as it does.
package struct StorageForecast: Sendable, Equatable {
  /// What the forecast rests on: sizes in MiB, speeds in MiB/s.
  package struct Load: Sendable, Equatable {
    package var diskMiB: Double
    package var copyMiBPerSecond: Double
    /// The speed at which a log is committed into its base.
    package var commitMiBPerSecond: Double
    /// Distinct blocks that the guest writes.
    package var writeMiBPerSecond = 0.0
    /// The part of the disk that is written again and again.
    package var writeSetMiB: Double
    /// The largest rest that is copied while the VM stands still.
    package var thresholdMiB = MigrationSettings().storageThresholdMiB
    package var switchSeconds = 0.0
    package var maxPasses = MigrationSettings().maxPasses

    package init(diskMiB: Double, copyMiBPerSecond: Double, commitMiBPerSecond: Double) {
      self.diskMiB = diskMiB
      self.copyMiBPerSecond = copyMiBPerSecond
      self.commitMiBPerSecond = commitMiBPerSecond
      writeSetMiB = diskMiB
    }

    /// A disk from one datastore to another, each to itself, in a cluster with these settings. A mapping file
    /// copies nothing.
    package init(_ disk: VirtualDisk, from source: Datastore, to target: Datastore, settings: MigrationSettings) {
      let most = settings.bandwidthMiBPerSecond ?? .infinity
      self.init(
        diskMiB: disk.mapping == nil ? disk.sizeMiB : 0,
        copyMiBPerSecond: min(source.copyMiBPerSecond, target.copyMiBPerSecond, most),
        commitMiBPerSecond: min(target.commitMiBPerSecond, most))
      writeMiBPerSecond = disk.writeMiBPerSecond
      writeSetMiB = min(diskMiB, disk.writeSetMiB ?? diskMiB)
      thresholdMiB = settings.storageThresholdMiB
      switchSeconds = settings.switchMilliseconds / 1000
      maxPasses = settings.maxPasses
    }
  }

  package let way: RelocationWay
  package let load: Load
  /// The base first, then what was written meanwhile: commits of logs for the REDO log, passes of changed blocks; a mirror
  /// has the base alone.
  package let passes: CopyPasses

  package init(_ load: Load, way: RelocationWay) {
    self.way = way
    self.load = load
    // A mirror leaves no rest, as if nothing were written.
    let written = way == .mirror ? 0 : load.writeMiBPerSecond
    passes = CopyPasses(
      first: load.diskMiB, firstRate: load.copyMiBPerSecond,
      rate: way == .redoLog ? load.commitMiBPerSecond : load.copyMiBPerSecond, written: written,
      cap: min(load.writeSetMiB, load.diskMiB), maxPasses: load.maxPasses,
      isSmallEnough: { $0 <= load.thresholdMiB })
  }

  /// Whether the passes lead to a switch. A mirror always does.
  package var converges: Bool { passes.ending == .smallEnough }
  /// Whether the guest writes as fast as the mirror copies, and so has to wait for it.
  package var slowsGuest: Bool { way == .mirror && load.writeMiBPerSecond >= load.copyMiBPerSecond }
  /// How long the VM stands still; where the passes do not converge: if it is switched nonetheless.
  package var downtimeSeconds: Double { (passes.restMiB == 0 ? 0 : passes.restMiB / restRate) + load.switchSeconds }
  /// From the first block until the VM runs on its new disk.
  package var totalSeconds: Double { passes.seconds + downtimeSeconds }
  /// What the guest writes twice, if it writes evenly over the disk: half of what it writes, since half is not yet copied.
  package var mirroredMiB: Double {
    way == .mirror && load.diskMiB > 0 ? load.writeMiBPerSecond * passes.seconds / 2 : 0
  }
  /// All that is written at the target, mirrored writes with it.
  package var totalMiB: Double { passes.mib + passes.restMiB + mirroredMiB }
  /// The most that the logs hold at one time: while one is committed, the next grows. Zero for the other ways.
  package var logPeakMiB: Double {
    guard way == .redoLog else { return 0 }
    let logs = passes.passes.dropFirst().map(\.mib) + [passes.restMiB]
    return zip(logs, logs.dropFirst()).map { $0 + $1 }.max() ?? passes.restMiB
  }

  private var restRate: Double { way == .redoLog ? load.commitMiBPerSecond : load.copyMiBPerSecond }
}
