internal import History
internal import Hypervisor
internal import Inventory

/// One step: from what is known and what happened to what is written down, and ordered then.
extension HardwareUpgrade {
  mutating func step(_ input: Input, _ turn: inout Turn) {
    guard !isOver else { return }
    switch input {
    case .begin:
      write(.vmUpgradeStarted, nil, [.init("power", isOn ? "on" : "off")], &turn)
      tell("scheduled", "under way", because: "its time has come", &turn)
      goOn(&turn)
    case .answer(let number, let result):
      guard let order = awaited?.order, order.number == number else { return }
      awaited = nil
      take(result, of: order.action, &turn)
    case .tick:
      if let nextTry, nextTry <= turn.now { return ask(&turn) }
      guard let late = awaited, late.deadline <= turn.now else { return }
      if case .report = late.order.action { return wait(because: "\(host.name) does not answer", &turn) }
      doubt("\(host.name) did not answer", &turn)
    case .hostLost(let lost):
      guard lost == host.name else { return }
      wait(because: "\(lost) does not answer any more", &turn)
    case .hostFound(let found):
      guard found == host.name, awaited == nil else { return }
      ask(&turn)
    case .recover: doubt("the service was started again", &turn)
    }
  }

  private mutating func take(_ result: Message.Result, of action: Order.Action, _ turn: inout Turn) {
    switch (action, result) {
    case (.report, .report(let report)): hear(report, &turn)
    case (_, .refused(let why)), (_, .failed(let why)): failed(action, "\(host.name): \(why)", &turn)
    case (_, .outdated(let known)):
      turn.numbers.raiseEpoch(above: known)
      return doubt("\(host.name) knows of a newer epoch", &turn)
    case (.powerOff, .done): noteOff(because: "its hardware is upgraded", &turn)
    case (.powerOn, .done): noteOn(because: "it was stopped for its upgrade", &turn)
    case (.upgradeHardware, .done): noteHardware(&turn)
    case (.restoreHardware, .done):
      isTorn = false
      tell("half written", "hardware \(debt.fromVersion)", because: "the saved file is put back", &turn)
    case (.upgradeTools, .done): noteTools(&turn)
    default: return doubt("\(host.name) answered something else than it was asked", &turn)
    }
    if case .report = action { return }
    if awaited == nil, nextTry == nil { goOn(&turn) }
  }

  /// An order came to nothing: what is true decides how it ends.
  private mutating func failed(_ action: Order.Action, _ why: String, _ turn: inout Turn) {
    switch action {
    case .report: return wait(because: why, &turn)
    case .powerOn:
      failedStarts += 1
      tell("off", "off", because: why, &turn)
      guard failedStarts < Self.maxStarts else {
        return end(.vmUpgradeFailed, because: "it is off and could not be started: \(why)", &turn)
      }
      nextTry = turn.now.adding(seconds: Self.retrySeconds)
    default:
      give(up: why, &turn)
      doubt(why, &turn)
    }
  }

  /// From now on the VM is only to be started again, with the hardware that it has.
  private mutating func give(up why: String, _ turn: inout Turn) {
    guard debt.cycle?.failure == nil else { return }
    write(.vmUpgradeReverting, why, [], &turn)
    tell("under way", "given up", because: why, &turn)
  }

  // MARK: Doubts

  private mutating func doubt(_ why: String, _ turn: inout Turn) {
    doubts += 1
    // What was ordered before and is still on its way must not be carried out any more.
    turn.numbers.raiseEpoch()
    tell("under way", "in doubt", because: why, &turn)
    if doubts == Self.maxDoubts { give(up: "\(why); it was asked \(doubts) times", &turn) }
    guard doubts < 2 * Self.maxDoubts else {
      return end(.vmUpgradeFailed, because: "\(why); it was asked \(doubts) times, and \(isOn ? "runs" : "is off")", &turn)
    }
    ask(&turn)
  }

  private mutating func ask(_ turn: inout Turn) {
    (awaited, nextTry) = (nil, nil)
    askedSince = askedSince ?? turn.now
    guard !turn.lost.contains(host.name) else { return wait(because: "\(host.name) does not answer", &turn) }
    order(.report, within: Self.answerSeconds, &turn)
  }

  /// Nothing can be done before the host answers. One that is lost is not asked: it tells when it is back.
  private mutating func wait(because why: String, _ turn: inout Turn) {
    (awaited, nextTry) = (nil, nil)
    let since = askedSince ?? turn.now
    askedSince = since
    if !turn.lost.contains(host.name), turn.now.seconds(since: since) < Self.patienceSeconds {
      nextTry = turn.now.adding(seconds: Self.retrySeconds)
      return
    }
    guard debt.cycle?.isWaiting == false else { return }
    let state = isOn ? "it ran" : "it was off"
    write(.vmUpgradeWaiting, "\(why); when it last answered, \(state)", [.init("power", isOn ? "on" : "off")], &turn)
    tell("under way", "waiting", because: "\(why); when it last answered, \(state)", &turn)
  }

  /// The host says what is true.
  private mutating func hear(_ report: CopyReport, _ turn: inout Turn) {
    askedSince = nil
    guard report.state != .starting, report.hardware?.isBeingUpgraded != true else {
      nextTry = turn.now.adding(seconds: Self.retrySeconds)
      return
    }
    if let owner = report.owner, owner != host.name {
      return end(.vmUpgradeFailed, because: "\(owner) holds its disks, not \(host.name)", &turn)
    }
    if report.state == .none { heardOff(&turn) } else { heardOn(report, &turn) }
    guard !isOver else { return }
    take(report.hardware, &turn)
    if !isOver { goOn(&turn) }
  }

