import Inventory
import Testing

@testable import Engines

/// The table of recovery for disks, cell by cell.
@Suite struct DiskRecoveryTableTests {
  private typealias Table = DiskRecoveryTable
  private static let truths: [Truth] = [.none, .paused, .starting, .running]

  private func truth(
    _ home: DiskTruth.Home, whole: Bool = false, logs: Bool = false, watched: Bool = false, seen: Bool = true
  ) -> DiskTruth {
    DiskTruth(
      home: home, isSeen: seen, isWholeAtTarget: whole, logsMiB: logs ? 100 : 0, hasLogs: logs, isFrozen: logs,
      isWatched: watched)
  }

  /// Whatever is true: the old files go only where the VM has the copies and no log is left, the copies only where it has
  /// the old files; and nobody opens a copy that is not whole, or while the guest runs.
  @Test func nothingIsLostInAnyCell() {
    let flags = [true, false]
    for stage in Table.Stage.allCases {
      for way in RelocationWay.allCases {
        for guest in Self.truths {
          for home in [DiskTruth.Home.source, .target, .mixed] {
            for (whole, logs) in flags.flatMap({ whole in flags.map { (whole, $0) } }) {
              for (watched, lacks) in flags.flatMap({ watched in flags.map { (watched, $0) } }) {
                let disks = truth(home, whole: whole, logs: logs, watched: watched)
                let verdict = Table.verdict(stage, way, guest: guest, lacksSpace: lacks, disks)
                let cell = "\(stage) \(way) \(guest) \(home) whole \(whole) logs \(logs) watched \(watched): \(verdict)"
                switch verdict {
                case .clean: #expect(home == .target && !logs && guest != .starting, "\(cell)")
                case .rollBack: #expect(home == .source, "\(cell)")
                case .open: #expect(home == .source && whole && guest != .running, "\(cell)")
                case .stop: #expect(guest == .running, "\(cell)")
                case .merge: #expect(home == .target && logs && guest == .running, "\(cell)")
                case .lastMerge: #expect(home == .target && logs && guest != .running, "\(cell)")
                case .resume: #expect(guest == .paused && home == .target, "\(cell)")
                case .copyOn: #expect(home == .source && stage == .copying, "\(cell)")
                case .park(let freezes, _): #expect(!freezes || guest == .running, "\(cell)")
                case .wait: #expect(guest == .starting, "\(cell)")
                }
              }
            }
          }
        }
      }
    }
  }

  @Test func filesThatNobodySeesAreWaitedFor() {
    for stage in Table.Stage.allCases {
      let verdict = Table.verdict(stage, .mirror, guest: .running, truth(.source, seen: false))
      #expect(verdict == .wait(why: "the host does not see all of its files"))
    }
  }

  @Test func beforeAnythingIsCopiedTheCopiesGo() {
    for guest in [Truth.running, .paused, .none] {
      #expect(Table.verdict(.begun, .redoLog, guest: guest, truth(.source, logs: true)) == .rollBack)
    }
  }

  /// A copy that goes on is taken over; where what keeps it the same is lost, it is of no use.
  @Test func aCopyUnderWay() {
    for way in [RelocationWay.mirror, .changedBlocks] {
      #expect(Table.verdict(.copying, way, guest: .running, truth(.source, watched: true)) == .copyOn)
      #expect(Table.verdict(.copying, way, guest: .running, truth(.source)) == .rollBack)
      #expect(Table.verdict(.copying, way, guest: .paused, truth(.source, watched: true)) == .rollBack)
      #expect(Table.verdict(.copying, way, guest: .none, truth(.source)) == .rollBack)
    }
    // A base that nobody writes is copied on from where it stood.
    #expect(Table.verdict(.copying, .redoLog, guest: .running, truth(.source, logs: true)) == .copyOn)
    #expect(Table.verdict(.copying, .redoLog, guest: .running, truth(.source)) == .rollBack)
    #expect(Table.verdict(.copying, .redoLog, guest: .none, truth(.source, whole: true, logs: true)) == .open)
    #expect(Table.verdict(.copying, .redoLog, guest: .none, truth(.source, logs: true)) == .rollBack)
    #expect(
      Table.verdict(.copying, .redoLog, guest: .paused, lacksSpace: true, truth(.source, whole: true, logs: true))
        == .rollBack)
    // Nobody writes a VM that is off.
    #expect(Table.verdict(.copying, .mirror, guest: .none, wasOff: true, truth(.source)) == .copyOn)
  }

  @Test func theGuestStandsStill() {
    for way in [RelocationWay.mirror, .changedBlocks] {
      #expect(Table.verdict(.stopped, way, guest: .paused, truth(.source, whole: true)) == .rollBack)
      #expect(Table.verdict(.stopped, way, guest: .none, truth(.source)) == .rollBack)
    }
  }

  @Test func atTheSwitch() {
    for guest in [Truth.paused, .none] {
      for way in RelocationWay.allCases {
        let logs = way == .redoLog
        #expect(Table.verdict(.switching, way, guest: guest, truth(.source, whole: true, logs: logs)) == .open)
        #expect(Table.verdict(.switching, way, guest: guest, truth(.source, logs: logs)) == .rollBack)
      }
    }
    #expect(Table.verdict(.switching, .mirror, guest: .running, truth(.source, whole: true)) == .stop)
    #expect(Table.verdict(.switching, .redoLog, guest: .running, truth(.source, whole: true, logs: true)) == .stop)
    #expect(Table.verdict(.switching, .changedBlocks, guest: .running, truth(.source, whole: true)) == .rollBack)
  }

  @Test func withTheCopiesThereIsOnlyTheWayForward() {
    for stage in Table.Stage.allCases {
      #expect(Table.verdict(stage, .mirror, guest: .running, truth(.target)) == .clean)
      #expect(Table.verdict(stage, .mirror, guest: .none, truth(.target)) == .clean)
      #expect(Table.verdict(stage, .mirror, guest: .paused, truth(.target)) == .resume)
      #expect(Table.verdict(stage, .redoLog, guest: .running, truth(.target, logs: true)) == .merge)
      #expect(Table.verdict(stage, .redoLog, guest: .none, truth(.target, logs: true)) == .lastMerge)
      #expect(
        Table.verdict(stage, .redoLog, guest: .paused, truth(.target, logs: true))
          == (stage == .merging ? .lastMerge : .resume))
      #expect(Table.verdict(stage, .redoLog, guest: .paused, lacksSpace: true, truth(.target, logs: true)) == .lastMerge)
    }
  }

  /// The VM went back behind its journal, or its disks are torn: only a person can tell.
  @Test func whatCannotBe() {
    for guest in [Truth.running, .paused, .none] {
      guard case .park(false, _) = Table.verdict(.copying, .mirror, guest: guest, truth(.mixed)) else {
        Issue.record("disks in two places go to a person")
        return
      }
    }
    #expect(
      Table.verdict(.opened, .mirror, guest: .running, truth(.source, whole: true))
        == .park(freeze: true, why: "it has its old files after it had the copies"))
    #expect(Table.verdict(.opened, .mirror, guest: .paused, truth(.source, whole: true)) == .open)
  }
}
