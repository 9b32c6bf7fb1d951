internal import Hypervisor
internal import Inventory
internal import Planning

/// The cluster as a service knows it: what the ledger said at its start, and what it wrote down since.
struct KnownCluster {
  private(set) var snapshot: ClusterSnapshot
  private let vmNumbers: [String: Int]
  private let hostNumbers: [String: Int]

  init(_ snapshot: ClusterSnapshot) {
    self.snapshot = snapshot
    vmNumbers = Dictionary(snapshot.vms.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    hostNumbers = Dictionary(snapshot.hosts.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func vm(_ name: String) -> VirtualMachine? { vmNumbers[name].map { snapshot.vms[$0] } }
  func host(_ name: String) -> Host? { hostNumbers[name].map { snapshot.hosts[$0] } }

  /// VMs that are on a host and not known to be off.
  func running(on host: String) -> [String] {
    snapshot.vms.filter { $0.host == host && $0.power == .on && !$0.isTemplate }.map(\.name)
  }

  /// The cluster without the VMs that have no say in a move of a VM whose files stay: of thousands few are left.
  func surroundings(of move: MoveRequest, _ situation: Situation) -> ClusterSnapshot {
    let hosts = Set([vm(move.vm)?.host, move.host].compactMap { $0 })
    let others = Set(
      snapshot.rules.filter { $0.vms.contains(move.vm) }.flatMap(\.vms) + situation.moves.map(\.vm) + [move.vm])
    var near = snapshot
    near.vms = snapshot.vms.filter { hosts.contains($0.host) || others.contains($0.name) }
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
        snapshot.vms[vm].host = event.otherHost?.name ?? snapshot.vms[vm].host
      case .migrationCompleted: snapshot.vms[vm].host = event.host?.name ?? snapshot.vms[vm].host
      // One that is stopped for its upgrade comes back at once: nobody else may take its room.
      case .vmPoweredOff where event.detail?["owed"] != nil: break
      case .vmPoweredOff: snapshot.vms[vm].power = .off
      case .vmPoweredOn: (snapshot.vms[vm].power, snapshot.vms[vm].host) = (.on, event.host?.name ?? snapshot.vms[vm].host)
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
}
