/// Hosts that go out of sight and come back.
extension Life {
  mutating func playOutage(_ deed: Deed, _ at: Int64) -> Bool {
    switch deed {
    case .lose(let host, let isDeath): lose(host, isDeath: isDeath, at)
    case .declare(let host, let form): declare(host, form, at)
    case .isolate(let host, let isClass): isolate(host, isClass: isClass, at)
    case .connect(let host): connect(host, at)
    case .rejoin(let host, let isMaster): rejoin(host, isMaster: isMaster, at)
    default: false
    }
  }

  private mutating func lose(_ number: Int, isDeath: Bool, _ at: Int64) -> Bool {
    guard let host = world.hosts[number], !host.isAway, !host.isInMaintenance else { return false }
    tell(host: host, "HostConnectionLostEvent", at, "Host \(host.name) in \(datacenter(of: host)) is not responding")
    begin(host, "connection_lost", isDeath: isDeath, at)
    truth.outages[truth.outages.count - 1].isConnectionLost = true
    return true
  }

  /// A host is away from now on.
  private mutating func begin(_ host: World.Host, _ trigger: String, isDeath: Bool, _ at: Int64) {
    let number = truth.outages.count
    var outage = Truth.Outage(host: host.number, cluster: host.cluster, since: at, trigger: trigger, isDeath: isDeath)
    world.hosts[host.number]?.isAway = true
    for vm in world.residents(of: host.number) {
      let isOpen = leaveOpen(vm.number)
      guard vm.power == .on else {
        if !powered.contains(vm.number) || isOpen { outage.doubtful.insert(vm.number) }
        continue
      }
      if let secondary = vm.secondary, isDeath, world.hosts[secondary]?.isAway == false {
        failOver(vm, to: secondary, at + 1_000_000)
        continue
      }
      if vm.secondary != nil {
        outage.doubtful.insert(vm.number)
        continue
      }
      // One that an earlier failure left in doubt is hit again, or is not: that cannot be told.
      if hit(on: vm.number) != nil || doubts[vm.number] != nil { outage.doubtful.insert(vm.number) }
      var hit = Truth.Hit(vm: vm.number, downSince: at)
      hit.isUncertain = !placed.contains(vm.number) || !powered.contains(vm.number)
      outage.hits.append(hit)
      outage.residents.insert(vm.number)
    }
    truth.outages.append(outage)
    guard isDeath else { return }
    for hit in outage.hits {
      doubts[hit.vm] = number
      change(hit.vm, at) { $0.power = .off }
    }
    for vm in world.vms.values where vm.secondary == host.number { change(vm.number, at) { $0.secondary = nil } }
  }

  /// An earlier failure left a VM in doubt, and its host fails now: which of the two stopped it, records cannot tell, but
  /// where the first was declared and the VM stayed.
  private mutating func leaveOpen(_ number: Int) -> Bool {
    guard let (outage, _) = hit(on: number) else { return false }
    let since = truth.outages[outage].since
    let moves = truth.moves.indices.filter { truth.moves[$0].vm == number && truth.moves[$0].since >= since }
    let isDead = truth.outages[outage].isDeath && truth.outages[outage].trigger == "host_failed"
    if isDead, !moves.contains(where: { truth.moves[$0].isKindHidden }) { return false }
    for move in moves { truth.moves[move].kinds = [] }
    truth.outages[outage].doubtful.insert(number)
    return true
  }

  /// The secondary of a VM goes on in its place.
  private mutating func failOver(_ vm: World.VM, to secondary: Int, _ at: Int64) {
    guard let host = world.hosts[secondary] else { return }
    let place = (cluster(of: host), datacenter(of: host))
    change(vm.number, at) { ($0.host, $0.secondary) = (secondary, nil) }
    tell(
      "VmPrimaryFailoverEvent", at, vm, on: secondary, power: true, more: "<reason>lostConnectionToPrimary</reason>"
    ) { name, host, _ in
      "Fault Tolerance of \(name) failed over to host \(host) in cluster \(place.0) in \(place.1): lostConnectionToPrimary"
    }
  }

  private mutating func declare(_ number: Int, _ form: Deed.FailureForm, _ at: Int64) -> Bool {
    guard let host = world.hosts[number], world.isProtected(host), !host.isInMaintenance else { return false }
    if let index = outage(of: number) {
      guard truth.outages[index].trigger == "connection_lost" else { return false }
    } else {
      guard !host.isAway else { return false }
      begin(host, "connection_lost", isDeath: true, at)
    }
    guard let index = outage(of: number) else { return false }
    truth.outages[index].trigger = "host_failed"
    let (cluster, place) = (cluster(of: host), datacenter(of: host))
    let said = form == .afterState ? at + 5_000_000 : at
    truth.outages[index].declaredAt = said
    if form == .afterState {
      truth.outages[index].stateAt = at
      tellState(host, "dead", "Host failed", at)
    }
    if form == .twins {
      var old = record(
        "DasHostFailedEvent", at, on: host,
        "A possible host failure has been detected by vSphere HA on \(host.name) in cluster \(cluster) in \(place)")
      old.host = nil
      old.more = "<failedHost><name>\(host.name)</name><host type=\"HostSystem\">\(host.id)</host></failedHost>"
      keep(old)
    }
    let plain = "vSphere HA detected that host \(host.name) in cluster \(cluster) in datacenter \(place) has failed"
    let possible =
      "vSphere HA detected a possible host failure of host \(host.name) in cluster \(cluster) in datacenter \(place)"
    tellExtended(
      "com.vmware.vc.HA.DasHostFailedEvent", form == .twins ? said + 2_000_000 : said, on: host, severity: "error",
      form == .possible ? possible : plain)
    if form == .possible { truth.kinds.insert(.c1) }
    return true
  }

