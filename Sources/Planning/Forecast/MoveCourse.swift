internal import Inventory

/// One move on its way: what follows each time that all it waits for has ended. It is what the engine decides.
struct MoveCourse {
  /// A copy to make.
  struct Part {
    let mib: Double
    let links: [SharedLink]
  }

  /// What a move does next.
  enum Next {
    /// Copies at once.
    case copy([Part])
    case wait(Double)
    case over
  }

  private enum Stage {
    case queued, base, diskPass, diskRest
    /// The VM gets the copies under its logs, and these are committed into them; or into the old files, where the copies are
    /// given up.
    case reopening, merge, lastMerge, mergeBack, lastMergeBack
    case memoryPass, memoryRest, switching, over
  }

  let move: PlannedMove
  private(set) var forecast = MoveForecast()
  private var stage = Stage.queued
  private var since = Instant.distantPast
  private var parts: [Part] = []
  /// What the last pass copied.
  private var lastMiB = 0.0
  /// What was written of each disk since the last pass over it began.
  private var rests: [Double] = []
  /// Passes of the kind that is being made.
  private var passes = 0
  /// By how much the guest is slowed, percent.
  private var throttle = 0

  init(_ move: PlannedMove) { self.move = move }

  var isQueued: Bool { stage == .queued }
  var isUnderWay: Bool { stage != .queued && stage != .over }

  /// Its turn has come.
  mutating func begin(at now: Instant) -> Next {
    forecast.begins = now
    guard move.disks.isEmpty else {
      return copy(.base, move.disks.map { Part(mib: $0.mib, links: $0.links) }, at: now)
    }
    return beginMemory(at: now)
  }

  /// What it copied has ended, or its wait.
  /// - Parameter alone: the speed of memory with no other copy there: that of a pass that took no time, MiB/s.
  mutating func goOn(at now: Instant, alone: Double) -> Next {
    let seconds = now.seconds(since: since)
    forecast.copiedMiB += parts.reduce(0) { $0 + $1.mib }
    switch stage {
    case .base: return baseEnded(seconds, at: now)
    case .diskPass:
      noteDisks(seconds)
      return passEnded(isSmallEnough: fitsThreshold, at: now)
    case .merge:
      noteDisks(seconds)
      return merged(at: now)
    case .mergeBack:
      noteDisks(seconds)
      return copyRests(fitsThreshold || passes >= move.settings.maxPasses ? .lastMergeBack : .mergeBack, at: now)
    case .memoryPass: return memoryPassEnded(seconds, at: now, alone: alone)
    case .reopening, .diskRest, .memoryRest, .lastMerge, .lastMergeBack, .switching:
      forecast.downtimeSeconds += seconds
      return stoodStill(at: now)
    case .queued, .over: return .over
    }
  }

  private mutating func stoodStill(at now: Instant) -> Next {
    switch stage {
    case .diskRest, .memoryRest: return beginSwitch(.switching, at: now)
    case .reopening:
      // The log of the base is none of the commits that have to get smaller.
      passes = 0
      return copyRests(.merge, at: now)
    case .lastMergeBack: return end(.givenUp, at: now)
    default: return end(.completed, at: now)
    }
  }

  // MARK: Disks

  private mutating func baseEnded(_ seconds: Double, at now: Instant) -> Next {
    noteDisks(seconds)
    switch move.way {
    case .mirror:
      forecast.mirroredMiB += move.disks.filter { $0.mib > 0 }.reduce(0) { $0 + $1.writeMiBPerSecond * seconds / 2 }
      return move.memory == nil ? beginSwitch(.switching, at: now) : beginMemory(at: now)
    case .changedBlocks: return passEnded(isSmallEnough: fitsThreshold, at: now)
    // Behind the switch there is no way back.
    case .redoLog where move.settings.notConverging == .abort && !move.logsGetSmall: return copyRests(.mergeBack, at: now)
    case .redoLog: return beginSwitch(.reopening, at: now)
    }
  }

  private mutating func noteDisks(_ seconds: Double) {
    notePass()
    rests = move.disks.map { $0.written(in: seconds, speed: speed) }
  }

