internal import CBaseline
internal import Inventory
internal import Ledger

/// A month of one cluster: 20 hosts, 1,000 VMs that are registered, started and moved about, at its end a host failure.
struct ClusterStory: Sendable {
  /// About how many events it has.
  let size: Int

  static let failedHost = host(6)
  private static let (hosts, vms) = (20, 1000)
  private static let begin = Instant(microseconds: 1_792_300_000_000_000)
  private static let length = 30.0 * 86_400
  private static let cluster = ObjectReference(kind: .cluster, foreignID: "domain-c8", name: "prod")

  private static func host(_ index: Int) -> ObjectReference {
    ObjectReference(kind: .host, foreignID: "host-\(20 + index)", name: "esx\(index + 1).corp.example")
  }

  private static func vm(_ index: Int) -> ObjectReference {
    ObjectReference(kind: .vm, foreignID: "vm-\(1000 + index)", name: "web-\(index + 1)")
  }

  /// Appends the whole story.
  /// - Returns: how many VMs the failure hit; each of them was restarted.
  func append(to transaction: LedgerTransaction) throws -> Int {
    let source = try transaction.source(named: "bench", instanceUUID: nil)
    var (time, key, seed) = (Self.begin, 0, 7 as UInt64)
    let step = Self.length / Double(size)
    func random(_ count: Int) -> Int { Int(baseline_next(&seed) % UInt64(count)) }
    func write(_ type: EventType, _ foreignType: String, _ message: String, _ fill: (inout Event) -> Void) throws {
      key += 1
      time = time.adding(seconds: step)
      var event = Event(occurredAt: time, type: type)
      event.foreignType = foreignType
      event.foreignKey = String(key)
      event.chain = String(key)
      event.cluster = Self.cluster
      event.actor = "CORP\\ops"
      event.message = message
      event.detail = ["foreign": ["template": "false"]]
      fill(&event)
      _ = try transaction.append(event, source: source)
    }

    let (hosts, vms) = ((0..<Self.hosts).map(Self.host), (0..<Self.vms).map(Self.vm))
    for host in hosts { try write(.hostAdded, "HostAddedEvent", "Added host \(host.name)") { $0.host = host } }
    var place = vms.indices.map { $0 % hosts.count }
    for (index, vm) in vms.enumerated() {
      for (type, foreignType) in [(EventType.vmRegistered, "VmCreatedEvent"), (.vmPoweredOn, "VmPoweredOnEvent")] {
        try write(type, foreignType, "\(vm.name) on \(hosts[place[index]].name)") {
          ($0.vm, $0.host) = (vm, hosts[place[index]])
        }
      }
    }
    while key < size - Self.vms / Self.hosts {
      let (index, move) = (random(vms.count), 1 + random(hosts.count - 1))
      let (from, to) = (hosts[place[index]], hosts[(place[index] + move) % hosts.count])
      try write(.migrationStarted, "VmBeingHotMigratedEvent", "Migrating \(vms[index].name) from \(from.name) to \(to.name)")
      {
        ($0.vm, $0.host, $0.otherHost) = (vms[index], from, to)
      }
      let chain = String(key)
      try write(.migrationCompleted, "VmMigratedEvent", "\(vms[index].name) moved from \(from.name) to \(to.name)") {
        ($0.vm, $0.host, $0.otherHost, $0.chain) = (vms[index], to, from, chain)
      }
      place[index] = (place[index] + move) % hosts.count
    }

    let failed = Self.failedHost
    let victims = vms.indices.filter { hosts[place[$0]] == failed }
    try write(.hostConnectionLost, "HostConnectionLostEvent", "\(failed.name) does not respond") { $0.host = failed }
    try write(.hostFailed, "com.vmware.vc.HA.DasHostFailedEvent", "HA found that \(failed.name) failed") { $0.host = failed }
    try write(.failoverStarted, "com.vmware.vc.HA.ClusterFailoverActionInitiatedEvent", "Failover begins") {
      $0.detail = ["pending_vms": .int(Int64(victims.count))]
    }
    for index in victims {
      let target = hosts[(6 + 1 + random(hosts.count - 1)) % hosts.count]
      try write(.vmRestarted, "VmRestartedOnAlternateHostEvent", "HA restarted \(vms[index].name) on \(target.name)") {
        ($0.vm, $0.host, $0.otherHost) = (vms[index], target, failed)
      }
    }
    try write(.failoverFinished, "com.vmware.vc.HA.ClusterFailoverActionCompletedEvent", "Failover ended") { _ in }
    return victims.count
  }
}
