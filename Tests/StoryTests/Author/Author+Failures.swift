/// Hosts that die, hang, or are cut off.
extension Author {
  /// Hosts that could fail: of a cluster with enough others.
  private func candidates(isProtected: Bool) -> [Int] {
    life.world.hosts.values.filter { host in
      !host.isAway && !host.isInMaintenance && life.world.isProtected(host) == isProtected
        && (!isProtected || life.world.working(in: host.cluster).count > 1)
        && life.world.residents(of: host.number).contains { $0.power == .on }
    }.map(\.number).sorted()
  }

  /// HA declares a host failed, and does what it can.
  mutating func failure(of given: Int? = nil) {
    let all = candidates(isProtected: true)
    guard let host = given.map({ all.contains($0) ? $0 : nil }) ?? chance.pick(all),
      let cluster = life.world.hosts[host]?.cluster
    else { return }
    wait(1200)
    let forms: [Deed.FailureForm] =
      allows(.c1) ? [.possible, .possible, .plain, .twins, .afterState] : [.plain, .twins, .afterState]
    let form = chance.pick(forms) ?? .plain
    let isCut = allows(.c3) && chance.happens(0.12)
    let isLost = isCut || (form != .afterState && chance.happens(0.7))
    if isLost { act(.lose(host: host, isDeath: !isCut)) }
    guard act(.declare(host: host, form), after: 25) else { return }
    wait(10)
    if !isCut { for vm in life.world.residents(of: host) where life.hit(on: vm.number) != nil { failOver(vm, host) } }
    if chance.happens(allows(.c16) ? 0.4 : 0.6) { act(.finishFailover(cluster: cluster), after: 30) }
    afterwards(host, isLost: isLost)
  }

  /// What HA does for one VM.
  private mutating func failOver(_ vm: World.VM, _ host: Int) {
    let number = vm.number
    let others = life.world.working(in: life.world.hosts[host]?.cluster).map(\.number)
    guard let to = chance.pick(others) else { return }
    if chance.happens(0.15) { act(.findOff(vm: number), after: 25) }
    switch chance.below(10) {
    case 0:
      act(.refuseRestart(vm: number), after: 25)
      return
    case 1: return
    case 2:
      act(.failRestart(vm: number, on: to, willRetry: false), after: 60)
      return
    case 3:
      act(.lackResources(vm: number), after: 60)
      if chance.happens(0.5) { return }
    case 4:
      act(.failRestart(vm: number, on: to, willRetry: allows(.c16) || allows(.c15)), after: 60)
      guard allows(.c15) else { break }
      if chance.happens(0.5) { act(.failRestart(vm: number, on: to, willRetry: allows(.c16)), after: 120) }
      act(.giveUp(vm: number, isClass: chance.happens(0.5)), after: 120)
      return
    case 5:
      guard allows(.c16) else { break }
      act(.failRestart(vm: number, on: to, willRetry: true), after: 60)
      if chance.happens(0.5) { return }
    case 6:
      guard allows(.c17) else { break }
      act(.remove(vm: number), after: 1200)
      return
    default: break
    }
    act(.restart(vm: number, to: to, restartForm()), after: 30)
  }

  private mutating func restartForm() -> Deed.RestartForm {
    if allows(.c9), chance.happens(0.4) {
      return .powerOnFirst(milliseconds: isInWholeSeconds ? (1 + chance.below(3)) * 1000 : 1 + chance.below(4000))
    }
    return chance.happens(0.3) ? .alone : .recordFirst(milliseconds: 1000)
  }

  /// The host comes back, or does not, and people clear up.
  private mutating func afterwards(_ host: Int, isLost: Bool) {
    func down() -> [World.VM] {
      life.world.residents(of: host).filter { $0.power == .off && life.hit(on: $0.number) != nil }
    }
    guard isLost || allows(.c14), chance.happens(0.75), down().isEmpty || allows(.c3) else { return }
    guard act(isLost ? .connect(host: host) : .rejoin(host: host, isMaster: chance.happens(0.3)), after: 900) else { return }
    wait(600)
    if life.usesInventories, chance.happens(0.2) { look() }
    for vm in life.world.residents(of: host) where life.hit(on: vm.number) != nil {
      vm.power == .on ? clearUp(running: vm) : clearUp(vm)
    }
  }