  private mutating func heardOff(_ turn: inout Turn) {
    guard isOn else { return }
    noteOff(because: "\(host.name) does not run it", &turn)
  }

  private mutating func heardOn(_ report: CopyReport, _ turn: inout Turn) {
    guard report.state == .running || report.lacksSpace else {
      return end(.vmUpgradeFailed, because: "it stands still on \(host.name), and nobody here stopped it", &turn)
    }
    guard !isOn else { return }
    noteOn(because: "\(host.name) runs it", &turn)
  }

  /// The table of half-done hardware: see docs/migration.md.
  private mutating func take(_ found: HardwareReport?, _ turn: inout Turn) {
    guard let found else {
      return give(up: "which hardware it has is not known: \(host.name) does not tell", &turn)
    }
    isTorn = found.isTorn
    if found.isMixed, !isOn {
      return end(
        .vmUpgradeParked,
        because:
          "\(found.newDisks) of its \(found.disks) disks have new descriptors, the others old ones, and it is off: put "
          + "the descriptors right by hand, then start it and plan again", &turn)
    }
    if found.isUpgraded(to: debt.toVersion), debt.hardwareDoneAt == nil { noteHardware(&turn) }
    if found.hasCurrentTools, debt.toolsDoneAt == nil { noteTools(&turn) }
  }

  // MARK: What is found

  private mutating func noteOff(because why: String, _ turn: inout Turn) {
    isOn = false
    write(.vmPoweredOff, why, [], &turn)
    turn.tell(vm.name, "on", "off", because: why)
  }

  private mutating func noteOn(because why: String, _ turn: inout Turn) {
    isOn = true
    write(.vmPoweredOn, why, [], &turn)
    turn.tell(vm.name, "off", "on", because: why)
  }

  private mutating func noteHardware(_ turn: inout Turn) {
    isTorn = false
    let versions: JSONValue = ["from": .int(Int64(debt.fromVersion)), "to": .int(Int64(debt.toVersion))]
    let now = SettingText.object(["version": .int(Int64(debt.toVersion))]).compactText
    write(
      .vmHardwareUpgraded, nil, [.init("hardware", versions), .init("sets", ["hardware": .string(now)])], &turn)
    turn.tell(vm.name, "hardware \(debt.fromVersion)", "hardware \(debt.toVersion)", because: "it was off")
  }

  private mutating func noteTools(_ turn: inout Turn) {
    write(.vmToolsUpgraded, nil, [], &turn)
    turn.tell(vm.name, "old tools", "new tools", because: "it runs")
  }

  // MARK: What follows

  private func isLate(_ now: Instant) -> Bool {
    now.seconds(since: debt.cycle?.plannedFor ?? now) > Self.toleranceSeconds
  }

  /// The next order, by what is known.
  private mutating func goOn(_ turn: inout Turn) {
    guard let cycle = debt.cycle else { return }
    if let failure = cycle.failure { return goBack(cycle, failure, &turn) }
    switch (debt.hardwareDoneAt != nil, isOn) {
    case (false, true):
      if cycle.wasStopped {
        end(.vmUpgradeFailed, because: "it was started meanwhile, and not from here", &turn)
      } else if isLate(turn.now) {
        end(.vmUpgradeFailed, because: "its time is over since more than an hour", &turn)
      } else {
        order(.powerOff, within: Self.answerSeconds, &turn)
      }
    case (false, false): order(.upgradeHardware(to: debt.toVersion), within: Self.longAnswerSeconds, &turn)
    case (true, false):
      if cycle.wasStarted {
        end(.vmUpgradeFailed, because: "it is off, and nobody here stopped it", &turn)
      } else if cycle.wasOn {
        order(.powerOn, within: Self.longAnswerSeconds, &turn)
      } else {
        end(.vmUpgradeFinished, because: "it is off, as it was before", &turn)
      }
    case (true, true) where debt.toolsDoneAt != nil:
      end(.vmUpgradeFinished, because: "it runs with new hardware and new tools", &turn)
    case (true, true):
      if isLate(turn.now) {
        end(.vmUpgradeFailed, because: "its time is over since more than an hour", &turn)
      } else {
        order(.upgradeTools, within: Self.toolsSeconds, &turn)
      }
    }
  }

  /// The VM is to run again, as it did before.
  private mutating func goBack(_ cycle: UpgradeDebt.Cycle, _ failure: String, _ turn: inout Turn) {
    if isOn || !cycle.wasOn || cycle.wasStarted {
      end(.vmUpgradeFailed, because: failure, &turn)
    } else if isTorn {
      order(.restoreHardware, within: Self.answerSeconds, &turn)
    } else {
      order(.powerOn, within: Self.longAnswerSeconds, &turn)
    }
  }

  private mutating func order(_ action: Order.Action, within seconds: Double, _ turn: inout Turn) {
    let order = turn.numbers.order(action, of: vm.name, on: host.name)
    turn.step.orders.append(order)
    awaited = Awaited(order: order, deadline: turn.now.adding(seconds: seconds))
  }
}
