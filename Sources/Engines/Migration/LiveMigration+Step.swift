package import Hypervisor
package import Inventory
internal import Planning

extension LiveMigration {
  /// What can happen to a migration.
  package enum Input: Sendable {
    /// It leaves the queue.
    case begin
    case answer(order: Int, Message.Result)
    /// Time has gone on.
    case tick
    case hostLost(String)
    case hostFound(String)
    case cancel(by: String?)
    /// The service was started again: what it awaited before is unknown.
    case recover
  }

  /// One step: from the state and what happened to the next state, with what to write down and what to order then.
  /// - Parameter lost: hosts that do not answer.
  package mutating func step(
    _ input: Input, at now: Instant, _ numbers: inout OrderNumbers, lost: Set<String>
  ) -> MigrationStep {
    guard !isOver else { return MigrationStep() }
    switch input {
    case .begin: return begin(at: now, &numbers)
    case .answer(let number, let result):
      guard let place = awaited.firstIndex(where: { $0.order.number == number }) else { return MigrationStep() }
      let order = awaited.remove(at: place).order
      return take(result, of: order, at: now, &numbers, lost)
    case .tick:
      if let nextTry = inquiry?.nextTry, nextTry <= now { return ask(at: now, &numbers, lost) }
      guard let late = awaited.first(where: { $0.deadline <= now }) else { return MigrationStep() }
      return miss(late.order, because: "\(late.order.host) did not answer", at: now, &numbers, lost)
    case .hostLost(let host):
      guard let missed = awaited.first(where: { $0.order.host == host }) else { return MigrationStep() }
      return miss(missed.order, because: "\(host) does not answer any more", at: now, &numbers, lost)
    case .hostFound: return inquiry?.nextTry == nil ? MigrationStep() : ask(at: now, &numbers, lost)
    case .cancel(let actor): return cancel(by: actor, at: now, &numbers, lost)
    case .recover:
      awaited = []
      conclusion = nil
      guard phase != .queued else { return MigrationStep() }
      return doubt("the service was started again", at: now, &numbers, lost)
    }
  }

  private mutating func begin(at now: Instant, _ numbers: inout OrderNumbers) -> MigrationStep {
    var step = MigrationStep()
    begunAt = now
    step.events.append(event(.migrationStarted, at: now, [.init("kind", "live"), .init("power", "on")]))
    enter(.prepare, because: "its turn has come", at: now, [], &step)
    order(.prepare(source: source.name), on: target, at: now, &numbers, &step)
    return step
  }

  private mutating func take(
    _ result: Message.Result, of order: Order, at now: Instant, _ numbers: inout OrderNumbers, _ lost: Set<String>
  ) -> MigrationStep {
    if inquiry != nil { return hear(result, from: order.host, at: now, &numbers, lost) }
    if conclusion != nil { return concludeOn(result, order, at: now, &numbers, lost) }
    switch (order.action, result) {
    case (.prepare, .done), (.throttle, .done): return beginPass(at: now, &numbers)
    case (.copyPass, .copied(let pass)): return passEnded(pass, at: now, &numbers, lost)
    case (.stop, .done): return stopped(at: now, &numbers)
    case (.copyRest, .copied(let rest)): return commit(rest, at: now, &numbers)
    case (.resume, .done): return handedOver(at: now, &numbers)
    case (.destroy, .done): return end(.completed, because: nil, at: now)
    case (_, .refused(let why)), (_, .failed(let why)):
      return doubt("\(order.host): \(why)", at: now, &numbers, lost)
    default: return doubt("\(order.host) answered something else than it was asked", at: now, &numbers, lost)
    }
  }

  private mutating func beginPass(at now: Instant, _ numbers: inout OrderNumbers) -> MigrationStep {
    var step = MigrationStep()
    order(.copyPass(target: target.name), on: source, at: now, &numbers, &step)
    return step
  }

  private mutating func passEnded(
    _ pass: Copied, at now: Instant, _ numbers: inout OrderNumbers, _ lost: Set<String>
  ) -> MigrationStep {
    var step = MigrationStep()
    passes += 1
    copiedMiB += pass.mib
    let rate = pass.seconds > 0 ? pass.mib / pass.seconds : linkMiBPerSecond
    enter(
      .precopy, because: "pass \(passes) left \(Self.rounded(pass.dirtyMiB)) MiB of \(Self.rounded(pass.mib))", at: now,
      [
        .init("pass", .int(Int64(passes))), .init("bytes", .int(Self.bytes(pass.mib))),
        .init("duration_s", .double(pass.seconds)),
        .init("rate_mib_s", .double(Self.inThousandths(rate))),
        .init("dirty_mib_s", .double(pass.seconds > 0 ? Self.inThousandths(pass.dirtyMiB / pass.seconds) : 0)),
      ], &step)
    let threshold = LiveForecast.thresholdMiB(
      linkMiBPerSecond: rate, downtimeLimitMilliseconds: settings.downtimeLimitMilliseconds)
    if LiveForecast.mayHandOver(pendingMiB: pass.dirtyMiB, thresholdMiB: threshold) {
      order(.stop, on: source, at: now, &numbers, &step)
    } else if passes < settings.maxPasses, pass.dirtyMiB < pass.mib || passes == 1 {
      order(.copyPass(target: target.name), on: source, at: now, &numbers, &step)
    } else {
      step.add(notConverging(pass, at: now, &numbers, lost))
    }
    return step
  }

