/// The life of one vCenter: what is done changes the world, leaves records, and is kept as the truth.
struct Life {
  var world: World
  var truth = Truth()
  private(set) var records: [StoryRecord] = []
  /// What each inventory would say, and when it was taken.
  var inventories: [Int: (at: Int64, world: World)] = [:]
  /// Whether the inventories are read together with the records.
  let usesInventories: Bool
  /// What of the records is not there.
  let losses: Losses
  /// VMs whose place and power the records tell by now.
  var placed: Set<Int> = []
  var powered: Set<Int> = []
  /// As in `Truth.Stay`.
  var doubts: [Int: Int] = [:]

  init(_ world: World, usesInventories: Bool, losses: Losses = Losses()) {
    self.world = world
    self.usesInventories = usesInventories
    self.losses = losses
    for vm in world.vms.values {
      truth.names[vm.number] = [vm.name]
      truth.stays[vm.number] = [
        Truth.Stay(from: .min, host: vm.host, power: vm.power, name: vm.name, datastore: vm.datastore)
      ]
    }
    truth.everyHost = world.hosts
    for host in world.hosts.keys { truth.hosts[host] = (.min, .max) }
  }

  /// Lives through the steps; those that are impossible do not happen.
  /// - Returns: the steps that happened.
  mutating func play(_ steps: [Step]) -> [Step] { steps.filter { play($0) } }

  /// - Returns: whether it happened.
  mutating func play(_ step: Step) -> Bool {
    switch step.deed {
    case .introduce, .start, .stop, .stopUnrecorded, .suspend, .resume, .reboot, .rename, .create, .clone, .remove:
      playOnVM(step.deed, step.at)
    case .hotMove, .coldMove, .storageMove, .failedMove: playMove(step.deed, step.at)
    case .protect(let vm, let secondary): protect(vm, by: secondary, step.at)
    case .enterMaintenance, .exitMaintenance, .removeHost, .addHost: playOnHost(step.deed, step.at)
    case .lose, .declare, .isolate, .connect, .rejoin: playOutage(step.deed, step.at)
    case .restart, .failRestart, .lackResources, .giveUp, .refuseRestart, .findOff, .isolationStop, .leaveAlone,
      .finishFailover:
      playFailover(step.deed, step.at)
    case .look(let number): look(number, step.at)
    }
  }

  // MARK: Keeping

  mutating func keep(_ record: StoryRecord) { if losses.keeps(record.type, record.at) { records.append(record) } }

  /// The records in their order, with keys.
  func numbered(from first: Int) -> [StoryRecord] {
    let order = records.indices.sorted { (records[$0].at, $0) < (records[$1].at, $1) }
    return order.enumerated().map { number, index in
      var record = records[index]
      record.key = first + number
      return record
    }
  }

  /// Changes a VM, and keeps how it is from then on.
  mutating func change(_ number: Int, _ at: Int64, _ body: (inout World.VM) -> Void) {
    guard var vm = world.vms[number] else { return }
    body(&vm)
    world.vms[number] = vm
    truth.names[number, default: []].insert(vm.name)
    truth.stays[number, default: []].append(
      Truth.Stay(
        from: at, host: vm.host, power: vm.power, name: vm.name, datastore: vm.datastore, doubt: doubts[number]))
  }

  /// What a record tells of a VM.
  mutating func show(_ vm: Int, _ at: Int64, power: Bool) {
    guard at >= losses.before else { return }
    if truth.shownVMs[vm] == nil { truth.shownVMs[vm] = at }
    placed.insert(vm)
    guard power else { return }
    if truth.shownPowers[vm] == nil { truth.shownPowers[vm] = at }
    powered.insert(vm)
    doubts[vm] = nil
  }

  mutating func show(host: Int, _ at: Int64) {
    if at >= losses.before, truth.shownHosts[host] == nil { truth.shownHosts[host] = at }
  }

  /// Whether an inventory says what an earlier one said, and one between them something else.
  var hasInventoryAsBefore: Bool {
    let texts = inventories.values.sorted { $0.at < $1.at }.map { CollectForm(world: $0.world).vms }
    return texts.indices.contains { last in
      last > 1 && texts[..<(last - 1)].contains(texts[last]) && texts[last - 1] != texts[last]
    }
  }

  // MARK: Asking

  /// Whether a stop of a VM is on no record, so that its power cannot be told for a while.
  func isQuiet(_ vm: Int) -> Bool { truth.quiet.contains(vm) }

  /// A VM that a person can do something with: its host answers.
  func free(_ number: Int) -> World.VM? {
    guard let vm = world.vms[number], world.hosts[vm.host]?.isAway == false, vm.secondary == nil else { return nil }
    return vm
  }

  /// A host that takes VMs.
  func open(_ number: Int) -> World.Host? {
    guard let host = world.hosts[number], !host.isAway, !host.isInMaintenance else { return nil }
    return host
  }

  /// The outage of a host that still lasts.
  func outage(of host: Int) -> Int? { truth.outages.lastIndex { $0.host == host && !$0.isOver } }

  /// The failure that still has a VM down, or of which nothing is known yet.
  func hit(on vm: Int) -> (outage: Int, hit: Int)? {
    for outage in truth.outages.indices.reversed() {
      if let hit = truth.outages[outage].hits.firstIndex(where: { $0.vm == vm && !$0.isSettled }) { return (outage, hit) }
    }
    return nil
  }
}
