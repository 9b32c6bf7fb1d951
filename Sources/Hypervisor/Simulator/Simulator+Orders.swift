internal import Inventory

/// Orders reach their hosts, and are carried out or refused.
extension Simulator {
  /// An order reaches its host: one that does not answer never learns of it.
  package func arrive(_ order: Order) {
    guard let host = hostNumbers[order.host], let vm = guestNumbers[order.vm], hosts[host].answers else { return }
    do {
      guard recordFailure == nil else { return }
      try onArrival?(order)
    } catch {
      recordFailure = error
      return
    }
    if let last = hosts[host].lastOrders[vm], last.number == order.number {
      if let result = last.result { say(.answer(order: order.number, result)) }
      return
    }
    let epoch = hosts[host].epochs[vm] ?? 0
    if abilities.refusesOldEpochs, order.epoch < epoch {
      return say(.answer(order: order.number, .outdated(known: epoch)))
    }
    hosts[host].epochs[vm] = max(epoch, order.epoch)
    hosts[host].lastOrders[vm] = (order.number, nil)
    if let result = carryOut(order, vm, host) { end(order, result) }
  }

  /// An order has ended: its host keeps the end before it answers.
  func end(_ order: Order, _ result: Message.Result) {
    guard let host = hostNumbers[order.host], let vm = guestNumbers[order.vm] else { return }
    if hosts[host].lastOrders[vm]?.number == order.number { hosts[host].lastOrders[vm]?.result = result }
    if hosts[host].answers { say(.answer(order: order.number, result)) }
  }

  /// - Returns: how it ended; nil where it goes on.
  private func carryOut(_ order: Order, _ vm: Int, _ host: Int) -> Message.Result? {
    let copy = index(of: vm, on: host).map { copies[vm][$0] }
    switch order.action {
    case .report: return .report(report(vm, host))
    case .prepare: return prepare(vm, host, copy)
    case .copyPass(let target): return copyPass(order, vm, copy, to: target)
    case .copyRest(let target): return copyRest(order, vm, copy, to: target)
    case .stop:
      guard copy?.state == .running || copy?.lacksSpace == true else {
        return copy?.state == .paused ? .done : .refused("it does not run here")
      }
      guard hosts[host].hasStorage else { return .failed("its disks cannot be flushed: the host has lost its storage") }
      pause(vm, on: host)
      return .done
    case .resume: return resume(order, vm, host, copy)
    case .powerOff where copy == nil: return .refused("it is not here")
    case .destroy, .powerOff:
      removeCopy(of: vm, on: host, because: "the copy on \(hosts[host].name) was removed")
      return .done
    case .endCopying:
      endTransfers(of: vm, touching: host, because: "copying was ended")
      endDiskCopying(of: vm, on: host, because: "copying was ended")
      if let index = index(of: vm, on: host) { (copies[vm][index].trackedSince, copies[vm][index].speed) = (nil, 1) }
      settleWrites(of: vm)
      return .done
    case .throttle(let percent):
      guard let index = index(of: vm, on: host) else { return .refused("it is not here") }
      if copies[vm][index].trackedSince != nil {
        // What was written before stays written.
        copies[vm][index].writtenMiB = dirtyMiB(vm, copies[vm][index])
        copies[vm][index].trackedSince = now
      }
      copies[vm][index].speed = 1 - Double(percent) / 100
      settleWrites(of: vm)
      return .done
    case .powerOn: return powerOn(order, vm, host, copy)
    case .upgradeHardware(let version): return upgradeHardware(order, vm, host, to: version)
    case .restoreHardware: return restoreHardware(vm, host)
    case .upgradeTools: return upgradeTools(order, vm, copy)
    case .createDisks, .mirror, .diskPass, .diskRest, .openDisks, .removeDisks, .freezeBase, .copyBase, .commitLog,
      .lastCommit:
      return carryOutOnDisks(order, vm, host)
    }
  }

  private func report(_ vm: Int, _ host: Int) -> CopyReport {
    let copy = index(of: vm, on: host).map { copies[vm][$0] }
    let state: CopyReport.State =
      switch copy?.state {
      case nil: .none
      case .running: .running
      case .starting: .starting
      case .paused: .paused
      case .incoming: copy?.isWhole == true ? .paused : .incomplete
      }
    let knowsLock = abilities.locksDisks && hosts[host].hasStorage
    return CopyReport(
      state: state, memoryGeneration: abilities.locksDisks && copy?.isWhole == true ? copy?.generation : nil,
      owner: knowsLock ? locks[vm].owner.map { hosts[$0].name } : nil,
      generation: knowsLock ? locks[vm].generation : nil, lacksSpace: copy?.lacksSpace ?? false,
      disks: abilities.listsDisks ? diskReports(of: vm, seenBy: host) : [],
      hardware: hosts[host].hasStorage ? hardwareReport(of: vm) : nil)
  }

