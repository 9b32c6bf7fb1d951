/// Days without a failure.
extension Author {
  private mutating func anyVM(_ fits: (World.VM) -> Bool = { _ in true }) -> World.VM? {
    chance.pick(life.world.vms.values.filter { life.free($0.number) != nil && fits($0) }.sorted { $0.number < $1.number })
  }

  /// Another host for a VM, in its cluster or datacenter.
  mutating func target(for vm: World.VM, inCluster: Bool = true) -> Int? {
    guard let home = life.world.hosts[vm.host] else { return nil }
    let hosts = life.world.hosts.values.filter {
      $0.number != home.number && $0.datacenter == home.datacenter && !$0.isAway && !$0.isInMaintenance
        && (!inCluster || $0.cluster == home.cluster)
    }
    return chance.pick(hosts.map(\.number).sorted())
  }

  mutating func datastore(for vm: World.VM) -> Int? {
    guard let home = life.world.hosts[vm.host] else { return nil }
    return chance.pick(
      life.world.datastores.values.filter { $0.datacenter == home.datacenter && $0.number != vm.datastore }.map(\.number)
        .sorted())
  }

  mutating func pause() -> Int { 40 + chance.below(chance.happens(0.5) ? 200 : 20_000) }

  mutating func everyday() {
    for _ in 0..<(3 + chance.below(4)) {
      guard let vm = anyVM() else { return }
      switch vm.power {
      case .on: onRunning(vm)
      case .suspended: act(.resume(vm: vm.number), after: pause())
      case .off:
        switch chance.below(5) {
        case 0: act(.remove(vm: vm.number), after: pause())
        case 1: coldMove(vm)
        default: act(.start(vm: vm.number, isByUser: chance.happens(0.8)), after: pause())
        }
      }
    }
    if chance.happens(0.3) { birth() }
  }

  private mutating func onRunning(_ vm: World.VM) {
    switch chance.below(8) {
    case 0: act(.stop(vm: vm.number), after: pause())
    case 1: act(.suspend(vm: vm.number), after: pause())
    case 2: act(.reboot(vm: vm.number), after: pause())
    case 3: if let store = datastore(for: vm) { act(.storageMove(vm: vm.number, datastore: store), after: pause()) }
    case 4: if let to = target(for: vm) { act(.failedMove(vm: vm.number, to: to), after: pause()) }
    default: hotMove(vm)
    }
  }

  mutating func hotMove(_ vm: World.VM, to given: Int? = nil) {
    guard let to = given ?? target(for: vm, inCluster: chance.happens(0.8)) else { return }
    let isByDRS = chance.happens(0.3)
    let store = !isByDRS && chance.happens(0.2) ? datastore(for: vm) : nil
    if !act(.hotMove(vm: vm.number, to: to, datastore: store, isByDRS: isByDRS), after: pause()) {
      act(.hotMove(vm: vm.number, to: to, datastore: nil, isByDRS: false))
    }
    wait(40)
  }

  mutating func coldMove(_ vm: World.VM, to given: Int? = nil) {
    guard let to = given ?? target(for: vm, inCluster: chance.happens(0.8)) else { return }
    let store = chance.happens(0.3) ? datastore(for: vm) : nil
    act(.coldMove(vm: vm.number, to: to, datastore: store, isRelocation: chance.happens(0.5)), after: pause())
    wait(40)
  }

  private mutating func birth() {
    guard let host = chance.pick(life.world.hosts.keys.filter { life.open($0) != nil }.sorted()),
      let place = life.world.hosts[host]?.datacenter,
      let store = chance.pick(life.world.datastores.values.filter { $0.datacenter == place }.map(\.number).sorted())
    else { return }
    let number = nextVM
    let hosts = life.world.hosts
    nextVM += 1
    if chance.happens(0.4), let original = anyVM({ hosts[$0.host]?.datacenter == place }) {
      act(.clone(vm: number, of: original.number, name: "copy\(number)", host: host, datastore: store), after: pause())
    } else {
      act(.create(vm: number, name: "new \(number)", host: host, datastore: store), after: pause())
    }
    if chance.happens(0.8) { act(.start(vm: number, isByUser: true)) }
  }

