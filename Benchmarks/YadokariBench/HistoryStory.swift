internal import CBaseline
internal import Inventory

/// A year of five clusters with 100 hosts and 5,000 VMs that a balancer moves about, with a host failure each month: most
/// of its VMs are restarted, some restarts fail, some VMs are not protected, and the host comes back a few hours later.
struct HistoryStory {
  /// Raised with every change of the story: ledgers of other versions are not used again.
  static let version = 1
  /// About how many events it has.
  let size: Int

  private static let (clusterCount, hostsEach, vmsEach) = (5, 20, 1000)
  static let (begin, days) = (Instant(microseconds: 1_763_000_000_000_000), 365.0)
  static let failureCount = 12

  private let clusters: [ObjectReference]
  private let hosts: [ObjectReference]
  private let vms: [ObjectReference]
  private let datastores: [ObjectReference]
  private var place: [Int]
  private var dead: Int?
  private var failures = 0
  private var written = 0
  private var seed: UInt64 = 5
  /// Events that are next, last one first.
  private var pending: [Event] = []

  init(size: Int) {
    self.size = size
    func objects(_ kind: ObjectKind, _ count: Int, _ id: String, _ name: (Int) -> String) -> [ObjectReference] {
      (0..<count).map { ObjectReference(kind: kind, foreignID: "\(id)-\($0 + 100)", name: name($0)) }
    }
    clusters = objects(.cluster, Self.clusterCount, "domain-c") { "prod-\($0 + 1)" }
    hosts = objects(.host, Self.clusterCount * Self.hostsEach, "host", Self.hostName)
    vms = objects(.vm, Self.clusterCount * Self.vmsEach, "vm") { "web-\($0 + 1)" }
    datastores = objects(.datastore, 10 * Self.clusterCount, "datastore") { "san-\($0 + 1)" }
    place = vms.indices.map { $0 / Self.vmsEach * Self.hostsEach + $0 % Self.hostsEach }
  }

  private static func hostName(_ index: Int) -> String { "esx\(index + 1).corp.example" }

  /// The host that a failure hits: each time another one.
  static func failedHost(_ failure: Int) -> String { hostName(failedIndex(failure)) }

  /// About when it comes, in a story of so many events.
  static func failureTime(_ failure: Int, of size: Int) -> Instant {
    let written = size / failureCount * (failure + 1) - size / 100
    return begin.adding(seconds: Double(written) * days * 86_400 / Double(size))
  }

  private static func failedIndex(_ failure: Int) -> Int { (failure * 37 + 6) % (clusterCount * hostsEach) }

  /// Up to so many events, the next ones; empty at the end of the year.
  mutating func next(_ count: Int) -> [Event] {
    var events: [Event] = []
    events.reserveCapacity(count)
    while events.count < min(count, size - written + events.count) {
      if pending.isEmpty { prepare() }
      guard var event = pending.popLast() else { break }
      written += 1
      event.occurredAt = Self.begin.adding(seconds: Double(written) * Self.days * 86_400 / Double(size))
      (event.foreignKey, event.chain) = (String(written), String(written))
      events.append(event)
    }
    return events
  }

  private mutating func prepare() {
    if written == 0 {
      pending = beginning.reversed()
    } else if let host = dead, written > size / Self.failureCount * failures + size / 1000 {
      pending = recovery(of: host).reversed()
    } else if failures < Self.failureCount, written > size / Self.failureCount * (failures + 1) - size / 100 {
      pending = failure(of: Self.failedIndex(failures)).reversed()
    } else {
      pending = move().reversed()
    }
  }

  private func event(
    _ type: EventType, _ foreignType: String, _ message: String, host: Int?, vm: Int? = nil, from other: Int? = nil
  ) -> Event {
    var event = Event(occurredAt: Self.begin, type: type)
    event.foreignType = foreignType
    event.cluster = host.map { clusters[$0 / Self.hostsEach] }
    event.host = host.map { hosts[$0] }
    event.vm = vm.map { vms[$0] }
    event.otherHost = other.map { hosts[$0] }
    event.actor = "CORP\\ops"
    event.message = message
    event.detail = ["foreign": ["template": "false"]]
    return event
  }

