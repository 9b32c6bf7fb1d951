internal import Hypervisor
internal import Inventory

/// A migration in doubt: an answer did not come, an order failed, the service was started again, or somebody wants it to
/// end. There is one way out of all of them: ask both hosts what is true, and do what the table says.
extension LiveMigration {
  mutating func doubt(
    _ why: String, at now: Instant, _ numbers: inout OrderNumbers, _ lost: Set<String>
  ) -> MigrationStep {
    awaited = []
    conclusion = nil
    inquiries += 1
    guard inquiries <= Self.maxInquiries else { return park("\(why); it was asked \(inquiries) times", at: now) }
    // What was ordered before and is still on its way must not be carried out any more.
    numbers.raiseEpoch()
    inquiry = Inquiry(why: why, begun: inquiry?.begun ?? now)
    var step = MigrationStep()
    step.changes.append(
      StateChange(
        at: now, subject: subject, old: phase.rawValue, new: "in doubt", because: why))
    step.events.append(
      event(.migrationPhase, at: now, [.init("phase", "asking"), .init("epoch", .int(Int64(numbers.epoch)))], why))
    step.add(ask(at: now, &numbers, lost))
    return step
  }

  /// Asks both hosts.
  mutating func ask(at now: Instant, _ numbers: inout OrderNumbers, _ lost: Set<String>) -> MigrationStep {
    guard let open = inquiry else { return MigrationStep() }
    var step = MigrationStep()
    inquiry = Inquiry(why: open.why, begun: open.begun)
    awaited = []
    for host in [source, target] {
      if lost.contains(host.name) {
        note(.unreachable, nil, of: host.name)
      } else {
        order(.report, on: host, at: now, &numbers, &step)
      }
    }
    step.add(decide(at: now, &numbers, lost))
    return step
  }

  /// An answer to an inquiry.
  mutating func hear(
    _ result: Message.Result, from host: String, at now: Instant, _ numbers: inout OrderNumbers, _ lost: Set<String>
  ) -> MigrationStep {
    switch result {
    case .report(let report): note(Truth(report), report, of: host)
    // The copy that was in the way is removed.
    case .done: note(.none, nil, of: host)
    default: note(.unreachable, nil, of: host)
    }
    return decide(at: now, &numbers, lost)
  }

  /// No answer came to an order.
  mutating func miss(
    _ missed: Order, because why: String, at now: Instant, _ numbers: inout OrderNumbers, _ lost: Set<String>
  ) -> MigrationStep {
    guard inquiry != nil else { return doubt(why, at: now, &numbers, lost) }
    awaited.removeAll { $0.order.number == missed.number }
    note(.unreachable, nil, of: missed.host)
    return decide(at: now, &numbers, lost)
  }

  private mutating func note(_ truth: Truth, _ report: CopyReport?, of host: String) {
    if host == source.name {
      inquiry?.sourceTruth = truth
      inquiry?.source = report
    } else {
      inquiry?.targetTruth = truth
      inquiry?.target = report
    }
  }

  private var stage: RecoveryTable.Stage {
    switch phase {
    case .queued, .prepare, .precopy: .copying
    case .stopped: .stopped
    case .commit: .committed
    case .running: .handedOver
    }
  }

  /// Once both hosts were heard or given up, the table says what follows.
  private mutating func decide(
    at now: Instant, _ numbers: inout OrderNumbers, _ lost: Set<String>
  ) -> MigrationStep {
    guard awaited.isEmpty, let found = inquiry, let sourceTruth = found.sourceTruth, let targetTruth = found.targetTruth
    else {
      return MigrationStep()
    }
    let verdict = RecoveryTable.verdict(
      stage, source: sourceTruth, target: targetTruth, targetNeverRan: Self.targetNeverRan(found), owner: owner(found))
    let why = found.why
    switch verdict {
    case .removeTarget:
      awaited = []
      var step = MigrationStep()
      order(.destroy, on: target, at: now, &numbers, &step)
      return step
    case .rollBack: return rollBack(sourceTruth, targetTruth, why, at: now, &numbers)
    case .resumeTarget: return resumeTarget(why, at: now, &numbers)
    case .finish where sourceTruth == .unreachable:
      return finish(because: "\(why); \(source.name) does not answer and has to be cleaned", at: now, &numbers)
    case .finish: return finish(because: nil, at: now, &numbers)
    case .finishStopped:
      inquiry = nil
      return conclude(
        .completed, [.destroy], on: source, because: "\(why); its copy on \(target.name) stands still, as others left it",
        at: now, &numbers)
    case .down: return goDown(sourceTruth, targetTruth, why, at: now, &numbers)
    case .park(let freezeSource, let freezeTarget, let reason):
      var step = park("\(why): \(reason)", at: now)
      for (host, isFrozen) in [(source, freezeSource), (target, freezeTarget)] where isFrozen {
        step.orders.append(numbers.order(.stop, of: vm.name, on: host.name))
      }
      return step
    case .wait(let reason):
      guard now.seconds(since: found.begun) < Self.patienceSeconds else { return park("\(why): \(reason)", at: now) }
      inquiry?.nextTry = now.adding(seconds: Self.retrySeconds)
      return MigrationStep()
    }
  }