  /// Why a VM does not fit on a host; nil where it does.
  private func shortage(of vm: Int, on host: Int) -> String? {
    let free = hosts[host].memoryMiB - hosts[host].usedMemoryMiB
    return free >= need(of: vm) ? nil : "\(need(of: vm)) MiB of memory are needed, \(free) are free"
  }

  private func prepare(_ vm: Int, _ host: Int, _ copy: GuestCopy?) -> Message.Result {
    if let copy { return copy.state == .incoming && !copy.isWhole ? .done : .refused("there is a copy here already") }
    if let shortage = shortage(of: vm, on: host) { return .refused(shortage) }
    addCopy(of: vm, on: host, state: .incoming, isWhole: false)
    return .done
  }

  private func copyPass(_ order: Order, _ vm: Int, _ copy: GuestCopy?, to target: String) -> Message.Result? {
    guard let copy, copy.state == .running else { return .refused("it does not run here") }
    return copyMemory(order, vm, copy, to: target, isRest: false)
  }

  private func copyRest(_ order: Order, _ vm: Int, _ copy: GuestCopy?, to target: String) -> Message.Result? {
    guard let copy, copy.state == .paused else { return .refused("it does not stand still here") }
    return copyMemory(order, vm, copy, to: target, isRest: true)
  }

  private func copyMemory(
    _ order: Order, _ vm: Int, _ copy: GuestCopy, to target: String, isRest: Bool
  ) -> Message.Result? {
    guard copy.transfer == nil else { return .refused("a pass is under way") }
    guard let other = hostNumbers[target], hosts[other].answers, let place = index(of: vm, on: other),
      copies[vm][place].state == .incoming
    else { return .failed("\(target) takes nothing of it") }
    beginTransfer(order, vm, from: copy.host, to: other, isRest: isRest)
    return nil
  }

  private func resume(_ order: Order, _ vm: Int, _ host: Int, _ copy: GuestCopy?) -> Message.Result? {
    guard let copy else { return .refused("it is not here") }
    if copy.state == .running { return .done }
    guard copy.isWhole, copy.state != .starting else { return .refused("some of its memory is missing") }
    if let refusal = refusal(toStart: vm, on: host) ?? refusal(toWrite: vm, copy) { return .refused(refusal) }
    if abilities.locksDisks, copy.generation != locks[vm].generation {
      return .refused("its memory is older than its disks")
    }
    let isArrival = copy.state == .incoming
    guard let index = index(of: vm, on: host) else { return nil }
    (copies[vm][index].state, copies[vm][index].speed) = (.starting, 1)
    queue.add(
      .runs(vm: vm, token: copy.token, order: order), at: now.adding(seconds: isArrival ? switchSeconds[host] : 0))
    return nil
  }

  private func powerOn(_ order: Order, _ vm: Int, _ host: Int, _ copy: GuestCopy?) -> Message.Result? {
    if copy != nil { return copy?.state == .running ? .done : .refused("there is a copy here already") }
    if let refusal = refusal(toStart: vm, on: host) { return .refused(refusal) }
    if let shortage = shortage(of: vm, on: host) { return .refused(shortage) }
    addCopy(of: vm, on: host, state: .starting, isWhole: true)
    locks[vm].owner = host
    guard let token = copies[vm].last?.token else { return nil }
    queue.add(.runs(vm: vm, token: token, order: order), at: now.adding(seconds: Self.startSeconds))
    return nil
  }

  /// What a simulated start takes.
  static let startSeconds = 10.0

  private func refusal(toStart vm: Int, on host: Int) -> String? {
    refusal(toOpen: vm, on: host) ?? refusal(toStartHardwareOf: vm, on: host)
  }

  /// Why a host cannot open the files of a VM; nil where it can.
  func refusal(toOpen vm: Int, on host: Int) -> String? {
    guard hosts[host].hasStorage else { return "its disks are out of reach" }
    if let refusal = refusal(toOpenDisksOf: vm, on: host) { return refusal }
    guard abilities.locksDisks, let owner = locks[vm].owner, owner != host, hosts[owner].hasPower else { return nil }
    return "\(hosts[owner].name) holds its disks"
  }

  /// A copy that was told to run does so, if it is still there.
  func begin(_ vm: Int, token: Int, order: Order?) {
    guard let index = copies[vm].firstIndex(where: { $0.token == token }), copies[vm][index].state == .starting else {
      return
    }
    let host = copies[vm][index].host
    // On a host that hangs nothing goes on.
    guard hosts[host].isUp else { return }
    if let left = hosts[host].failingStarts[vm], left > 0 {
      hosts[host].failingStarts[vm] = left - 1
      removeCopy(of: vm, on: host, because: "the start failed")
      if let order { end(order, .failed("the start failed")) }
      return
    }
    run(vm, on: host)
    if let order { end(order, .done) }
  }
}
