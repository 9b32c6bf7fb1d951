/// Records, with the texts of vCenter.
extension Life {
  func reference(host: World.Host) -> StoryRecord.Reference { .init(name: host.name, id: host.id) }

  func reference(datastore number: Int) -> StoryRecord.Reference {
    .init(name: world.datastores[number]?.name ?? "", id: world.datastores[number]?.id ?? "")
  }

  func datacenter(of host: World.Host) -> String { world.datacenters[host.datacenter]?.name ?? "" }

  /// A record about a host, or something on it.
  func record(_ type: String, _ at: Int64, on host: World.Host, user: String = "", _ text: String) -> StoryRecord {
    var record = StoryRecord(at: at, type: type, text: text)
    record.user = user
    record.host = reference(host: host)
    record.datacenter = world.datacenters[host.datacenter].map { .init(name: $0.name, id: $0.id) }
    if let cluster = host.cluster.flatMap({ world.clusters[$0] }) {
      record.cluster = .init(name: cluster.name, id: cluster.id)
    } else {
      record.cluster = .init(name: host.name, id: "domain-s\(host.number)")
      record.isStandalone = true
    }
    return record
  }

  /// The name of the cluster of a host, as texts have it.
  func cluster(of host: World.Host) -> String { host.cluster.flatMap { world.clusters[$0] }?.name ?? host.name }

  /// Keeps a record of a VM on a host.
  /// - Parameters:
  ///   - power: whether it tells of the VM's power.
  ///   - text: gets the names of VM, host and datacenter.
  mutating func tell(
    _ type: String, _ at: Int64, _ vm: World.VM, on number: Int, user: String = "", power: Bool, more: String = "",
    withDatastore: Bool = false, chain: Int? = nil, _ text: (String, String, String) -> String
  ) {
    guard let host = world.hosts[number], losses.keeps(type, at) else { return }
    var record = record(type, at, on: host, user: user, text(vm.name, host.name, datacenter(of: host)))
    record.vm = .init(name: vm.name, id: vm.id)
    record.more = more + "<template>false</template>"
    record.chain = chain
    if withDatastore { record.datastore = reference(datastore: vm.datastore) }
    keep(record)
    // What tells of the second copy of a VM does not show where the VM is.
    if !type.contains("Secondary") { show(vm.number, at, power: power) }
    show(host: number, at)
  }

  /// Keeps an EventEx.
  mutating func tellExtended(
    _ id: String, _ at: Int64, on host: World.Host, vm: World.VM? = nil, severity: String = "info", arguments: String = "",
    _ text: String
  ) {
    var record = record("EventEx", at, on: host, text)
    record.typeID = id
    record.severity = severity
    record.more = arguments
    if let vm {
      record.vm = .init(name: vm.name, id: vm.id)
      record.object = ("VirtualMachine", .init(name: vm.name, id: vm.id))
    } else {
      record.object = ("HostSystem", reference(host: host))
    }
    keep(record)
    show(host: host.number, at)
  }

  /// Keeps a record of a host.
  mutating func tell(host: World.Host, _ type: String, _ at: Int64, user: String = "", _ text: String) {
    keep(record(type, at, on: host, user: user, text))
    show(host: host.number, at)
  }

  static let operators = ["NORTH\\ops2", "LAB\\ops1"]

  /// Somebody of the operators.
  func someone(_ vm: Int) -> String { Self.operators[vm % 2] }
}
