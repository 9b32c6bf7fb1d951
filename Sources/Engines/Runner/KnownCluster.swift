internal import Hypervisor
internal import Inventory
internal import Planning

/// The cluster as a service knows it: what the ledger said at its start, and what it wrote down since.
struct KnownCluster {
  private(set) var snapshot: ClusterSnapshot
  private let vmNumbers: [String: Int]
  private let hostNumbers: [String: Int]
  /// The numbers of the VMs on each host, by its name: nobody has to look through thousands for a few.
  private var guests: [String: Set<Int>]

  init(_ snapshot: ClusterSnapshot) {
    self.snapshot = snapshot
    vmNumbers = Dictionary(snapshot.vms.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    hostNumbers = Dictionary(snapshot.hosts.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    guests = Dictionary(snapshot.vms.enumerated().map { ($1.host, [$0]) }, uniquingKeysWith: { $0.union($1) })
  }

  func vm(_ name: String) -> VirtualMachine? { vmNumbers[name].map { snapshot.vms[$0] } }
  func host(_ name: String) -> Host? { hostNumbers[name].map { snapshot.hosts[$0] } }

  /// Hosts on their way to maintenance.
  var hostsToEmpty: [String] {
    // By number: a loop over the values copies each of them, and this is asked at every checkpoint.
    snapshot.hosts.indices.filter { snapshot.hosts[$0].mode == .enteringMaintenance }.map { snapshot.hosts[$0].name }
  }

  /// VMs that are on a host and not known to be off.
  func running(on host: String) -> [String] {
    guests[host, default: []].sorted().map { snapshot.vms[$0] }.filter { $0.power == .on && !$0.isTemplate }.map(\.name)
  }

  /// The cluster without the VMs and hosts that have no say in a move: of thousands few are left. Where files move all
  /// have, since all have files.
  func surroundings(of move: MoveRequest, _ situation: Situation) -> ClusterSnapshot {
    guard !move.movesFiles else { return snapshot }
    let ends = [vm(move.vm)?.host, move.host].compactMap { $0 }
    let others =
      snapshot.rules.filter { $0.vms.contains(move.vm) }.flatMap(\.vms) + situation.moves.map(\.vm) + [move.vm]
    let vms = Set(others.compactMap { vmNumbers[$0] } + ends.flatMap { guests[$0] ?? [] }).sorted()
    let hosts = ends + others.compactMap { vm($0)?.host } + situation.moves.flatMap { [$0.from, $0.to] }
    var near = snapshot
    near.vms = vms.map { snapshot.vms[$0] }
    near.hosts = Set(hosts.compactMap { hostNumbers[$0] }).sorted().map { snapshot.hosts[$0] }
    return near
  }

  /// Takes what is used on a datastore.
  mutating func take(_ space: DatastoreSpace, of datastore: String) {
    guard let number = snapshot.datastores.firstIndex(where: { $0.name == datastore }) else { return }
    snapshot.datastores[number].usedMiB = space.usedMiB
  }

  /// Counts a VM that is off as running: it will.
  mutating func keepRoom(for vm: String) { setPower(.on, of: vm) }

  /// A VM that was counted as running is not going to be started.
  mutating func giveUpRoom(of vm: String) { setPower(.off, of: vm) }

  private mutating func setPower(_ power: PowerState, of vm: String) {
    if let number = vmNumbers[vm] { snapshot.vms[number].power = power }
  }

  /// Takes an event that was just made durable.
  mutating func take(_ event: Event) {
    if let vm = event.vm.flatMap({ vmNumbers[$0.name] }) {
      if case .object(let sets)? = event.detail?["sets"] {
        snapshot.vms[vm].take(changing: sets)
      }
      switch event.type {
      case .migrationPhase where event.detail?["phase"] == "running":
        place(vm, on: event.otherHost)
      case .migrationCompleted: place(vm, on: event.host)
      // One that is stopped for its upgrade comes back at once: nobody else may take its room.
      case .vmPoweredOff where event.detail?["owed"] != nil: break
      case .vmPoweredOff: snapshot.vms[vm].power = .off
      case .vmPoweredOn:
        snapshot.vms[vm].power = .on
        place(vm, on: event.host)
      default: break
      }
    } else if let host = event.host.flatMap({ hostNumbers[$0.name] }) {
      switch event.type {
      case .hostConnectionLost: snapshot.hosts[host].isConnected = false
      case .hostRecovered: snapshot.hosts[host].isConnected = true
      case .hostMaintenanceEntering: snapshot.hosts[host].mode = .enteringMaintenance
      case .hostMaintenanceEntered: snapshot.hosts[host].mode = .maintenance
      case .hostMaintenanceExited: snapshot.hosts[host].mode = .normal
      default: break
      }
    }
  }
  /// Where a VM is from now on; nil for where it is.
  private mutating func place(_ vm: Int, on host: ObjectReference?) {
    guard let host = host?.name else { return }
    guests[snapshot.vms[vm].host]?.remove(vm)
    snapshot.vms[vm].host = host
    guests[host, default: []].insert(vm)
  }
}
