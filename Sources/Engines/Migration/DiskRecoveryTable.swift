internal import Hypervisor
internal import Inventory

/// What to do with a move of files that is in doubt: the table of the field's recovery rules, as a function. The journal
/// says what may have been ordered; which files the VM has, and what is in them, is true.
///
/// It never ends in the loss of the only complete copy: the old files are removed only once the VM has the copies and no log
/// is left, the copies only while the VM has the old files.
enum DiskRecoveryTable {
  /// How far the journal says that it came.
  enum Stage: Sendable, CaseIterable {
    /// Files are made, logs begun: nothing is copied yet.
    case begun
    case copying
    /// The guest stands still, the rest is copied.
    case stopped
    /// The copies are complete, and may be the VM's files.
    case switching
    /// They were.
    case opened
    /// The guest stands still while the last of the logs is committed.
    case merging
    /// The copies are given up.
    case rollingBack
  }

  enum Verdict: Sendable, Equatable {
    /// Give up the copies; the VM goes on with its old files.
    case rollBack
    /// Copy on where the host stands.
    case copyOn
    /// Stop the guest, so that its files can be changed.
    case stop
    /// Let the copies be the VM's files.
    case open
    /// Bring what the logs hold into the copies.
    case merge
    /// The same while the guest stands still.
    case lastMerge
    /// Let the guest go on, with the copies.
    case resume
    /// Remove the old files.
    case clean
    /// Nothing may be done until a host answers.
    case wait(why: String)
    /// Leave it to a person, after the guest was stopped where that is said.
    case park(freeze: Bool, why: String)
  }

  /// - Parameters:
  ///   - guest: the VM's copy on the host that works on its disks.
  ///   - lacksSpace: whether it stands still because there is no space for what it writes.
  ///   - wasOff: whether the VM was off before this doubt.
  ///   - isOneWay: whether there is no way back to the old files.
  static func verdict(
    _ stage: Stage, _ way: RelocationWay, guest: Truth, lacksSpace: Bool = false, wasOff: Bool = false,
    isOneWay: Bool = false, _ disks: DiskTruth
  ) -> Verdict {
    if guest == .starting { return .wait(why: "it is being started") }
    guard disks.isSeen else { return .wait(why: "the host does not see all of its files") }
    switch disks.home {
    case .mixed: return .park(freeze: false, why: "some of its disks are the copies, some the old files")
    case .target: return atTarget(stage, guest, lacksSpace, disks)
    case .source where isOneWay && (stage == .copying || stage == .switching):
      // Whatever becomes of the guest, its files have to come together on the new datastore.
      guard disks.isWholeAtTarget && disks.isFrozen else { return .copyOn }
      // One that lacks space has its disks open, though it stands still.
      return guest == .running || lacksSpace ? .stop : .open
    case .source: return atSource(stage, way, guest, lacksSpace, wasOff, disks)
    }
  }

  /// The VM has the copies: there is only the way forward.
  private static func atTarget(_ stage: Stage, _ guest: Truth, _ lacksSpace: Bool, _ disks: DiskTruth) -> Verdict {
    switch guest {
    case .running: disks.hasLogs ? .merge : .clean
    // It goes on while its logs are committed, unless little was left of them or it could not write.
    case .paused: disks.hasLogs && (stage == .merging || lacksSpace) ? .lastMerge : .resume
    default: disks.hasLogs ? .lastMerge : .clean
    }
  }

  private static func atSource(
    _ stage: Stage, _ way: RelocationWay, _ guest: Truth, _ lacksSpace: Bool, _ wasOff: Bool, _ disks: DiskTruth
  ) -> Verdict {
    let isReady = disks.isWholeAtTarget && (way != .redoLog || disks.isFrozen)
    switch stage {
    case .begun, .stopped, .rollingBack: return .rollBack
    case .opened, .merging:
      guard disks.isWholeAtTarget, guest != .running else {
        return .park(freeze: guest == .running, why: "it has its old files after it had the copies")
      }
      return .open
    case .copying where lacksSpace: return .rollBack
    case .copying where wasOff: return guest == .none ? .copyOn : .rollBack
    case .copying where way == .redoLog && guest != .running: return isReady ? .open : .rollBack
    case .copying:
      let canGoOn = way == .redoLog ? disks.isFrozen : disks.isWatched
      return guest == .running && canGoOn ? .copyOn : .rollBack
    case .switching:
      guard isReady else { return .rollBack }
      if lacksSpace { return .rollBack }
      if guest != .running { return .open }
      // Nothing keeps the copy of a running VM the same but a mirror, or a log.
      return way == .changedBlocks ? .rollBack : .stop
    }
  }
}
