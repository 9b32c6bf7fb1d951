import Testing

@testable import Engines

/// The table of the field's recovery rules, cell by cell.
@Suite struct RecoveryTableTests {
  private static let truths: [Truth] = [.unreachable, .none, .incomplete, .paused, .starting, .running]

  private func verdict(
    _ stage: RecoveryTable.Stage, _ source: Truth, _ target: Truth, neverRan: Bool? = nil, owner: RecoveryTable.Side? = nil
  ) -> RecoveryTable.Verdict {
    RecoveryTable.verdict(stage, source: source, target: target, targetNeverRan: neverRan, owner: owner)
  }

  /// Whatever is true and whatever the lock shows, no verdict lets one copy run while the other does or may.
  @Test func noVerdictMakesTwoRunningCopies() {
    for stage in RecoveryTable.Stage.allCases {
      for source in Self.truths {
        for target in Self.truths {
          for neverRan in [true, false, nil] {
            for owner in [RecoveryTable.Side.source, .target, nil] {
              let verdict = verdict(stage, source, target, neverRan: neverRan, owner: owner)
              let cell = "\(stage) \(source) \(target) \(String(describing: neverRan)) \(String(describing: owner))"
              switch verdict {
              case .resumeTarget:
                #expect(target == .paused && source != .running, "\(cell)")
                // A source that does not answer has let go of the disks, and the target never had them.
                if source == .unreachable { #expect(neverRan == true && owner != .source, "\(cell)") }
              case .rollBack:
                #expect(target != .running, "\(cell)")
                if stage == .committed { #expect(target != .unreachable && neverRan == true, "\(cell)") }
                #expect(stage != .handedOver, "\(cell)")
              case .finish: #expect(target == .running && source != .running, "\(cell)")
              case .finishStopped: #expect(target == .paused && source != .running, "\(cell)")
              case .down:
                #expect(![source, target].contains(.running) && source != .unreachable, "\(cell)")
                // One that was never told to run does not.
                if target == .unreachable { #expect(stage == .copying || stage == .stopped, "\(cell)") }
              case .removeTarget: #expect(target != .running && stage != .committed && stage != .handedOver, "\(cell)")
              case .park, .wait: break
              }
            }
          }
        }
      }
    }
  }

  @Test func bothRunning() {
    for stage in RecoveryTable.Stage.allCases {
      #expect(
        verdict(stage, .running, .running, owner: .target)
          == .park(freezeSource: true, freezeTarget: false, why: "it runs on both hosts"))
      #expect(
        verdict(stage, .running, .running) == .park(freezeSource: true, freezeTarget: true, why: "it runs on both hosts"))
    }
  }

  @Test func beforeTheHandOverTheSourceRunsOn() {
    for stage in [RecoveryTable.Stage.copying, .stopped] {
      for target in [Truth.unreachable, .none, .incomplete, .paused] {
        #expect(verdict(stage, .running, target) == .rollBack)
        #expect(verdict(stage, .paused, target) == .rollBack)
        // The source may stand still: it has to be heard before the job ends.
        switch (target, verdict(stage, .unreachable, target)) {
        case (.unreachable, .wait), (.none, .wait), (.incomplete, .removeTarget): break
        // What has everything may be all that is left.
        case (.paused, .removeTarget) where stage == .copying: break
        case (.paused, .wait) where stage == .stopped: break
        case (_, let other): Issue.record("\(stage), source unreachable, target \(target): \(other)")
        }
      }
      #expect(verdict(stage, .none, .none) == .down)
      #expect(verdict(stage, .paused, .running, owner: .target) == .finish)
    }
  }

  @Test func afterTheCommitOnlyTheLockBringsItBack() {
    #expect(verdict(.committed, .paused, .paused) == .resumeTarget)
    #expect(verdict(.committed, .paused, .none, neverRan: true) == .rollBack)
    // Number 10 of the note: memory older than its disk never runs.
    #expect(verdict(.committed, .paused, .none, neverRan: false) == .down)
    guard case .park = verdict(.committed, .paused, .none) else { Issue.record("not left to a person"); return }
    #expect(verdict(.committed, .none, .paused) == .resumeTarget)
    #expect(verdict(.committed, .none, .none) == .down)
    #expect(verdict(.committed, .unreachable, .paused, neverRan: true) == .resumeTarget)
    // The one that runs holds the disks and was started last: it runs on. Where nothing shows that, it is stopped.
    guard case .wait = verdict(.committed, .running, .unreachable, neverRan: true, owner: .source) else {
      Issue.record("does not wait"); return
    }
    for (neverRan, owner) in [(nil, RecoveryTable.Side.source), (false, .source), (true, nil)] {
      guard case .park(true, false, _) = verdict(.committed, .running, .unreachable, neverRan: neverRan, owner: owner) else {
        Issue.record("two may run"); return
      }
    }
    guard case .wait = verdict(.committed, .unreachable, .paused) else { Issue.record("does not wait"); return }
    guard case .wait = verdict(.committed, .paused, .unreachable, neverRan: true) else {
      Issue.record("does not wait"); return
    }
    for source in Self.truths where ![.running, .starting].contains(source) {
      #expect(verdict(.committed, source, .running) == .finish)
    }
  }

  @Test func afterTheHandOverTheSourceNeverRuns() {
    for source in Self.truths {
      guard case .wait = verdict(.handedOver, source, .unreachable, neverRan: true) else {
        Issue.record("does not wait"); return
      }
      if ![.running, .starting].contains(source) { #expect(verdict(.handedOver, source, .running) == .finish) }
    }
    #expect(verdict(.handedOver, .paused, .none) == .down)
    #expect(verdict(.handedOver, .paused, .paused) == .finishStopped)
    #expect(verdict(.handedOver, .none, .paused) == .resumeTarget)
  }
}
