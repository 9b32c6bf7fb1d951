internal import Hypervisor
internal import Inventory
internal import Planning

/// A migration in doubt: an answer did not come, an order failed, the service was started again, or somebody wants it to
/// end. There is one way out of all of them: ask the hosts what is true, and do what the tables say.
extension Migration {
  mutating func doubt(_ why: String, _ turn: inout Turn) {
    (awaited, conclusion, watch, waitsFor) = ([], nil, nil, [])
    inquiries += 1
    guard inquiries <= Self.maxInquiries else { return park("\(why); it was asked \(inquiries) times", &turn) }
    // What was ordered before and is still on its way must not be carried out any more.
    turn.numbers.raiseEpoch()
    inquiry = Inquiry(why: why, begun: inquiry?.begun ?? turn.now)
    // The same news again is none.
    let isNews = lastDoubt != why
    lastDoubt = why
    if isNews { turn.tell(subject, phase.rawValue, "in doubt", because: why) }
    var detail: [JSONValue.Member] = [.init("phase", "asking"), .init("epoch", .int(Int64(turn.numbers.epoch)))]
    if let reversal { detail.append(.init("reversal", .string(reversal))) }
    if let cancelledBy { detail.append(.init("cancelled_by", .string(cancelledBy))) }
    if isNews { turn.step.events.append(event(.migrationPhase, at: turn.now, detail, why)) }
    // What did not help twice may help later.
    if inquiries > 2 { inquiry?.nextTry = turn.now.adding(seconds: Self.retrySeconds) } else { ask(&turn) }
  }

  /// Asks the hosts that are concerned.
  mutating func ask(_ turn: inout Turn) {
    guard let open = inquiry else { return }
    inquiry = Inquiry(why: open.why, begun: open.begun)
    awaited = []
    for host in concernsTwoHosts ? [source, target] : [worker] {
      if turn.lost.contains(host.name) {
        note(.unreachable, nil, of: host.name)
      } else {
        order(.report, on: host, &turn)
      }
    }
    decide(&turn)
  }

  /// An answer to an inquiry.
  mutating func hear(_ result: Message.Result, from host: String, _ turn: inout Turn) {
    switch result {
    case .report(let report): note(Truth(report), report, of: host)
    // The copy that was in the way is removed.
    case .done: note(.none, nil, of: host)
    // The ledger is older than what the host knows: it was restored.
    case .outdated(let known):
      turn.numbers.raiseEpoch(above: known)
      return ask(&turn)
    default: note(.unreachable, nil, of: host)
    }
    decide(&turn)
  }

  /// No answer came to an order.
  mutating func miss(_ missed: Order, because why: String, _ turn: inout Turn) {
    if conclusion?.ending == .parked { return conclude(.failed(why), missed, &turn) }
    guard inquiry != nil else { return doubt(why, &turn) }
    awaited.removeAll { $0.order.number == missed.number }
    note(.unreachable, nil, of: missed.host)
    decide(&turn)
  }

  /// What an answer shows of how long the guest stands still, and whether it lacks space.
  mutating func noteStandstill(_ truth: Truth, on host: ObjectReference, _ report: CopyReport?, _ turn: inout Turn) {
    switch truth {
    case .paused where stoppedAt == nil: (stoppedAt, isStandstillKnown) = (turn.now, false)
    case .running where stoppedAt != nil: (stoppedAt, isStandstillKnown) = (nil, false)
    default: break
    }
    if report?.lacksSpace == true, !lacksSpace {
      var event = Event(occurredAt: turn.now, type: .other("vm.out_of_space"))
      (event.vm, event.host, event.migration) = (vm, host, id)
      event.reason = "\(host.name) answers, and there is no space for what the guest writes: it stands still"
      turn.step.events.append(event)
      turn.tell(vm.name, "on", "out of space", because: "\(host.name) answers and says so")
    }
    lacksSpace = report?.lacksSpace ?? false
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

  /// Once all were heard or given up, the tables say what follows.
  private mutating func decide(_ turn: inout Turn) {
    guard awaited.isEmpty, let found = inquiry else { return }
    self.found = found
    if !concernsTwoHosts {
      guard let truth = worker.name == source.name ? found.sourceTruth : found.targetTruth else { return }
      return decide(found, on: truth, worker.name == source.name ? found.source : found.target, &turn)
    }
    guard let sourceTruth = found.sourceTruth, let targetTruth = found.targetTruth else { return }
    decide(found, sourceTruth, targetTruth, &turn)
  }

  /// Nothing can be done before a host answers.
  mutating func wait(_ found: Inquiry, because reason: String, _ turn: inout Turn) {
    let why = "\(found.why): \(reason)"
    guard turn.now.seconds(since: found.begun) < Self.patienceSeconds else {
      waitsFor = silentHosts(found)
      return park(why, &turn)
    }
    inquiry?.nextTry = turn.now.adding(seconds: Self.retrySeconds)
  }

  /// The hosts that were asked and do not answer: what is left to a person goes on when one does.
  func silentHosts(_ found: Inquiry) -> [String] {
    let silent = [(source, found.sourceTruth), (target, found.targetTruth)].filter { $0.1 == .unreachable }
    return Set(silent.map(\.0.name)).sorted()
  }

  /// Leaves it to a person. What runs and must not is stopped before.
  mutating func park(_ why: String, freezing hosts: [ObjectReference] = [], _ turn: inout Turn) {
    let next =
      waitsFor.isEmpty
      ? "then: yadokari migration resolve \(id)" : "it goes on when \(waitsFor.joined(separator: " or ")) answers"
    conclude(
      .parked, hosts.map { Task(action: .stop, host: $0) },
      because: "\(why); \(next)", &turn)
  }

  // MARK: Conclusions

  /// Begins the way to an end: one order after the other, each confirmed.
  mutating func conclude(_ ending: Ending, _ tasks: [Task], because why: String, _ turn: inout Turn) {
    inquiry = nil
    conclusion = Conclusion(tasks: tasks, ending: ending, why: why)
    nextTask(&turn)
  }

  /// The answer to an order of a conclusion.
  mutating func conclude(_ result: Message.Result, _ order: Order, _ turn: inout Turn) {
    guard let open = conclusion else { return }
    switch result {
    case .done, .copied: break
    case .refused(let reason) where open.ending == .parked, .failed(let reason) where open.ending == .parked:
      // A person has to know that it may still run.
      awaited.removeAll { $0.order.number == order.number }
      conclusion?.why = "\(order.host) could not stop it (\(reason)); \(open.why)"
    case .refused(let reason), .failed(let reason):
      let news = "\(order.host): \(reason)"
      return doubt(open.why.contains(news) ? open.why : "\(open.why); \(news)", &turn)
    case .report, .outdated: return doubt("\(open.why); \(order.host) answered something else than it was asked", &turn)
    }
    if case .resume = order.action { goOn(at: turn.now) }
    if case .stop = order.action, result == .done {
      stoppedAt = stoppedAt ?? turn.now
      conclusion?.why = "\(order.host) stopped it; \(open.why)"
    }
    conclusion?.tasks.removeFirst()
    nextTask(&turn)
  }

  private mutating func nextTask(_ turn: inout Turn) {
    guard let open = conclusion else { return }
    guard let task = open.tasks.first else { return end(open.ending, because: open.why, &turn) }
    order(task.action, on: task.host, &turn)
  }
}
