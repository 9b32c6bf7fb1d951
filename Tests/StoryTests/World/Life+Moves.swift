/// Moves, and what is done with hosts.
extension Life {
  mutating func playMove(_ deed: Deed, _ at: Int64) -> Bool {
    switch deed {
    case .hotMove(let vm, let to, let datastore, let isByDRS): hotMove(vm, to, datastore, isByDRS: isByDRS, at)
    case .coldMove(let vm, let to, let datastore, let isRelocation):
      coldMove(vm, to, datastore, isRelocation: isRelocation, at)
    case .storageMove(let vm, let datastore): storageMove(vm, datastore, at)
    case .failedMove(let vm, let to): failedMove(vm, to, at)
    default: false
    }
  }

  private mutating func hotMove(_ number: Int, _ to: Int, _ datastore: Int?, isByDRS: Bool, _ at: Int64) -> Bool {
    guard let vm = free(number), vm.power == .on, vm.host != to, let target = open(to), let source = world.hosts[vm.host],
      source.datacenter == target.datacenter, !isByDRS || (source.cluster == target.cluster && source.cluster != nil)
    else { return false }
    let user = isByDRS ? "" : someone(number)
    let chain = Int(at / 1_000_000 % 100_000_000) * 10 + number % 10
    if !isByDRS {
      tell(
        "VmBeingHotMigratedEvent", at, vm, on: vm.host, user: user, power: true,
        more: "<destHost><name>\(target.name)</name><host type=\"HostSystem\">\(target.id)</host></destHost>",
        chain: chain
      ) { "Migrating \($0) off host \($1) in \($2)" }
    }
    let end = isByDRS ? at : at + 9_000_000
    let move = StoryRecord.Move(
      from: reference(host: source), to: reference(host: target), fromDatastore: reference(datastore: vm.datastore),
      toDatastore: reference(datastore: datastore ?? vm.datastore))
    let text =
      isByDRS
      ? "DRS migrated \(vm.name) from \(source.name) to \(target.name) in cluster \(cluster(of: target)) in "
        + datacenter(of: target)
      : "Migration of virtual machine \(vm.name) from \(source.name), \(move.fromDatastore.name) to \(target.name), "
        + "\(move.toDatastore.name) completed"
    finish(
      move, isByDRS ? "DrsVmMigratedEvent" : "VmMigratedEvent", vm, on: to, chain: isByDRS ? nil : chain, user, text, end)
    truth.moves.append(
      Truth.Move(
        vm: number, from: vm.host, to: to, since: at, until: end,
        kinds: move.fromDatastore.id == move.toDatastore.id ? ["live"] : ["live+storage"],
        isKindHidden: !powered.contains(number)))
    settleHotMove(number)
    if losses.types.contains("VmBeingHotMigratedEvent") { hideKinds(of: number) }
    change(number, end) { ($0.host, $0.datastore) = (to, datastore ?? vm.datastore) }
    return true
  }

  /// A hot move of a VM that an earlier failure left in doubt looks like any other.
  private mutating func hideKinds(of vm: Int) {
    guard truth.outages.contains(where: { outage in outage.hits.contains { $0.vm == vm } }), let last = truth.moves.last
    else {
      return
    }
    truth.moves[truth.moves.count - 1].kinds = last.kinds.union(["cold"])
  }

  /// Keeps the record of a move that ended.
  private mutating func finish(
    _ move: StoryRecord.Move, _ type: String, _ vm: World.VM, on to: Int, chain: Int?, _ user: String, _ text: String,
    _ at: Int64
  ) {
    guard let target = world.hosts[to] else { return }
    var record = record(type, at, on: target, user: user, text)
    record.chain = chain
    record.vm = .init(name: vm.name, id: vm.id)
    record.datastore = move.toDatastore
    record.move = move
    record.more = "<template>false</template>"
    keep(record)
    // DRS moves what runs; the other types are those of cold moves, too.
    show(vm.number, at, power: type == "DrsVmMigratedEvent")
    // Of the source it says the name, but not the cluster.
    show(host: to, at)
  }

