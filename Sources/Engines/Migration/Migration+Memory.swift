internal import Hypervisor
internal import Inventory
internal import Planning

/// A running VM goes to another host: its memory is copied in passes; then it stands still for a moment, the rest is copied,
/// and the target's copy runs on.
extension Migration {
  mutating func prepared(_ turn: inout Turn) {
    guard let files else { return beginPass(&turn) }
    enter(.create, because: "\(target.name) has room for it", &turn)
    order(.createDisks(to: files.places), on: worker, &turn)
  }

  mutating func beginPass(_ turn: inout Turn) { order(.copyPass(target: target.name), on: source, &turn) }

  mutating func passEnded(_ pass: Copied, _ turn: inout Turn) {
    let detail = count(pass, of: .precopy)
    let passes = passesInPhase
    enter(
      .precopy, because: "pass \(passes) left \(Self.rounded(pass.dirtyMiB)) MiB of \(Self.rounded(pass.mib))", &turn,
      detail)
    let rate = pass.seconds > 0 ? pass.mib / pass.seconds : linkMiBPerSecond
    let threshold = LiveForecast.thresholdMiB(
      linkMiBPerSecond: rate, downtimeLimitMilliseconds: settings.downtimeLimitMilliseconds)
    if LiveForecast.mayHandOver(pendingMiB: pass.dirtyMiB, thresholdMiB: threshold) {
      order(.stop, on: source, &turn)
    } else if passes < settings.maxPasses, pass.dirtyMiB < pass.mib || passes == 1 {
      beginPass(&turn)
    } else {
      notConverging(pass, &turn)
    }
  }

  /// What the guest writes is written as fast as it is copied: the cluster's settings say what happens.
  private mutating func notConverging(_ pass: Copied, _ turn: inout Turn) {
    switch settings.notConverging {
    case .force: order(.stop, on: source, &turn)
    case .throttle where throttle < 99 && passesInPhase < 2 * settings.maxPasses: slow(&turn)
    case .throttle, .abort:
      let why = "the passes get no smaller: \(Self.rounded(pass.dirtyMiB)) MiB are left after pass \(passesInPhase)"
      conclude(.rolledBack, tasksBack(isTargetThere: true, isStopped: false), because: why, &turn)
    }
  }

  /// Slows the guest further, so that what it writes can be copied.
  mutating func slow(_ turn: inout Turn) {
    slow(to: throttle == 0 ? 20 : min(99, throttle + 10), because: "what is left gets no smaller", &turn)
  }

  mutating func slow(to percent: Int, because why: String, _ turn: inout Turn) {
    turn.tell(
      subject, throttle == 0 ? "at full speed" : "slowed by \(throttle) %", "slowed by \(percent) %", because: why)
    throttle = percent
    turn.step.events.append(
      event(
        .migrationPhase, at: turn.now,
        [.init("phase", .string(phase.rawValue)), .init("throttle_percent", .int(Int64(percent)))], why))
    order(.throttle(percent: percent), on: hasArrived ? target : source, &turn)
  }

  /// From here on the target may run: the hand-over.
  mutating func commit(_ rest: Copied, _ turn: inout Turn) {
    copiedMiB += rest.mib
    enter(
      .commit, because: "the target has everything",
      &turn, [.init("bytes", .int(Self.bytes(rest.mib))), .init("duration_s", .double(rest.seconds))])
    handOver(&turn)
  }

  /// What the target is told to do: with the files where they will be.
  mutating func handOver(_ turn: inout Turn) {
    switch kind {
    case .liveStorage: order(.openDisks, on: target, &turn)
    case .upgrade: order(.freezeBase(logDatastore: files?.logDatastore), on: target, &turn)
    default: order(.resume, on: target, &turn)
    }
  }

  mutating func handedOver(_ turn: inout Turn) {
    arrive(&turn)
    order(.destroy, on: source, &turn)
  }

  /// The target runs it from now on.
  mutating func arrive(_ turn: inout Turn, isFound: Bool = false) {
    hasArrived = true
    if kind == .liveStorage { hasOpened = true }
    enter(
      .running, because: "\(target.name) runs it", &turn,
      (isFound ? [.init("found", true)] : []) + (kind == .liveStorage ? files?.settingsAfter ?? [] : []))
    let what = kind == .live ? "live migration" : "\(kind.rawValue) migration"
    turn.tell(vm.name, "on \(source.name)", "on \(target.name)", because: what)
  }

  /// The source has nothing of its memory any more.
  mutating func sourceCleaned(_ turn: inout Turn) {
    switch kind {
    case .liveStorage: order(.removeDisks(from: files?.oldPlaces ?? [:]), on: source, &turn)
    case .upgrade: copyFrozen(&turn)
    default: end(.completed, because: nil, &turn)
    }
  }
}
