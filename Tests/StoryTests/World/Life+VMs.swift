/// What is done with single VMs.
extension Life {
  mutating func playOnVM(_ deed: Deed, _ at: Int64) -> Bool {
    switch deed {
    case .introduce(let vm): introduce(vm, at)
    case .start(let vm, let isByUser): start(vm, isByUser: isByUser, at)
    case .stop(let vm): stop(vm, at)
    case .stopUnrecorded(let vm, let seconds): stopUnrecorded(vm, seconds: seconds, at)
    case .suspend(let vm): suspend(vm, at)
    case .resume(let vm): resume(vm, at)
    case .reboot(let vm): reboot(vm, at)
    case .rename(let vm, let name): rename(vm, to: name, at)
    case .create(let vm, let name, let host, let datastore): create(vm, name, on: host, datastore, at)
    case .clone(let vm, let original, let name, let host, let datastore):
      clone(vm, of: original, name, on: host, datastore, at)
    case .remove(let vm): remove(vm, at)
    default: false
    }
  }

  private mutating func introduce(_ number: Int, _ at: Int64) -> Bool {
    guard let vm = free(number), vm.power != .suspended, !placed.contains(number) else { return false }
    let isOn = vm.power == .on
    truth.stays[number]?[0].power = isOn ? .off : .on
    tell(isOn ? "VmPoweredOnEvent" : "VmPoweredOffEvent", at, vm, on: vm.host, power: true) {
      "\($0) on \($1) in \($2) is powered \(isOn ? "on" : "off")"
    }
    change(number, at) { _ in }
    return true
  }

  private mutating func start(_ number: Int, isByUser: Bool, _ at: Int64) -> Bool {
    guard let vm = free(number), vm.power == .off, open(vm.host) != nil else { return false }
    let user = isByUser ? someone(number) : ""
    if number % 3 == 0 {
      tell("VmStartingEvent", at, vm, on: vm.host, user: user, power: true) { "\($0) on host \($1) in \($2) is starting" }
    }
    tell("VmPoweredOnEvent", at, vm, on: vm.host, user: user, power: true) { "\($0) on \($1) in \($2) is powered on" }
    change(number, at) { $0.power = .on }
    settleStart(vm, isByUser: isByUser, at)
    return true
  }

  private mutating func stop(_ number: Int, _ at: Int64) -> Bool {
    guard let vm = free(number), vm.power == .on else { return false }
    disturb(number)
    tell("VmPoweredOffEvent", at, vm, on: vm.host, user: someone(number), power: true) {
      "\($0) on \($1) in \($2) is powered off"
    }
    change(number, at) { $0.power = .off }
    return true
  }

  private mutating func stopUnrecorded(_ number: Int, seconds: Int, _ at: Int64) -> Bool {
    guard let vm = free(number), vm.power == .on, powered.contains(number), hit(on: number) == nil else { return false }
    // After a lost connection, or an isolation in which HA left the VM alone, the start would show, as far as records go,
    // that the VM stopped with its host.
    let mayBeThatStop = truth.outages.contains {
      ($0.declaredAt == nil || $0.trigger == "host_isolated") && $0.residents.contains(number)
    }
    guard !mayBeThatStop else { return false }
    // After HA's record of a restart it would be the power-on of that restart, with whatever time between.
    let isRestarted = truth.outages.contains { $0.hits.contains { $0.vm == number && $0.startedBy == "ha" } }
    guard !isRestarted else { return false }
    let end = at + Int64(seconds) * 1_000_000
    // Of two starts with no stop between, the time between is unknown.
    for move in truth.moves.indices where truth.moves[move].vm == number { truth.moves[move].kinds = [] }
    change(number, at) { $0.power = .off }
    tell("VmPoweredOnEvent", end, vm, on: vm.host, user: someone(number), power: true) {
      "\($0) on \($1) in \($2) is powered on"
    }
    change(number, end) { $0.power = .on }
    truth.kinds.insert(.c3)
    truth.quiet.insert(number)
    return true
  }

  private mutating func suspend(_ number: Int, _ at: Int64) -> Bool {
    guard let vm = free(number), vm.power == .on else { return false }
    disturb(number)
    tell("VmSuspendedEvent", at, vm, on: vm.host, user: someone(number), power: true) {
      "\($0) on \($1) in \($2) is suspended"
    }
    change(number, at) { $0.power = .suspended }
    return true
  }

