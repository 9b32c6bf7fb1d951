package import Inventory

/// What a live migration will take, if the guest goes on as it does: its memory is copied in passes while it runs, the rest
/// while it stands still. Several migrations on one link each have their share of it.
package struct LiveForecast: Sendable, Equatable {
  /// What the forecast rests on: sizes in MiB, speeds in MiB/s.
  package struct Load: Sendable, Equatable {
    package var memoryMiB: Double
    /// The share of the link that the copy has.
    package var linkMiBPerSecond: Double
    package var dirtyMiBPerSecond: Double
    /// The part of the memory that is written again and again.
    package var workingSetMiB: Double
    /// The largest rest that a hand-over takes along.
    package var thresholdMiB: Double
    /// What a hand-over takes besides copying.
    package var switchSeconds = 0.0
    package var maxPasses = MigrationSettings().maxPasses

    package init(
      memoryMiB: Double, linkMiBPerSecond: Double, dirtyMiBPerSecond: Double, workingSetMiB: Double, thresholdMiB: Double
    ) {
      self.memoryMiB = memoryMiB
      self.linkMiBPerSecond = linkMiBPerSecond
      self.dirtyMiBPerSecond = dirtyMiBPerSecond
      self.workingSetMiB = workingSetMiB
      self.thresholdMiB = thresholdMiB
    }

    /// A VM over a link, in a cluster with these settings.
    package init(_ vm: VirtualMachine, linkMiBPerSecond: Double, settings: MigrationSettings) {
      let rate = min(linkMiBPerSecond, settings.bandwidthMiBPerSecond ?? .infinity)
      self.init(
        memoryMiB: Double(vm.memoryMiB), linkMiBPerSecond: rate, dirtyMiBPerSecond: vm.dirtyMiBPerSecond,
        workingSetMiB: vm.workingSetMiB ?? vm.memoryActiveMiB ?? Double(vm.memoryMiB),
        thresholdMiB: LiveForecast.thresholdMiB(
          linkMiBPerSecond: rate, downtimeLimitMilliseconds: settings.downtimeLimitMilliseconds))
      switchSeconds = settings.switchMilliseconds / 1000
      maxPasses = settings.maxPasses
    }
  }

  package let load: Load
  package let precopy: CopyPasses

  package init(_ load: Load) {
    self.load = load
    precopy = CopyPasses(
      first: load.memoryMiB, firstRate: load.linkMiBPerSecond, rate: load.linkMiBPerSecond,
      written: load.dirtyMiBPerSecond, cap: min(load.workingSetMiB, load.memoryMiB), maxPasses: load.maxPasses,
      isSmallEnough: { Self.mayHandOver(pendingMiB: $0, thresholdMiB: load.thresholdMiB) })
  }

  /// What a link carries within the longest pause allowed.
  package static func thresholdMiB(linkMiBPerSecond: Double, downtimeLimitMilliseconds: Double) -> Double {
    linkMiBPerSecond * downtimeLimitMilliseconds / 1000
  }

  /// Whether so little is left that the VM may be stopped for it: less than the threshold, or nothing.
  package static func mayHandOver(pendingMiB: Double, thresholdMiB: Double) -> Bool {
    pendingMiB == 0 || pendingMiB < thresholdMiB
  }

  /// Whether the passes lead to a hand-over; where they do not, the cluster's settings say what happens.
  package var converges: Bool { precopy.ending == .smallEnough }
  /// How long the VM stands still; where the passes do not converge: if it is handed over nonetheless.
  package var downtimeSeconds: Double {
    (precopy.restMiB == 0 ? 0 : precopy.restMiB / load.linkMiBPerSecond) + load.switchSeconds
  }
  /// All that is copied, the rest at the hand-over with it.
  package var totalMiB: Double { precopy.mib + precopy.restMiB }
  /// From the first pass until the VM runs at its target.
  package var totalSeconds: Double { precopy.seconds + downtimeSeconds }
}