  private mutating func tellState(_ host: World.Host, _ state: String, _ words: String, _ at: Int64) {
    tellExtended(
      "com.vmware.vc.HA.HostStateChangedEvent", at, on: host,
      arguments: "<arguments><key>newState</key>" + XMLText.typed("value", "xsd:string", state) + "</arguments>",
      "The vSphere HA availability state of the host \(host.name) in cluster \(cluster(of: host)) in "
        + "\(datacenter(of: host)) has changed to \(words)")
  }

  private mutating func isolate(_ number: Int, isClass: Bool, _ at: Int64) -> Bool {
    guard let host = world.hosts[number], world.isProtected(host), !host.isInMaintenance else { return false }
    if let index = outage(of: number) {
      guard truth.outages[index].trigger == "connection_lost", !truth.outages[index].isDeath else { return false }
    } else {
      guard !host.isAway else { return false }
      begin(host, "connection_lost", isDeath: false, at)
      tellState(host, "networkIsolated", "Network isolated", at)
    }
    guard let index = outage(of: number) else { return false }
    truth.outages[index].trigger = "host_isolated"
    let said = truth.outages[index].isConnectionLost ? at : at + 20_000_000
    truth.outages[index].declaredAt = said
    if !truth.outages[index].isConnectionLost { truth.outages[index].stateAt = at }
    let (cluster, place) = (cluster(of: host), datacenter(of: host))
    if isClass {
      var old = record(
        "DasHostIsolatedEvent", said, on: host, "Host \(host.name) has been isolated from cluster \(cluster) in \(place)")
      old.host = nil
      old.more = "<isolatedHost><name>\(host.name)</name><host type=\"HostSystem\">\(host.id)</host></isolatedHost>"
      keep(old)
    } else {
      tellExtended(
        "com.vmware.vc.HA.DasHostIsolatedEvent", said, on: host, severity: "error",
        "vSphere HA detected that host \(host.name) is isolated from cluster \(cluster) in \(place)")
    }
    return true
  }

  private mutating func connect(_ number: Int, _ at: Int64) -> Bool {
    guard let host = world.hosts[number], let index = outage(of: number), truth.outages[index].isConnectionLost else {
      return false
    }
    tell(
      host: host, "HostConnectedEvent", at, user: "vpxd", "Connected to \(host.name) in \(datacenter(of: host))")
    comeBack(host, index, at)
    return true
  }

  private mutating func rejoin(_ number: Int, isMaster: Bool, _ at: Int64) -> Bool {
    guard let host = world.hosts[number], let index = outage(of: number), !truth.outages[index].isConnectionLost else {
      return false
    }
    tellState(
      host, isMaster ? "master" : "connectedToMaster", isMaster ? "Running (Master)" : "Connected to master", at)
    comeBack(host, index, at)
    truth.kinds.insert(.c14)
    return true
  }

  private mutating func comeBack(_ host: World.Host, _ index: Int, _ at: Int64) {
    world.hosts[host.number]?.isAway = false
    truth.outages[index].isOver = true
    truth.outages[index].backAt = at
    // A lost connection alone stopped nothing.
    if !truth.outages[index].isDeath, truth.outages[index].declaredAt == nil { truth.outages[index].hits = [] }
    let down = truth.outages[index].hits.filter { !$0.isSettled && world.vms[$0.vm]?.power == .off }
    if !down.isEmpty { truth.kinds.insert(.c3) }
    if !truth.outages[index].isDeath, truth.outages[index].trigger == "host_failed", !truth.outages[index].hits.isEmpty {
      truth.kinds.insert(.c3)
    }
  }

  // MARK: Inventories

  mutating func look(_ number: Int, _ at: Int64) -> Bool {
    // What lies between an inventory and the beginning of the records would be a hole that nothing shows.
    guard inventories[number] == nil, at >= losses.before else { return false }
    let at = at / 1_000_000 * 1_000_000
    var seen = world
    // vCenter goes on saying of a host that it cannot reach what it knew last.
    for outage in truth.outages where !outage.isOver {
      for hit in outage.hits where seen.vms[hit.vm]?.host == outage.host && !hit.isSettled {
        seen.vms[hit.vm]?.power = .on
        truth.kinds.insert(.c3)
      }
    }
    inventories[number] = (at, seen)
    guard usesInventories else { return true }
    for host in world.hosts.keys { show(host: host, at) }
    for vm in world.vms.values {
      let isReachable = world.hosts[vm.host]?.isAway == false
      if isReachable, let (outage, hit) = hit(on: vm.number) {
        if vm.power == .on {
          settleSurvival(vm.number)
        } else if truth.outages[outage].host != vm.host {
          // Moved off and found off: whether it ran in between, nothing shows.
          truth.outages[outage].doubtful.insert(vm.number)
        } else if !truth.outages[outage].hits[hit].isUncertain {
          truth.outages[outage].isStopShown = true
        }
      }
      if truth.shownVMs[vm.number] == nil { truth.shownVMs[vm.number] = at }
      placed.insert(vm.number)
      guard isReachable else { continue }
      powered.insert(vm.number)
      if truth.shownPowers[vm.number] == nil { truth.shownPowers[vm.number] = at }
      if doubts[vm.number] != nil {
        doubts[vm.number] = nil
        change(vm.number, at) { _ in }
      }
    }
    return true
  }
}