  /// The disks' generation grows with each start: as long as it is that of the source's memory, the target never ran.
  private static func targetNeverRan(_ found: Inquiry) -> Bool? {
    guard let generation = found.source?.generation ?? found.target?.generation else { return nil }
    // The target's memory is as of the source's stop.
    guard let memory = found.source?.memoryGeneration ?? found.target?.memoryGeneration else { return nil }
    return memory == generation
  }

  private func owner(_ found: Inquiry) -> RecoveryTable.Side? {
    switch found.source?.owner ?? found.target?.owner {
    case source.name?: .source
    case target.name?: .target
    default: nil
    }
  }

  private mutating func rollBack(
    _ sourceTruth: Truth, _ targetTruth: Truth, _ why: String, at now: Instant, _ numbers: inout OrderNumbers
  ) -> MigrationStep {
    inquiry = nil
    var orders: [Order.Action] = []
    if targetTruth != .unreachable, targetTruth != .none { orders.append(.destroy) }
    switch sourceTruth {
    case .paused: orders.append(.resume)
    case .running: orders.append(.endCopying)
    default: break
    }
    return conclude(cancelledBy == nil ? .rolledBack : .cancelled, orders, because: why, at: now, &numbers)
  }

  private mutating func resumeTarget(_ why: String, at now: Instant, _ numbers: inout OrderNumbers) -> MigrationStep {
    inquiry = nil
    var step = MigrationStep()
    if phase != .commit { enter(.commit, because: "the source has lost it, the target has everything", at: now, [], &step) }
    order(.resume, on: target, at: now, &numbers, &step)
    return step
  }

  /// The target runs it.
  private mutating func finish(because why: String?, at now: Instant, _ numbers: inout OrderNumbers) -> MigrationStep {
    inquiry = nil
    var step = MigrationStep()
    if phase != .running {
      step = handedOver(at: now, &numbers)
    } else if why == nil {
      order(.destroy, on: source, at: now, &numbers, &step)
    }
    guard let why else { return step }
    step.orders = []
    step.add(end(.completed, because: why, at: now))
    return step
  }

  /// Nothing runs, and there is no memory that could: the VM is down.
  private mutating func goDown(
    _ sourceTruth: Truth, _ targetTruth: Truth, _ why: String, at now: Instant, _ numbers: inout OrderNumbers
  ) -> MigrationStep {
    inquiry = nil
    let home = stage == .committed || stage == .handedOver ? target : source
    var step = MigrationStep()
    for (host, truth) in [(source, sourceTruth), (target, targetTruth)] where truth != .none && truth != .unreachable {
      step.orders.append(numbers.order(.destroy, of: vm.name, on: host.name))
    }
    var down = Event(occurredAt: now, type: .vmPoweredOff)
    (down.vm, down.host, down.migration, down.reason) = (vm, home, id, "\(why): no host has it any more")
    step.events.append(down)
    step.changes.append(StateChange(at: now, subject: vm.name, old: "on", new: "off", because: "no host has it any more"))
    step.add(end(.failed, because: "\(why): no host has it any more", at: now))
    return step
  }

  // MARK: Conclusions

  /// Begins the way to an end: one order after the other, each confirmed.
  mutating func conclude(
    _ ending: Ending, _ orders: [Order.Action], on host: ObjectReference? = nil, because why: String, at now: Instant,
    _ numbers: inout OrderNumbers
  ) -> MigrationStep {
    conclusion = Conclusion(orders: orders, ending: ending, why: why)
    return nextOrder(on: host, at: now, &numbers)
  }

  mutating func concludeOn(
    _ result: Message.Result, _ order: Order, at now: Instant, _ numbers: inout OrderNumbers, _ lost: Set<String>
  ) -> MigrationStep {
    guard result == .done, let open = conclusion else {
      let why = conclusion?.why ?? ""
      if case .refused(let reason) = result { return doubt("\(why); \(order.host): \(reason)", at: now, &numbers, lost) }
      return doubt("\(why); \(order.host) failed", at: now, &numbers, lost)
    }
    if case .resume = order.action { stoppedAt = nil }
    conclusion = Conclusion(orders: Array(open.orders.dropFirst()), ending: open.ending, why: open.why)
    return nextOrder(at: now, &numbers)
  }

  /// The next order of a conclusion, or the end. Copies are removed at the target, all else is for the source.
  private mutating func nextOrder(
    on host: ObjectReference? = nil, at now: Instant, _ numbers: inout OrderNumbers
  ) -> MigrationStep {
    guard let open = conclusion else { return MigrationStep() }
    guard let action = open.orders.first else { return end(open.ending, because: open.why, at: now) }
    var step = MigrationStep()
    order(action, on: host ?? (action == .destroy ? target : source), at: now, &numbers, &step)
    return step
  }

  mutating func park(_ why: String, at now: Instant) -> MigrationStep { end(.parked, because: why, at: now) }
}