  private mutating func clearUp(running vm: World.VM) {
    switch chance.below(3) {
    case 0: act(.reboot(vm: vm.number), after: pause())
    case 1: hotMove(vm)
    default: break
    }
  }

  /// Somebody starts a VM that the failure stopped.
  mutating func clearUp(_ vm: World.VM) {
    if allows(.c4) || allows(.c18), chance.happens(0.5) {
      coldMove(vm)
      if let moved = life.world.vms[vm.number], moved.host != vm.host, chance.happens(0.3) {
        coldMove(moved, to: chance.happens(0.5) ? vm.host : nil)
      }
      if chance.happens(0.85) { act(.start(vm: vm.number, isByUser: true), after: pause()) }
    } else if chance.happens(0.6) {
      act(.start(vm: vm.number, isByUser: chance.happens(0.8)), after: pause())
    } else if allows(.c3), chance.happens(0.15), let to = target(for: vm) {
      act(.restart(vm: vm.number, to: to, restartForm()), after: pause())
    }
  }

  /// vCenter loses a host for a while; nothing stops.
  mutating func cutOff() {
    let hosts = candidates(isProtected: true) + candidates(isProtected: false)
    guard let host = chance.pick(hosts), act(.lose(host: host, isDeath: false), after: 1200) else { return }
    act(.connect(host: host), after: 120 + chance.below(900))
    wait(600)
    for vm in life.world.residents(of: host) where chance.happens(0.3) && vm.power == .on {
      if chance.happens(0.5) {
        act(.reboot(vm: vm.number), after: pause())
      } else if act(.stop(vm: vm.number), after: pause()) {
        act(.start(vm: vm.number, isByUser: true), after: pause())
      }
    }
  }

  mutating func deathWithoutHA() {
    guard let host = chance.pick(candidates(isProtected: false)), act(.lose(host: host, isDeath: true), after: 1200) else {
      return
    }
    act(.connect(host: host), after: 600 + chance.below(3000))
    wait(200)
    for vm in life.world.residents(of: host) where life.hit(on: vm.number) != nil { clearUp(vm) }
    if life.usesInventories, chance.happens(0.3) { look() }
  }

  mutating func isolation() {
    guard let host = chance.pick(candidates(isProtected: true)) else { return }
    wait(1200)
    let isLost = !allows(.c14) || chance.happens(0.5)
    if isLost { act(.lose(host: host, isDeath: false)) }
    guard act(.isolate(host: host, isClass: chance.happens(0.5)), after: 20) else { return }
    wait(30)
    let isLeaving = allows(.c13)
    for vm in life.world.residents(of: host) where life.hit(on: vm.number) != nil {
      switch chance.below(isLeaving ? 6 : 3) {
      case 4: act(.leaveAlone(vm: vm.number), after: 25)
      case 5: break
      default:
        let forms: [Deed.StopForm] = isLeaving ? [.plain, .shutDown, .ofClass] : [.plain]
        act(.isolationStop(vm: vm.number, chance.pick(forms) ?? .plain), after: 25)
      }
    }
    wait(60)
    let others = life.world.working(in: life.world.hosts[host]?.cluster).map(\.number)
    for vm in life.world.residents(of: host) where vm.power == .off && life.hit(on: vm.number) != nil {
      if let to = chance.pick(others), chance.happens(0.6) { act(.restart(vm: vm.number, to: to, restartForm()), after: 30) }
    }
    guard chance.happens(0.8),
      act(isLost ? .connect(host: host) : .rejoin(host: host, isMaster: chance.happens(0.3)), after: 900)
    else { return }
    wait(300)
    for vm in life.world.residents(of: host) where vm.power == .off && life.hit(on: vm.number) != nil { clearUp(vm) }
  }

  mutating func faultTolerance() {
    let hosts = candidates(isProtected: true)
    guard let host = chance.pick(hosts),
      let vm = chance.pick(life.world.residents(of: host).filter { $0.power == .on && $0.secondary == nil }),
      let secondary = target(for: vm), act(.protect(vm: vm.number, secondary: secondary), after: pause())
    else { return }
    wait(3600)
    if chance.happens(0.8) { failure(of: chance.happens(0.5) ? host : secondary) }
  }
}