  /// A host goes into maintenance, its VMs elsewhere.
  @discardableResult
  mutating func emptyHost(_ given: Int? = nil, all: Bool = false) -> Bool {
    let hosts = life.world.hosts.values.filter { host in
      !host.isAway && !host.isInMaintenance && life.world.working(in: host.cluster).count > 2
        && !life.world.residents(of: host.number).contains { $0.secondary != nil }
    }
    guard let host = given ?? chance.pick(hosts.map(\.number).sorted()) else { return false }
    for vm in life.world.residents(of: host) {
      if vm.power == .suspended { act(.resume(vm: vm.number)) }
      guard let vm = life.world.vms[vm.number] else { continue }
      if vm.power == .on { hotMove(vm, to: target(for: vm)) } else if all { coldMove(vm, to: target(for: vm)) }
    }
    guard act(.enterMaintenance(host: host), after: 90) else { return false }
    if !all { act(.exitMaintenance(host: host), after: 3600 + chance.below(9000)) }
    return true
  }

  /// A host is removed, and added again.
  mutating func addAgain() {
    let hosts = life.world.hosts.values.filter {
      !$0.isAway && !$0.isInMaintenance && $0.cluster != nil && life.world.working(in: $0.cluster).count > 2
    }
    guard let host = chance.pick(hosts.map(\.number).sorted()), emptyHost(host, all: true),
      act(.removeHost(host: host), after: 600)
    else { return }
    let number = nextHost
    nextHost += 1
    guard act(.addHost(host: number, like: host), after: 7200) else { return }
    if life.usesInventories, chance.happens(0.5) { look() }
    for vm in life.world.vms.values.sorted(by: { $0.number < $1.number })
    where life.world.hosts[vm.host]?.cluster == life.world.hosts[number]?.cluster && chance.happens(0.5) {
      if vm.power == .on, life.free(vm.number) != nil { hotMove(vm, to: number) }
    }
    if chance.happens(0.7) { failure(of: number) }
  }

  mutating func renames() {
    guard let vm = anyVM() else { return }
    let hosts = life.world.hosts
    switch chance.below(3) {
    case 0: act(.rename(vm: vm.number, name: "\(vm.name)-old"), after: pause())
    case 1:
      act(.rename(vm: vm.number, name: "\(vm.name)-tmp"), after: pause())
      if vm.power == .on, chance.happens(0.7) { hotMove(vm) }
      act(.rename(vm: vm.number, name: vm.name), after: pause())
    default:
      guard
        let other = anyVM({ other in
          other.number != vm.number && hosts[other.host]?.datacenter == hosts[vm.host]?.datacenter
        })
      else { return }
      act(.rename(vm: vm.number, name: "\(vm.name)-old"), after: pause())
      act(.rename(vm: other.number, name: vm.name), after: pause())
      if chance.happens(0.4) { act(.rename(vm: vm.number, name: other.name), after: pause()) }
    }
    if chance.happens(0.6), let host = life.world.vms[vm.number]?.host { failure(of: host) }
  }

  mutating func quietStop() {
    guard let vm = anyVM({ $0.power == .on }), life.hit(on: vm.number) == nil else { return }
    act(.stopUnrecorded(vm: vm.number, seconds: 3600), after: pause())
    wait(3700)
  }

  /// Two inventories alike, and another one between.
  mutating func thereAndBack() {
    guard life.usesInventories, let vm = anyVM({ $0.power == .on }), let to = target(for: vm) else { return }
    look()
    wait(7200)
    guard act(.hotMove(vm: vm.number, to: to, datastore: nil, isByDRS: false)) else { return }
    wait(40)
    look()
    wait(7200)
    act(.hotMove(vm: vm.number, to: vm.host, datastore: nil, isByDRS: false))
    wait(40)
    look()
    wait(7200)
  }
}
