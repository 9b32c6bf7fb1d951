internal import Inventory

/// One move on its way: what follows each time that all it waits for has ended.
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

  private enum Stage { case queued, base, reopening, diskPass, diskRest, memoryPass, memoryRest, switching, over }

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
    case .reopening:
      forecast.downtimeSeconds += seconds
      return passEnded(isSmallEnough: fitsThreshold, at: now)
    case .diskPass:
      noteDisks(seconds)
      return passEnded(isSmallEnough: fitsThreshold, at: now)
    case .memoryPass: return memoryPassEnded(seconds, at: now, alone: alone)
    case .diskRest, .memoryRest:
      forecast.downtimeSeconds += seconds
      // A log's rest is committed into files that the VM has already.
      return stage == .diskRest && move.way == .redoLog ? end(.completed, at: now) : switchOver(at: now)
    case .switching:
      forecast.downtimeSeconds += seconds
      return end(.completed, at: now)
    case .queued, .over: return .over
    }
  }

  // MARK: Disks

  private mutating func baseEnded(_ seconds: Double, at now: Instant) -> Next {
    noteDisks(seconds)
    switch move.way {
    case .mirror:
      forecast.mirroredMiB += move.disks.filter { $0.mib > 0 }.reduce(0) { $0 + $1.writeMiBPerSecond * seconds / 2 }
      return move.memory == nil ? switchOver(at: now) : beginMemory(at: now)
    case .changedBlocks: return passEnded(isSmallEnough: fitsThreshold, at: now)
    case .redoLog: return wait(.reopening, move.settings.switchMilliseconds / 1000, at: now)
    }
  }

  private mutating func noteDisks(_ seconds: Double) {
    notePass()
    rests = move.disks.map { $0.written(in: seconds, speed: speed) }
  }

  private var fitsThreshold: Bool { restMiB <= move.settings.storageThresholdMiB }

  /// What a pass over what was written has to copy, and how.
  private var restParts: [Part] {
    if let memory = move.memory, stage == .memoryPass { return [Part(mib: restMiB, links: memory.links)] }
    return zip(move.disks, rests).map { disk, rest in
      Part(mib: rest, links: move.way == .redoLog ? [.commit(disk.target)] : disk.links)
    }
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

  /// The next pass, the standstill, or what the settings say where neither helps.
  private mutating func passEnded(isSmallEnough: Bool, at now: Instant) -> Next {
    let isMemory = stage == .memoryPass
    let (pass, rest) = isMemory ? (Stage.memoryPass, Stage.memoryRest) : (.diskPass, .diskRest)
    if isSmallEnough { return copy(rest, restParts, at: now) }
    if passes < move.settings.maxPasses, restMiB < lastMiB || passes == 1 { return copy(pass, restParts, at: now) }
    switch move.settings.notConverging {
    case .force: return copy(rest, restParts, at: now)
    case .throttle where throttle < 99 && passes / 2 < move.settings.maxPasses:
      throttle = throttle == 0 ? 20 : min(99, throttle + 10)
      return copy(pass, restParts, at: now)
    case .throttle, .abort: return end(.givenUp, at: now)
    }
  }

  // MARK: Steps

  private mutating func copy(_ next: Stage, _ what: [Part], at now: Instant) -> Next {
    (stage, since, parts) = (next, now, what)
    return .copy(what)
  }

  private mutating func wait(_ next: Stage, _ seconds: Double, at now: Instant) -> Next {
    (stage, since, parts) = (next, now, [])
    return .wait(seconds)
  }

  /// Where memory and disks go together, the disks are opened at the target and then the copy there is let run: either takes
  /// a switch.
  private mutating func switchOver(at now: Instant) -> Next {
    let switches = move.memory == nil || move.disks.isEmpty ? 1.0 : 2
    return wait(.switching, switches * move.settings.switchMilliseconds / 1000, at: now)
  }

  private mutating func end(_ ending: MoveForecast.Ending, at now: Instant) -> Next {
    (stage, parts) = (.over, [])
    (forecast.ending, forecast.ends) = (ending, now)
    return .over
  }
}
