/// What HA does, and what becomes of VMs that a failure hit.
extension Life {
  mutating func playFailover(_ deed: Deed, _ at: Int64) -> Bool {
    switch deed {
    case .restart(let vm, let to, let form): restart(vm, to, form, at)
    case .failRestart(let vm, let on, let willRetry): failRestart(vm, on, willRetry: willRetry, at)
    case .lackResources(let vm): lackResources(vm, at)
    case .giveUp(let vm, let isClass): giveUp(vm, isClass: isClass, at)
    case .refuseRestart(let vm): refuseRestart(vm, at)
    case .findOff(let vm): findOff(vm, at)
    case .isolationStop(let vm, let form): isolationStop(vm, form, at)
    case .leaveAlone(let vm): leaveAlone(vm, at)
    case .finishFailover(let cluster): finishFailover(cluster, at)
    default: false
    }
  }

  /// A VM that a failure in a cluster with HA has down, and of which HA is not done.
  private func victim(_ number: Int) -> (vm: World.VM, outage: Int, hit: Int)? {
    guard let vm = world.vms[number], vm.power == .off, let (outage, hit) = hit(on: number),
      truth.outages[outage].host == vm.host, truth.outages[outage].declaredAt != nil,
      // After a further failure of the host it could not be told which of them HA acts for.
      truth.outages.lastIndex(where: { $0.host == vm.host }) == outage,
      truth.outages[outage].cluster.flatMap({ world.clusters[$0] })?.isProtected == true
    else { return nil }
    return (vm, outage, hit)
  }

  private mutating func restart(_ number: Int, _ to: Int, _ form: Deed.RestartForm, _ at: Int64) -> Bool {
    guard let (vm, outage, hit) = victim(number), let target = open(to), target.cluster == truth.outages[outage].cluster,
      to != vm.host
    else { return false }
    let wasPlaced = placed.contains(number)
    var (recordAt, powerOnAt): (Int64, Int64?) = (at, nil)
    switch form {
    case .alone: break
    case .recordFirst(let milliseconds): powerOnAt = at + Int64(milliseconds) * 1000
    case .powerOnFirst(let milliseconds):
      (recordAt, powerOnAt) = (at + Int64(milliseconds) * 1000, at)
      truth.kinds.insert(.c9)
    }
    func tellPowerOn() {
      guard let powerOnAt else { return }
      tell("VmPoweredOnEvent", powerOnAt, vm, on: to, power: true) { "\($0) on \($1) in \($2) is powered on" }
    }
    if recordAt > at { tellPowerOn() }
    tellExtended(
      "com.vmware.vc.ha.VmRestartedByHAEvent", recordAt, on: target, vm: vm, severity: "warning",
      "vSphere HA restarted virtual machine \(vm.name) on host \(target.name) in cluster \(cluster(of: target))")
    show(number, recordAt, power: true)
    if recordAt <= at { tellPowerOn() }
    change(number, at) { ($0.host, $0.power) = (to, .on) }
    let others = truth.outages.indices.filter {
      $0 != outage && truth.outages[$0].cluster == target.cluster && !truth.outages[$0].isFinished
    }
    truth.moves.append(
      Truth.Move(
        vm: number, from: vm.host, to: to, since: at, until: max(recordAt, powerOnAt ?? recordAt), kinds: ["ha_restart"],
        isRestart: true,
        isSourceHidden: !wasPlaced, isSourceOpen: !wasPlaced && (!others.isEmpty || truth.outages[outage].isFinished)))
    if truth.outages[outage].hits[hit].isUncertain {
      for other in others { truth.outages[other].doubtful.insert(number) }
      if others.isEmpty, !truth.outages[outage].isFinished {
        truth.outages[outage].hits[hit].isUncertain = false
      } else {
        truth.outages[outage].doubtful.insert(number)
      }
    }
    update(outage, hit) {
      $0.outcome = .restarted
      ($0.to, $0.upAt, $0.startedBy) = (to, powerOnAt ?? recordAt, "ha")
      $0.attempts += 1
      $0.isSettled = true
    }
    truth.outages[outage].isStopShown = true
    return true
  }

  private mutating func update(_ outage: Int, _ hit: Int, _ body: (inout Truth.Hit) -> Void) {
    body(&truth.outages[outage].hits[hit])
  }