  private var fitsThreshold: Bool { restMiB <= move.settings.storageThresholdMiB }

  /// Logs are in the copies: there is no way back, so that the guest is slowed until the next ones get smaller.
  private mutating func merged(at now: Instant) -> Next {
    if !fitsThreshold {
      if mayPassAgain { return copyRests(.merge, at: now) }
      if move.settings.notConverging != .force, throttle < Self.slowest {
        slow()
        return copyRests(.merge, at: now)
      }
    }
    return copyRests(.lastMerge, at: now)
  }

  // MARK: Memory

  private mutating func beginMemory(at now: Instant) -> Next {
    guard let memory = move.memory else { return end(.completed, at: now) }
    passes = 0
    return copy(.memoryPass, [Part(mib: memory.mib, links: memory.links)], at: now)
  }

  private mutating func memoryPassEnded(_ seconds: Double, at now: Instant, alone: Double) -> Next {
    guard let memory = move.memory else { return end(.completed, at: now) }
    notePass()
    rests = [memory.written(in: seconds, speed: speed)]
    let rate = seconds > 0 ? lastMiB / seconds : alone
    let threshold = LiveForecast.thresholdMiB(
      linkMiBPerSecond: rate, downtimeLimitMilliseconds: move.settings.downtimeLimitMilliseconds)
    let isSmall = LiveForecast.mayHandOver(pendingMiB: restMiB, thresholdMiB: threshold)
    return passEnded(isSmallEnough: isSmall, at: now)
  }

  // MARK: Passes

  private var restMiB: Double { rests.reduce(0, +) }
  private var speed: Double { 1 - Double(throttle) / 100 }

  private mutating func notePass() {
    forecast.passes += 1
    passes += 1
    lastMiB = parts.reduce(0) { $0 + $1.mib }
  }

  private var mayPassAgain: Bool { passes < move.settings.maxPasses && (restMiB < lastMiB || passes == 1) }

  /// The next pass, the standstill, or what the settings say where neither helps.
  private mutating func passEnded(isSmallEnough: Bool, at now: Instant) -> Next {
    let (pass, rest) = stage == .memoryPass ? (Stage.memoryPass, Stage.memoryRest) : (.diskPass, .diskRest)
    if isSmallEnough { return copyRests(rest, at: now) }
    if mayPassAgain { return copyRests(pass, at: now) }
    switch move.settings.notConverging {
    case .force: return copyRests(rest, at: now)
    case .throttle where throttle < Self.slowest && passes / 2 < move.settings.maxPasses:
      slow()
      return copyRests(pass, at: now)
    case .throttle, .abort: return end(.givenUp, at: now)
    }
  }

  /// By how much a guest is slowed at most, percent.
  private static let slowest = 99

  private mutating func slow() { throttle = throttle == 0 ? 20 : min(Self.slowest, throttle + 10) }

  // MARK: Steps

  /// Copies what was written meanwhile.
  private mutating func copyRests(_ next: Stage, at now: Instant) -> Next {
    if let memory = move.memory, next == .memoryPass || next == .memoryRest {
      return copy(next, [Part(mib: restMiB, links: memory.links)], at: now)
    }
    let parts = zip(move.disks, rests).map { disk, rest in
      switch next {
      case .merge, .lastMerge: Part(mib: rest, links: [.commit(disk.target)])
      case .mergeBack, .lastMergeBack: Part(mib: rest, links: [.commit(disk.source)])
      default: Part(mib: rest, links: disk.links)
      }
    }
    return copy(next, parts, at: now)
  }

  private mutating func copy(_ next: Stage, _ what: [Part], at now: Instant) -> Next {
    (stage, since, parts) = (next, now, what)
    return .copy(what)
  }

  /// The guest stands still, and its host or its files change.
  private mutating func beginSwitch(_ next: Stage, at now: Instant) -> Next {
    (stage, since, parts) = (next, now, [])
    return .wait(move.settings.switchMilliseconds / 1000)
  }

  private mutating func end(_ ending: MoveForecast.Ending, at now: Instant) -> Next {
    (stage, parts) = (.over, [])
    (forecast.ending, forecast.ends) = (ending, now)
    return .over
  }
}
