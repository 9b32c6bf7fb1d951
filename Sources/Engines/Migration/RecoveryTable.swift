internal import Hypervisor

/// What to do with a live migration that is in doubt: the table of the field's recovery rules, as a function. What the
/// journal says is only what may have been ordered; what the hosts and the disks' lock say is true.
///
/// It never ends in two running copies: before one side is told to run, the other is known not to run, or was never told
/// to and refuses what is older than this doubt.
enum RecoveryTable {
  /// How far the journal says that it came.
  enum Stage: Sendable, CaseIterable {
    /// The source was never told to stop, or the answer to that is not in the journal.
    case copying
    /// The source stands still; the target was never told to run.
    case stopped
    /// The target has everything and may have been told to run.
    case committed
    /// The target ran.
    case handedOver
  }

  enum Verdict: Sendable, Equatable {
    /// Remove the target's copy; let the source run if it was stopped for the migration.
    case rollBack
    /// Remove the target's copy, whatever the source does, and ask again.
    case removeTarget
    /// Let the target run, then clean up.
    case resumeTarget
    /// The target runs: remove what the source has.
    case finish
    /// The target was stopped by others after it ran: remove what the source has, and leave it so.
    case finishStopped
    /// Nothing runs and no memory is of use: the VM is down.
    case down
    /// Stop those that run, leave the job to a person.
    case park(freezeSource: Bool, freezeTarget: Bool, why: String)
    /// Nothing may be done until a host answers.
    case wait(why: String)
  }

  /// - Parameters:
  ///   - targetNeverRan: whether the disks' lock shows that; nil where nothing does.
  ///   - owner: which side holds the disks; nil where nobody does or it is not known.
  static func verdict(
    _ stage: Stage, source: Truth, target: Truth, targetNeverRan: Bool?, owner: Side?
  ) -> Verdict {
    if source == .starting || target == .starting { return .wait(why: "it is being started") }
    if source == .running, target == .running {
      let why = "it runs on both hosts"
      return .park(freezeSource: owner != .source, freezeTarget: owner != .target, why: why)
    }
    switch stage {
    case .stopped where source == .none && target == .paused && targetNeverRan == true: return .resumeTarget
    // It has everything, and may be all that is left of it.
    case .stopped where source == .unreachable && target == .paused: return .wait(why: "the source does not answer")
    case .copying, .stopped: return early(source, target, owner)
    case .committed: return committed(source, target, targetNeverRan, owner)
    case .handedOver: return handedOver(source, target)
    }
  }

  enum Side: Sendable { case source, target }

  private static func early(_ source: Truth, _ target: Truth, _ owner: Side?) -> Verdict {
    switch (source, target) {
    case (.unreachable, .unreachable): .wait(why: "neither host answers")
    case (.unreachable, .running) where owner == .target: .wait(why: "the target runs it, the source does not answer")
    case (.unreachable, .running):
      .park(freezeSource: false, freezeTarget: true, why: "the target runs it and was never told to")
    // Whatever the source does, the target may never run. The source may stand still: it has to be heard.
    case (.unreachable, .incomplete), (.unreachable, .paused): .removeTarget
    case (.unreachable, .none): .wait(why: "the source does not answer")
    case (.running, _), (.paused, .unreachable), (.paused, .none), (.paused, .incomplete),
      (.paused, .paused):
      .rollBack
    // The journal is older than what happened: a database that was restored.
    case (.none, .running), (.paused, .running), (.incomplete, .running):
      owner == .target
        ? .finish
        : .park(freezeSource: false, freezeTarget: true, why: "the target runs it and was never told to")
    default: .down
    }
  }

  private static func committed(
    _ source: Truth, _ target: Truth, _ targetNeverRan: Bool?, _ owner: Side?
  ) -> Verdict {
    switch (source, target) {
    case (.unreachable, .unreachable): return .wait(why: "neither host answers")
    case (_, .running): return .finish
    // What runs with the disks in its hands, and the last that was started on them, leaves nothing for the other.
    case (.running, .unreachable) where owner == .source && targetNeverRan == true:
      return .wait(why: "the source runs it and holds its disks, the target does not answer")
    case (.running, .unreachable):
      return .park(freezeSource: true, freezeTarget: false, why: "the source runs it, the target may")
    case (.running, _):
      return targetNeverRan == true
        ? .rollBack
        : .park(freezeSource: true, freezeTarget: false, why: "the source runs it, and the target may have before")
    case (_, .unreachable): return .wait(why: "the target may run it and does not answer")
    case (.unreachable, .paused):
      // The source's stop is in the journal; it cannot run again without the disks.
      return targetNeverRan == true && owner != .source
        ? .resumeTarget : .wait(why: "the source does not answer, and may hold the disks")
    case (.unreachable, _): return .wait(why: "the source does not answer, the target has lost it")
    case (_, .paused): return .resumeTarget
    case (.paused, _):
      switch targetNeverRan {
      case true?: return .rollBack
      case false?: return .down
      case nil: return .park(freezeSource: false, freezeTarget: false, why: "nothing shows whether the target ever ran")
      }
    default: return .down
    }
  }

  private static func handedOver(_ source: Truth, _ target: Truth) -> Verdict {
    switch (source, target) {
    case (_, .unreachable): .wait(why: "the target does not answer")
    case (_, .running): .finish
    case (.running, _): .park(freezeSource: true, freezeTarget: false, why: "the source runs it after the hand-over")
    case (.none, .paused), (.incomplete, .paused): .resumeTarget
    case (_, .paused): .finishStopped
    case (.unreachable, _): .wait(why: "the target has lost it, the source does not answer")
    default: .down
    }
  }
}