  /// What the guest writes is written as fast as it is copied: the cluster's settings say what happens.
  private mutating func notConverging(
    _ pass: Copied, at now: Instant, _ numbers: inout OrderNumbers, _ lost: Set<String>
  ) -> MigrationStep {
    var step = MigrationStep()
    switch settings.notConverging {
    case .force: order(.stop, on: source, at: now, &numbers, &step)
    case .throttle where throttle < 99 && passes < 2 * settings.maxPasses:
      throttle = throttle == 0 ? 20 : min(99, throttle + 10)
      order(.throttle(percent: throttle), on: source, at: now, &numbers, &step)
    case .throttle, .abort:
      let why = "the passes get no smaller: \(Self.rounded(pass.dirtyMiB)) MiB are left after pass \(passes)"
      return conclude(.rolledBack, [.destroy, .endCopying], because: why, at: now, &numbers)
    }
    return step
  }

  private mutating func stopped(at now: Instant, _ numbers: inout OrderNumbers) -> MigrationStep {
    var step = MigrationStep()
    stoppedAt = now
    enter(.stopped, because: "what is left fits into the pause allowed", at: now, [], &step)
    order(.copyRest(target: target.name), on: source, at: now, &numbers, &step)
    return step
  }

  /// From here on the target may run: the hand-over.
  private mutating func commit(_ rest: Copied, at now: Instant, _ numbers: inout OrderNumbers) -> MigrationStep {
    var step = MigrationStep()
    copiedMiB += rest.mib
    enter(
      .commit, because: "the target has everything", at: now,
      [.init("bytes", .int(Self.bytes(rest.mib))), .init("duration_s", .double(rest.seconds))], &step)
    order(.resume, on: target, at: now, &numbers, &step)
    return step
  }

  mutating func handedOver(at now: Instant, _ numbers: inout OrderNumbers) -> MigrationStep {
    var step = MigrationStep()
    resumedAt = now
    enter(.running, because: "\(target.name) runs it", at: now, [], &step)
    step.changes.append(
      StateChange(at: now, subject: vm.name, old: "on \(source.name)", new: "on \(target.name)", because: "live migration"))
    order(.destroy, on: source, at: now, &numbers, &step)
    return step
  }

  private mutating func cancel(
    by actor: String?, at now: Instant, _ numbers: inout OrderNumbers, _ lost: Set<String>
  ) -> MigrationStep {
    // Once the target may run there is no way back.
    guard phase != .commit, phase != .running, cancelledBy == nil else { return MigrationStep() }
    cancelledBy = actor ?? "somebody"
    if phase == .queued { return end(.cancelled, because: "cancelled by \(cancelledBy ?? "")", at: now) }
    // An order to stop may be under way, and its answer with it: what is true decides.
    return doubt("cancelled by \(cancelledBy ?? "")", at: now, &numbers, lost)
  }

  // MARK: Parts of steps

  /// The journal's next entry.
  mutating func enter(
    _ next: Phase, because: String, at now: Instant, _ detail: [JSONValue.Member], _ step: inout MigrationStep
  ) {
    step.changes.append(
      StateChange(
        at: now, subject: subject, old: phase.rawValue, new: next.rawValue, because: because))
    phase = next
    step.events.append(event(.migrationPhase, at: now, [.init("phase", .string(next.rawValue))] + detail, because))
  }

  mutating func order(
    _ action: Order.Action, on host: ObjectReference, at now: Instant, _ numbers: inout OrderNumbers,
    _ step: inout MigrationStep
  ) {
    let order = numbers.order(action, of: vm.name, on: host.name)
    step.orders.append(order)
    awaited.append(Awaited(order: order, deadline: now.adding(seconds: limit(of: action))))
  }

  /// How long an order may take: a pass as long as its links may be shared, and more.
  private func limit(of action: Order.Action) -> Double {
    switch action {
    case .copyPass, .copyRest:
      Self.answerSeconds + 8 * memoryMiB * Double(max(1, settings.perHost)) / max(1, linkMiBPerSecond)
    default: Self.answerSeconds + settings.switchMilliseconds / 1000
    }
  }

  static func bytes(_ mib: Double) -> Int64 { Int64((mib * 1_048_576).rounded()) }

  static func inThousandths(_ rate: Double) -> Double { (rate * 1000).rounded() / 1000 }

  /// With one digit behind the point.
  static func rounded(_ mib: Double) -> String {
    let tenths = Int64((mib * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