  private mutating func failRestart(_ number: Int, _ on: Int, willRetry: Bool, _ at: Int64) -> Bool {
    guard let (vm, outage, hit) = victim(number), let host = open(on), host.cluster == truth.outages[outage].cluster,
      !truth.outages[outage].isFinished, !truth.outages[outage].hits[hit].isUncertain
    else { return false }
    let reason = "The operation timed out."
    let place = cluster(of: host)
    // Without a promise the record is of the failed host, as the simulator writes it.
    tell(
      "VmFailoverFailed", at, vm, on: willRetry ? on : vm.host, power: true, more: XMLText.fault("Timedout", reason)
    ) {
      "vSphere HA unsuccessfully failed over \($0) on \($1) in cluster \(place) in \($2)"
        + (willRetry
          ? ". vSphere HA will retry if the maximum number of attempts has not been exceeded. Reason: \(reason)" : "")
    }
    update(outage, hit) {
      $0.attempts += 1
      $0.outcome = willRetry ? .waiting : .failed
    }
    if willRetry { truth.kinds.insert(.c16) }
    truth.outages[outage].isStopShown = true
    return true
  }

  private mutating func lackResources(_ number: Int, _ at: Int64) -> Bool {
    guard let (vm, outage, hit) = victim(number), !truth.outages[outage].hits[hit].isUncertain,
      !truth.outages[outage].isFinished, let host = world.hosts[vm.host]
    else { return false }
    let place = cluster(of: host)
    tell(
      "NotEnoughResourcesToStartVmEvent", at, vm, on: vm.host, power: true,
      more: XMLText.fault("InsufficientResourcesFault", "Insufficient resources.")
    ) { name, _, datacenter in "Insufficient resources to fail over \(name) in \(place) that recides in \(datacenter)" }
    update(outage, hit) {
      $0.attempts += 1
      $0.outcome = .failed
    }
    return true
  }

  private mutating func giveUp(_ number: Int, isClass: Bool, _ at: Int64) -> Bool {
    guard let (vm, outage, hit) = victim(number), let host = world.hosts[vm.host],
      truth.outages[outage].hits[hit].attempts > 0, !truth.outages[outage].isFinished
    else { return false }
    let text =
      "vSphere HA stopped trying to restart \(vm.name) in cluster \(cluster(of: host)) in datacenter "
      + "\(datacenter(of: host)) because the maximum VM restart count was reached"
    if isClass {
      tell("VmMaxRestartCountReached", at, vm, on: vm.host, power: true) { _, _, _ in text }
    } else {
      tellExtended("com.vmware.vc.HA.VmMaxRestartCountReached", at, on: host, vm: vm, severity: "warning", text)
    }
    update(outage, hit) { $0.outcome = .failed }
    truth.kinds.insert(.c15)
    return true
  }

  private mutating func refuseRestart(_ number: Int, _ at: Int64) -> Bool {
    guard let (vm, outage, hit) = victim(number), let host = world.hosts[vm.host],
      truth.outages[outage].hits[hit].attempts == 0, !truth.outages[outage].hits[hit].isUncertain,
      !truth.outages[outage].isFinished
    else { return false }
    tellExtended(
      "com.vmware.vc.HA.VMIsHADisabledRestartEvent", at, on: host, vm: vm,
      "vSphere HA did not attempt to restart \(vm.name) because its VM restart priority is Disabled")
    update(outage, hit) { $0.outcome = .notProtected }
    return true
  }

  private mutating func findOff(_ number: Int, _ at: Int64) -> Bool {
    guard let (vm, outage, _) = victim(number), truth.outages[outage].isDeath, !truth.outages[outage].isOver,
      truth.outages[outage].trigger == "host_failed"
    else { return false }
    tell("VmPoweredOffEvent", at, vm, on: vm.host, power: true) { "\($0) on \($1) in \($2) is powered off" }
    return true
  }

  private mutating func isolationStop(_ number: Int, _ form: Deed.StopForm, _ at: Int64) -> Bool {
    guard let vm = world.vms[number], vm.power == .on, let (outage, hit) = hit(on: number), vm.secondary == nil,
      truth.outages[outage].trigger == "host_isolated", !truth.outages[outage].isOver,
      truth.outages[outage].host == vm.host, let host = world.hosts[vm.host],
      !truth.outages[outage].hits[hit].isUncertain, let declared = truth.outages[outage].declaredAt, at > declared
    else { return false }
    var stopped = at
    let place = cluster(of: host)
    switch form {
    case .plain, .shutDown:
      if form == .shutDown {
        tell("VmGuestShutdownEvent", at, vm, on: vm.host, power: false) { "Guest OS shut down for \($0) on \($1) in \($2)" }
        stopped += 27_000_000
      }
      tell("VmPoweredOffEvent", stopped, vm, on: vm.host, power: true) { "\($0) on \($1) in \($2) is powered off" }
    case .ofClass:
      tell(
        "VmPowerOffOnIsolationEvent", at, vm, on: vm.host, power: true,
        more: "<isolatedHost><name>\(host.name)</name><host type=\"HostSystem\">\(host.id)</host></isolatedHost>"
      ) { "vSphere HA powered off \($0) on the isolated host \($1) in cluster \(place) in \($2)" }
      truth.onlyInXML.insert(number)
    }
    change(number, stopped) { $0.power = .off }
    update(outage, hit) { $0.downSince = stopped }
    truth.outages[outage].isStopShown = true
    return true
  }