  private mutating func resume(_ number: Int, _ at: Int64) -> Bool {
    guard let vm = free(number), vm.power == .suspended, open(vm.host) != nil else { return false }
    let user = someone(number)
    tell("VmResumingEvent", at, vm, on: vm.host, user: user, power: true) { "\($0) on \($1) in \($2) is resumed" }
    tell("VmPoweredOnEvent", at + 4_000_000, vm, on: vm.host, user: user, power: true) {
      "\($0) on \($1) in \($2) is powered on"
    }
    change(number, at) { $0.power = .on }
    return true
  }

  private mutating func reboot(_ number: Int, _ at: Int64) -> Bool {
    guard let vm = free(number), vm.power == .on else { return false }
    tell("VmGuestRebootEvent", at, vm, on: vm.host, power: true) { "Guest OS reboot for \($0) on \($1) in \($2)" }
    settleSurvival(number)
    change(number, at) { _ in }
    return true
  }

  private mutating func rename(_ number: Int, to name: String, _ at: Int64) -> Bool {
    guard let vm = world.vms[number], let host = world.hosts[vm.host], !world.isTaken(name, in: host.datacenter) else {
      return false
    }
    guard !host.isAway else { return false }
    if !placed.contains(number) { truth.placedByRename.insert(number) }
    var renamed = vm
    renamed.name = name
    tell(
      "VmRenamedEvent", at, renamed, on: vm.host, user: someone(number), power: false,
      more: "<oldName>\(XMLText.escape(vm.name))</oldName><newName>\(XMLText.escape(name))</newName>"
    ) { "Renamed \($0) from \(vm.name) to \(name) in \($2)" }
    change(number, at) { $0.name = name }
    truth.kinds.insert(.c8)
    return true
  }

  private mutating func create(_ number: Int, _ name: String, on host: Int, _ datastore: Int, _ at: Int64) -> Bool {
    guard let place = open(host), truth.stays[number] == nil, !world.isTaken(name, in: place.datacenter) else {
      return false
    }
    let vm = World.VM(number: number, name: name, host: host, datastore: datastore, power: .off)
    tell("VmCreatedEvent", at, vm, on: host, user: someone(number), power: true, withDatastore: true) {
      "Created virtual machine \($0) on \($1) in \($2)"
    }
    world.vms[number] = vm
    change(number, at) { _ in }
    return true
  }

  private mutating func clone(
    _ number: Int, of original: Int, _ name: String, on host: Int, _ datastore: Int, _ at: Int64
  ) -> Bool {
    guard let place = open(host), truth.stays[number] == nil, !world.isTaken(name, in: place.datacenter),
      let source = free(original)
    else { return false }
    let vm = World.VM(number: number, name: name, host: host, datastore: datastore, power: .off)
    let more =
      "<sourceVm><name>\(XMLText.escape(source.name))</name><vm type=\"VirtualMachine\">\(source.id)</vm></sourceVm>"
    tell("VmClonedEvent", at, vm, on: host, user: someone(number), power: true, more: more, withDatastore: true) { _, _, _ in
      "Clone of \(source.name) completed"
    }
    world.vms[number] = vm
    change(number, at) { _ in }
    truth.onlyInXML.insert(number)
    return true
  }

  private mutating func remove(_ number: Int, _ at: Int64) -> Bool {
    guard let vm = world.vms[number], vm.power == .off, vm.secondary == nil, doubts[number] == nil else { return false }
    tell("VmRemovedEvent", at, vm, on: vm.host, user: someone(number), power: true) { "Removed \($0) on \($1) from \($2)" }
    if let (outage, hit) = hit(on: number) {
      truth.outages[outage].hits[hit].removedAt = at
      truth.outages[outage].hits[hit].isSettled = true
      truth.kinds.insert(.c17)
    }
    world.vms[number] = nil
    truth.stays[number, default: []].append(
      Truth.Stay(from: at, host: nil, power: nil, name: vm.name, datastore: vm.datastore))
    return true
  }

  /// Fault Tolerance is switched on.
  mutating func protect(_ number: Int, by secondary: Int, _ at: Int64) -> Bool {
    guard let vm = free(number), vm.power == .on, secondary != vm.host, let host = open(secondary) else { return false }
    let cluster = cluster(of: host)
    tell("VmStartingSecondaryEvent", at, vm, on: secondary, power: false) { name, host, _ in
      "vCenter is starting the Fault Tolerance secondary VM of \(name) on host \(host) in cluster \(cluster)"
    }
    tell("VmSecondaryStartedEvent", at + 15_000_000, vm, on: secondary, power: false) { name, host, _ in
      "The Fault Tolerance secondary VM of \(name) runs on host \(host) in cluster \(cluster)"
    }
    settleSurvival(number)
    change(number, at) { $0.secondary = secondary }
    truth.onlyInXML.insert(number)
    truth.kinds.insert(.c12)
    return true
  }
}