  private mutating func coldMove(_ number: Int, _ to: Int, _ datastore: Int?, isRelocation: Bool, _ at: Int64) -> Bool {
    guard let vm = free(number), vm.power == .off, vm.host != to, let target = open(to), let source = world.hosts[vm.host],
      source.datacenter == target.datacenter, powered.contains(number)
    else { return false }
    let chain = Int(at / 1_000_000 % 100_000_000) * 10 + number % 10
    let user = someone(number)
    let move = StoryRecord.Move(
      from: reference(host: source), to: reference(host: target), fromDatastore: reference(datastore: vm.datastore),
      toDatastore: reference(datastore: datastore ?? vm.datastore))
    let place = datacenter(of: source)
    if isRelocation {
      tell(
        "VmBeingRelocatedEvent", at, vm, on: vm.host, user: user, power: false,
        more: "<destHost><name>\(target.name)</name><host type=\"HostSystem\">\(target.id)</host></destHost>",
        chain: chain
      ) { name, host, _ in
        "Relocating \(name) from \(host), \(move.fromDatastore.name) in \(place) to \(target.name), "
          + "\(move.toDatastore.name) in \(place)"
      }
    }
    let end = isRelocation ? at + 12_000_000 : at
    let text =
      isRelocation
      ? "Completed the relocation of the virtual machine \(vm.name) from \(source.name), \(move.fromDatastore.name) to "
        + "\(target.name), \(move.toDatastore.name)"
      : "Virtual machine \(vm.name) was migrated from host \(source.name), \(move.fromDatastore.name) in \(place) to "
        + "\(target.name), \(move.toDatastore.name) in \(place)"
    finish(
      move, isRelocation ? "VmRelocatedEvent" : "VmMigratedEvent", vm, on: to, chain: isRelocation ? chain : nil, user, text,
      end)
    truth.moves.append(
      Truth.Move(
        vm: number, from: vm.host, to: to, since: at, until: end, kinds: ["cold"], doubt: doubts[number]))
    if let (outage, hit) = hit(on: number) {
      if truth.outages[outage].host == vm.host { truth.kinds.insert(.c18) }
      // As long as no start follows, the records do not tell whether it ran.
      truth.outages[outage].hits[hit].isOpen = true
      truth.moves[truth.moves.count - 1].isKindHidden = true
    }
    change(number, end) { ($0.host, $0.datastore) = (to, datastore ?? vm.datastore) }
    return true
  }

  private mutating func storageMove(_ number: Int, _ datastore: Int, _ at: Int64) -> Bool {
    guard let vm = free(number), vm.datastore != datastore, let host = world.hosts[vm.host],
      world.datastores[datastore]?.datacenter == host.datacenter, hit(on: number) == nil
    else { return false }
    let move = StoryRecord.Move(
      from: reference(host: host), to: reference(host: host), fromDatastore: reference(datastore: vm.datastore),
      toDatastore: reference(datastore: datastore))
    finish(
      move, "VmRelocatedEvent", vm, on: vm.host, chain: nil, someone(number),
      "Completed the relocation of the virtual machine \(vm.name) from \(host.name), \(move.fromDatastore.name) to "
        + "\(host.name), \(move.toDatastore.name)", at)
    truth.moves.append(
      Truth.Move(vm: number, from: vm.host, to: vm.host, since: at, until: at, kinds: [], doubt: doubts[number]))
    change(number, at) { $0.datastore = datastore }
    return true
  }

  private mutating func failedMove(_ number: Int, _ to: Int, _ at: Int64) -> Bool {
    guard let vm = free(number), vm.power == .on, vm.host != to, let target = open(to), hit(on: number) == nil else {
      return false
    }
    tell(
      "VmFailedMigrateEvent", at, vm, on: vm.host, user: someone(number), power: false,
      more: "<destHost><name>\(target.name)</name><host type=\"HostSystem\">\(target.id)</host></destHost>"
        + XMLText.fault("MigrationFault", "The vMotion network is down")
    ) { name, host, _ in "Cannot migrate \(name) from \(host) to \(target.name)" }
    return true
  }

  // MARK: Hosts

  mutating func playOnHost(_ deed: Deed, _ at: Int64) -> Bool {
    switch deed {
    case .enterMaintenance(let number):
      guard let host = open(number), !world.residents(of: number).contains(where: { $0.power == .on }) else { return false }
      tell(
        host: host, "EnteredMaintenanceModeEvent", at, user: "NORTH\\ops2",
        "Host \(host.name) in \(datacenter(of: host)) has entered maintenance mode")
      world.hosts[number]?.isInMaintenance = true
    case .exitMaintenance(let number):
      guard let host = world.hosts[number], host.isInMaintenance, !host.isAway else { return false }
      tell(
        host: host, "ExitMaintenanceModeEvent", at, user: "NORTH\\ops2",
        "Host \(host.name) in \(datacenter(of: host)) has exited maintenance mode")
      world.hosts[number]?.isInMaintenance = false
    case .removeHost(let number):
      guard let host = world.hosts[number], host.isInMaintenance, !host.isAway, world.residents(of: number).isEmpty else {
        return false
      }
      tell(host: host, "HostRemovedEvent", at, user: "NORTH\\ops2", "Removed host \(host.name) in \(datacenter(of: host))")
      world.hosts[number] = nil
      truth.hosts[number]?.until = at
    case .addHost(let number, let old):
      guard world.hosts[number] == nil, truth.hosts[number] == nil, world.hosts[old] == nil,
        let gone = truth.everyHost[old]
      else { return false }
      let host = World.Host(number: number, name: gone.name, datacenter: gone.datacenter, cluster: gone.cluster)
      world.hosts[number] = host
      truth.everyHost[number] = host
      truth.hosts[number] = (at, .max)
      tell(
        host: host, "HostAddedEvent", at, user: "NORTH\\ops2",
        "Added host \(host.name) to datacenter \(datacenter(of: host))")
      tell(
        host: host, "HostConnectedEvent", at + 5_000_000, user: "vpxd",
        "Connected to \(host.name) in \(datacenter(of: host))")
      truth.kinds.formUnion([.c6, .c11])
    default: return false
    }
    return true
  }
}