  private mutating func leaveAlone(_ number: Int, _ at: Int64) -> Bool {
    guard let vm = world.vms[number], vm.power == .on, let (outage, hit) = hit(on: number), vm.secondary == nil,
      truth.outages[outage].trigger == "host_isolated", !truth.outages[outage].isOver, let host = world.hosts[vm.host],
      truth.outages[outage].host == vm.host, !truth.outages[outage].hits[hit].isUncertain
    else { return false }
    tellExtended(
      "com.vmware.vc.HA.VMIsHADisabledIsolationEvent", at, on: host, vm: vm,
      "vSphere HA did not perform an isolation response for \(vm.name) in cluster \(cluster(of: host)) in "
        + "\(datacenter(of: host)) because its VM restart priority is Disabled")
    truth.outages[outage].hits.remove(at: hit)
    truth.onlyInXML.insert(number)
    truth.kinds.insert(.c13)
    return true
  }

  private mutating func finishFailover(_ number: Int, _ at: Int64) -> Bool {
    guard let cluster = world.clusters[number], cluster.isProtected, let place = world.datacenters[cluster.datacenter],
      truth.outages.contains(where: { $0.cluster == number && $0.declaredAt != nil && !$0.isFinished })
    else { return false }
    var record = StoryRecord(
      at: at, type: "EventEx",
      text: "vSphere HA completed a virtual machine failover action in cluster \(cluster.name) in datacenter \(place.name)")
    record.typeID = "com.vmware.vc.HA.ClusterFailoverActionCompletedEvent"
    record.datacenter = .init(name: place.name, id: place.id)
    record.cluster = .init(name: cluster.name, id: cluster.id)
    record.object = ("ClusterComputeResource", .init(name: cluster.name, id: cluster.id))
    keep(record)
    for index in truth.outages.indices where truth.outages[index].cluster == number {
      truth.outages[index].isFinished = true
      for hit in truth.outages[index].hits.indices where truth.outages[index].hits[hit].outcome == .waiting {
        truth.outages[index].hits[hit].outcome = .failed
      }
    }
    return true
  }

  // MARK: What became of them

  /// A VM was started where it is.
  mutating func settleStart(_ vm: World.VM, isByUser: Bool, _ at: Int64) {
    guard let (outage, hit) = hit(on: vm.number) else { return }
    let isAtHome = vm.host == truth.outages[outage].host
    let hasMoved = truth.moves.contains { $0.vm == vm.number && $0.since >= truth.outages[outage].since }
    let isUncertain = truth.outages[outage].hits[hit].isUncertain
    if isUncertain { truth.outages[outage].doubtful.insert(vm.number) }
    let since = truth.outages[outage].since
    for index in truth.moves.indices where truth.moves[index].vm == vm.number && truth.moves[index].since >= since {
      truth.moves[index].isKindHidden = false
    }
    update(outage, hit) {
      $0.isOpen = false
      $0.outcome = isAtHome ? .recovered : .restarted
      ($0.to, $0.upAt, $0.startedBy) = (vm.host, at, isByUser ? "user" : nil)
      $0.attempts += isAtHome ? 0 : 1
      $0.isSettled = true
    }
    if !isUncertain { truth.outages[outage].isStopShown = true }
    if hasMoved { truth.kinds.insert(.c4) }
    if truth.outages[outage].declaredAt == nil { truth.kinds.insert(.c5) }
  }

  /// A record shows a VM running that never stopped.
  mutating func settleSurvival(_ number: Int) {
    guard let (outage, hit) = hit(on: number) else { return }
    let host = truth.outages[outage].host
    update(outage, hit) {
      $0.outcome = .recovered
      $0.to = host
      ($0.isSurvivor, $0.isSettled) = (true, true)
    }
  }

  /// A VM that never stopped was moved off, running.
  mutating func settleHotMove(_ number: Int) {
    guard let (outage, hit) = hit(on: number) else { return }
    switch truth.outages[outage].trigger {
    case "host_failed":
      // Without the record of its beginning nothing shows that the move was hot.
      truth.outages[outage].hits[hit].isOpen = losses.types.contains("VmBeingHotMigratedEvent")
      settleSurvival(number)
    case "connection_lost": truth.outages[outage].hits.remove(at: hit)
    default:
      truth.outages[outage].hits[hit].isOpen = true
      truth.outages[outage].hits[hit].isSettled = true
      truth.outages[outage].doubtful.insert(number)
    }
  }

  /// Somebody stopped a VM that no record shows running since.
  mutating func disturb(_ number: Int) {
    guard let (outage, hit) = hit(on: number) else { return }
    truth.outages[outage].hits[hit].isOpen = true
    truth.outages[outage].hits[hit].isSettled = true
    truth.outages[outage].doubtful.insert(number)
  }
}
