package import Inventory

extension Pool {
  /// The pool of a cluster, or of a host in none: the hosts that are connected, not in maintenance and not in standby, and
  /// the VMs that run on them. VMs that run and whose rules, networks, datastores, mapped LUNs or processor features bind
  /// them to some hosts can go to those alone.
  /// - Parameter vcpusPerCore: how many vCPUs a core may carry; nil where nothing limits them.
  package init(of scope: PoolScope, in snapshot: ClusterSnapshot, vcpusPerCore: Double? = nil) {
    self.init()
    self.vcpusPerCore = vcpusPerCore
    let live = snapshot.hosts.filter { scope.contains($0) && $0.isLive }
    hosts = live.map { host in
      let room = HostRoom(of: host)
      return Host(
        name: host.name, memory: Int(clamping: room.memoryMiB ?? 0), cores: host.cores,
        mhz: room.mhz.map { Int(clamping: $0) })
    }
    let numbers = Dictionary(live.enumerated().map { ($1.name, $0) }) { first, _ in first }
    let running = snapshot.vms.filter { $0.power == .on && !$0.isTemplate && numbers[$0.host] != nil }
    var reach = HostReach(live, snapshot)
    var groups: [String: [Int]] = [:]
    for (number, rule) in snapshot.rules.enumerated() where rule.kind == .antiAffinity {
      for vm in rule.vms { groups[vm, default: []].append(number) }
    }
    let together = Together(snapshot.rules)
    var places: [Together.Key: Int] = [:]
    for vm in running {
      guard let origin = numbers[vm.host] else { continue }
      var item = PackingItem(RoomNeed(of: vm), cpu: vm.vcpus, origin: origin)
      item.allowed = reach.allowed(vm)
      item.groups = groups[vm.name] ?? []
      if let key = together.key(of: vm.name, on: origin), let place = places[key] {
        loads[place].add(item, vm: vm.name)
      } else {
        if let key = together.key(of: vm.name, on: origin) { places[key] = loads.count }
        loads.append(Load(vms: [vm.name], item: item))
      }
    }
  }
}

extension Pool.Load {
  /// One more VM that a rule keeps with those that are there.
  fileprivate mutating func add(_ other: PackingItem, vm: String) {
    vms.append(vm)
    item.memory += other.memory
    item.cpu += other.cpu
    item.mhz += other.mhz
    item.groups += other.groups.filter { !item.groups.contains($0) }
    guard let more = other.allowed else { return }
    item.allowed = item.allowed.map { zip($0, more).map { $0 && $1 } } ?? more
  }
}

extension Host {
  /// Whether it can run VMs now.
  package var isLive: Bool { isConnected && mode == .normal }
}