  private var beginning: [Event] {
    hosts.indices.map { event(.hostAdded, "HostAddedEvent", "Added host \(hosts[$0].name)", host: $0) }
      + vms.indices.flatMap { vm in
        var placed = event(.vmRegistered, "VmCreatedEvent", "Created \(vms[vm].name)", host: place[vm], vm: vm)
        placed.datastore = datastores[vm % datastores.count]
        placed.detail = ["vcpus": .int(Int64(1 + vm % 8)), "memory_mib": .int(Int64(1024 * (1 + vm % 16)))]
        return [placed, event(.vmPoweredOn, "VmPoweredOnEvent", "\(vms[vm].name) is on", host: place[vm], vm: vm)]
      }
  }

  private mutating func random(_ count: Int) -> Int { Int(baseline_next(&seed) % UInt64(count)) }

  /// Another host of the same cluster, but not the dead one.
  private mutating func target(for host: Int) -> Int {
    let first = host / Self.hostsEach * Self.hostsEach
    while true {
      let target = first + (host - first + 1 + random(Self.hostsEach - 1)) % Self.hostsEach
      if target != dead { return target }
    }
  }

  private mutating func move() -> [Event] {
    var vm = random(vms.count)
    while place[vm] == dead { vm = random(vms.count) }
    let from = place[vm]
    let to = target(for: from)
    place[vm] = to
    let (name, ends) = (vms[vm].name, "from \(hosts[from].name) to \(hosts[to].name)")
    return [
      event(.migrationStarted, "VmBeingHotMigratedEvent", "Migrating \(name) \(ends)", host: from, vm: vm, from: to),
      event(.migrationCompleted, "DrsVmMigratedEvent", "\(name) moved \(ends)", host: to, vm: vm, from: from),
    ]
  }

  private mutating func failure(of host: Int) -> [Event] {
    (dead, failures) = (host, failures + 1)
    let victims = vms.indices.filter { place[$0] == host }
    let name = hosts[host].name
    var started = event(.failoverStarted, "com.vmware.vc.HA.ClusterFailoverActionInitiatedEvent", "Begins", host: host)
    started.host = nil
    started.detail = ["pending_vms": .int(Int64(victims.count))]
    var ended = event(.failoverFinished, "com.vmware.vc.HA.ClusterFailoverActionCompletedEvent", "Ended", host: host)
    ended.host = nil
    var events = [
      event(.hostConnectionLost, "HostConnectionLostEvent", "\(name) does not respond", host: host),
      event(.hostFailed, "com.vmware.vc.HA.DasHostFailedEvent", "HA found that \(name) failed", host: host), started,
    ]
    for (index, vm) in victims.enumerated() {
      switch index % 10 {
      case 0:
        events.append(
          event(.vmRestartFailed, "com.vmware.vc.HA.VmRestartFailed", "No host fits \(vms[vm].name)", host: host, vm: vm))
      case 1:
        events.append(
          event(.vmNotProtected, "com.vmware.vc.HA.VmUnprotectedEvent", "\(vms[vm].name) is off", host: host, vm: vm))
      default:
        place[vm] = target(for: host)
        events.append(
          event(
            .vmRestarted, "com.vmware.vc.ha.VmRestartedByHAEvent", "Restarted \(vms[vm].name)", host: place[vm], vm: vm,
            from: host))
      }
    }
    return events + [ended]
  }

  /// The host is back, and somebody starts the VMs that are still on it.
  private mutating func recovery(of host: Int) -> [Event] {
    dead = nil
    let left = vms.indices.filter { place[$0] == host }
    return [event(.hostRecovered, "HostConnectedEvent", "\(hosts[host].name) is connected", host: host)]
      + left.map { event(.vmPoweredOn, "VmPoweredOnEvent", "\(vms[$0].name) is on", host: host, vm: $0) }
  }
}
