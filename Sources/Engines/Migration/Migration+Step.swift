package import Hypervisor
internal import Inventory
internal import Planning

/// One step: from the state and what happened to the next state, with what to write down and what to order then.
extension Migration {
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
    /// Nothing is awaited any more, and why: the service was started again, or it was left to a person and is taken up.
    case recover(because: String)
    /// What is free on datastores and how large they are, MiB, by name.
    case space([String: DatastoreSpace])
    /// The guest stands still because there is no space for what it writes.
    case outOfSpace(String)
  }

  mutating func step(_ input: Input, _ turn: inout Turn) {
    guard !isOver else { return }
    switch input {
    case .begin: begin(&turn)
    case .answer(let number, let result):
      guard let place = awaited.firstIndex(where: { $0.order.number == number }) else { return }
      let wait = awaited.remove(at: place)
      if wait.repeats > 0, case .copied(let pass) = result, pass.seconds <= turn.now.seconds(since: wait.sent) {
        // The host began anew: what it copied before was said to nobody.
        isCopyKnown = false
      }
      take(result, of: wait.order, &turn)
    case .tick:
      if let nextTry = inquiry?.nextTry, nextTry <= turn.now { return ask(&turn) }
      guard let late = awaited.first(where: { $0.deadline <= turn.now }) else { return }
      if late.order.action.isDiskCopy, late.repeats < Self.maxRepeats, inquiry == nil, conclusion == nil {
        // Where it still copies, it takes this for the same order; where it has ended, it answers at once.
        awaited.removeAll { $0.order.number == late.order.number }
        return order(late.order.action, on: worker, repeats: late.repeats + 1, &turn)
      }
      miss(late.order, because: "\(late.order.host) did not answer", &turn)
    case .hostLost(let host):
      guard let missed = awaited.first(where: { $0.order.host == host }) else { return }
      miss(missed.order, because: "\(host) does not answer any more", &turn)
    case .hostFound(let host):
      if inquiry?.nextTry != nil { return ask(&turn) }
      // What it answered while nobody heard it is not said again.
      guard inquiry == nil, conclusion == nil, awaited.contains(where: { $0.order.host == host }) else { return }
      if stoppedAt != nil || !concernsTwoHosts { doubt("\(host) answers again", &turn) }
    case .cancel(let actor): cancel(by: actor, &turn)
    case .recover(let why):
      (awaited, conclusion, watch) = ([], nil, nil)
      if phase != .queued { doubt(why, &turn) }
    case .space(let space): take(space, &turn)
    case .outOfSpace(let why):
      (lacksSpace, stoppedAt) = (true, stoppedAt ?? turn.now)
      if inquiry == nil { reverse(why, &turn) }
    }
  }

  private mutating func begin(_ turn: inout Turn) {
    begunAt = turn.now
    var detail: [JSONValue.Member] = [.init("kind", .string(kind.rawValue))]
    detail.append(.init("power", isOn ? "on" : "off"))
    turn.step.events.append(event(.migrationStarted, at: turn.now, detail))
    if movesMemory {
      enter(.prepare, because: "its turn has come", &turn)
      order(.prepare(source: source.name), on: target, &turn)
    } else if let files {
      enter(.create, because: "its turn has come", &turn)
      order(.createDisks(to: files.places), on: worker, &turn)
    } else {
      end(.completed, because: "it is off: it is only known elsewhere from now on", &turn)
    }
  }

  private mutating func take(_ result: Message.Result, of order: Order, _ turn: inout Turn) {
    if case .throttle = order.action, result == .done, phase != .precopy { return }
    if inquiry != nil { return hear(result, from: order.host, &turn) }
    if conclusion != nil { return conclude(result, order, &turn) }
    switch result {
    case .refused(let why), .failed(let why):
      targetCannotRun = targetCannotRun || movesMemory && phase == .commit && order.host == target.name
      return doubt("\(order.host): \(why)", &turn)
    case .outdated(let known):
      turn.numbers.raiseEpoch(above: known)
      return doubt("\(order.host) knows of a newer epoch", &turn)
    default: break
    }
    if phase == .rollback { return takeRollback(result, order, &turn) }
    switch (order.action, result) {
    case (.prepare, .done): prepared(&turn)
    case (.createDisks, .done): created(&turn)
    case (.throttle, .done): beginPass(&turn)
    case (.copyPass, .copied(let pass)): passEnded(pass, &turn)
    case (.stop, .done): stopped(&turn)
    case (.copyRest, .copied(let rest)): commit(rest, &turn)
    case (.resume, .done): resumed(&turn)
    case (.destroy, .done): sourceCleaned(&turn)
    case (.freezeBase, .done): frozen(&turn)
    case (.mirror, .copied(let pass)), (.diskPass, .copied(let pass)), (.copyBase, .copied(let pass)):
      diskPassEnded(pass, &turn)
    case (.diskRest, .copied(let rest)): diskRestCopied(rest, &turn)
    case (.openDisks, .done): disksOpened(&turn)
    case (.commitLog, .copied(let log)): logMerged(log, &turn)
    case (.lastCommit, .copied(let rest)): lastMerged(rest, &turn)
    case (.removeDisks, .done): end(.completed, because: nil, &turn)
    default: doubt("\(order.host) answered something else than it was asked", &turn)
    }
  }

  /// The guest stands still.
  private mutating func stopped(_ turn: inout Turn) {
    stoppedAt = stoppedAt ?? turn.now
    if movesMemory, !hasArrived {
      enter(.stopped, because: "what is left fits into the pause allowed", &turn)
      if kind == .liveStorage {
        order(.diskRest, on: worker, &turn)
      } else {
        order(.copyRest(target: target.name), on: source, &turn)
      }
    } else {
      filesStopped(&turn)
    }
  }

  /// The guest goes on.
  private mutating func resumed(_ turn: inout Turn) {
    goOn(at: turn.now)
    if movesMemory, !hasArrived { return handedOver(&turn) }
    if phase == .lastMerge { mergedAll(&turn) } else { filesOpened(&turn) }
  }

  /// Counts how long it stood still.
  mutating func goOn(at now: Instant) {
    if let stoppedAt { standstill += now.seconds(since: stoppedAt) }
    // A guest that is told to go on does so at full speed.
    (stoppedAt, lacksSpace, throttle) = (nil, false, 0)
  }

  /// Whether there is a way back: not once the target may run, or its files may be the copies.
  package var canBeCancelled: Bool {
    switch phase {
    case .queued, .prepare, .create, .freeze, .precopy, .stopped: true
    case .copy: !hasArrived
    default: false
    }
  }

  private mutating func cancel(by actor: String?, _ turn: inout Turn) {
    guard canBeCancelled, cancelledBy == nil else { return }
    cancelledBy = actor ?? "somebody"
    let why = "cancelled by \(cancelledBy ?? "")"
    if phase == .queued { return end(.cancelled, because: why, &turn) }
    // An order to stop may be under way, and its answer with it: what is true decides.
    reverse(why, &turn)
  }

  // MARK: Parts of steps

  /// The journal's next entry.
  mutating func enter(_ next: Phase, because: String, _ turn: inout Turn, _ detail: [JSONValue.Member] = []) {
    turn.tell(subject, phase.rawValue, next.rawValue, because: because)
    phase = next
    turn.step.events.append(
      event(.migrationPhase, at: turn.now, [.init("phase", .string(next.rawValue))] + detail, because))
  }

  mutating func order(_ action: Order.Action, on host: ObjectReference, repeats: Int = 0, _ turn: inout Turn) {
    let order = turn.numbers.order(
      action, of: vm.name, on: host.name, most: settings.bandwidthMiBPerSecond)
    turn.step.orders.append(order)
    awaited.append(
      Awaited(
        order: order, sent: turn.now, deadline: turn.now.adding(seconds: limit(of: action)), repeats: repeats))
  }

  /// How long an order may take: a copy as long as its links may be shared, and more.
  private func limit(of action: Order.Action) -> Double {
    switch action {
    case .copyPass:
      return Self.answerSeconds + 8 * memoryMiB * Double(max(1, settings.perHost)) / max(1, linkMiBPerSecond)
    // The guest stands still meanwhile: nobody waits longer than what is left can take.
    case .copyRest:
      let seconds = (leftMiB ?? memoryMiB) / max(1, linkMiBPerSecond)
      return Self.standstillSeconds + 2 * seconds * Double(max(1, settings.perHost))
    case .diskRest where isOn, .lastCommit where isOn:
      let whole = files?.slowestSeconds ?? 0
      let part = leftMiB.map { min(1, $0 / max(1, files?.sizeMiB ?? 1)) } ?? 1
      return Self.standstillSeconds + 2 * whole * part * Double(max(1, settings.perDatastore))
    // A copy that goes on is taken over when it is asked for again.
    case .mirror, .diskPass, .diskRest, .copyBase, .commitLog, .lastCommit:
      return Self.answerSeconds + 1.5 * (files?.slowestSeconds ?? 0)
    default:
      let seconds = stoppedAt == nil ? Self.answerSeconds : Self.standstillSeconds
      return seconds + settings.switchMilliseconds / 1000
    }
  }

  /// Counts a pass of a phase, and tells what the journal keeps of it.
  mutating func count(_ pass: Copied, of next: Phase) -> [JSONValue.Member] {
    passes += 1
    (leftMiB, inquiries) = (pass.dirtyMiB, 0)
    passesInPhase = next == phase ? passesInPhase + 1 : 1
    copiedMiB += pass.mib + pass.mirroredMiB
    let seconds = pass.seconds
    var detail: [JSONValue.Member] = [
      .init("pass", .int(Int64(passes))), .init("bytes", .int(Self.bytes(pass.mib + pass.mirroredMiB))),
      .init("duration_s", .double(seconds)),
    ]
    if seconds > 0 {
      detail.append(.init("rate_mib_s", .double(Self.inThousandths(pass.mib / seconds))))
      detail.append(.init("dirty_mib_s", .double(Self.inThousandths(pass.dirtyMiB / seconds))))
    }
    detail.append(.init("left_mib", .double(Self.inThousandths(pass.dirtyMiB))))
    return detail
  }

  static func bytes(_ mib: Double) -> Int64 { Int64((mib * 1_048_576).rounded()) }

  static func inThousandths(_ rate: Double) -> Double { (rate * 1000).rounded() / 1000 }

  /// With one digit behind the point.
  static func rounded(_ mib: Double) -> String {
    let tenths = Int64((mib * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
