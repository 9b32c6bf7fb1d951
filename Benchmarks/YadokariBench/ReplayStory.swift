internal import CBaseline
internal import Inventory
internal import Ledger

/// Many moves of 1,000 VMs between 100 hosts, as a vCenter tells them or as our own engine does, with every checkpoint.
struct ReplayStory {
  let isOwn: Bool
  private let hosts = (0..<100).map {
    ObjectReference(kind: .host, foreignID: "host-\($0)", name: "esx\($0 + 1).corp.example")
  }
  private let vms = (0..<1000).map { ObjectReference(kind: .vm, foreignID: "vm-\($0)", name: "web-\($0 + 1)") }
  private var place: [Int]
  private var seed: UInt64 = 11
  private var seconds = 0.0
  private var key = 0

  init(isOwn: Bool) {
    self.isOwn = isOwn
    place = vms.indices.map { $0 % 100 }
  }

  private mutating func event(_ type: EventType, vm: Int, host: Int, other: Int? = nil, _ foreignType: String) -> Event {
    seconds += 1.3
    key += 1
    var event = Event(occurredAt: HistoryStory.begin.adding(seconds: seconds), type: type)
    (event.vm, event.host, event.otherHost) = (vms[vm], hosts[host], other.map { hosts[$0] })
    event.actor = "CORP\\ops"
    if !isOwn { (event.foreignType, event.foreignKey, event.chain) = (foreignType, String(key), String(key)) }
    return event
  }

  /// The events before the first move.
  mutating func beginning() -> [Event] {
    vms.indices.flatMap { vm in
      [
        event(.vmRegistered, vm: vm, host: place[vm], "VmCreatedEvent"),
        event(.vmPoweredOn, vm: vm, host: place[vm], "VmPoweredOnEvent"),
      ]
    }
  }

  /// The events of the next move.
  /// - Parameter request: the number that the first of them will get.
  mutating func move(request: Int64) -> [Event] {
    let vm = Int(baseline_next(&seed) % UInt64(vms.count))
    let from = place[vm]
    let to = (from + 1 + Int(baseline_next(&seed) % UInt64(hosts.count - 1))) % hosts.count
    place[vm] = to
    guard isOwn else {
      return [
        event(.migrationStarted, vm: vm, host: from, other: to, "VmBeingHotMigratedEvent"),
        event(.migrationCompleted, vm: vm, host: to, other: from, "DrsVmMigratedEvent"),
      ]
    }
    var events = [
      event(.migrationRequested, vm: vm, host: from, other: to, ""),
      event(.migrationStarted, vm: vm, host: from, other: to, ""),
    ]
    events[0].detail = ["kind": "live", "trigger": "drs"]
    events[1].detail = ["kind": "live"]
    for pass in Int64(1)...3 {
      var phase = event(.migrationPhase, vm: vm, host: from, other: to, "")
      phase.detail = [
        "phase": "precopy", "pass": .int(pass), "bytes": .int(4_294_967_296 / pass),
        "duration_s": .double(37.2 / Double(pass)),
        "rate_mib_s": .double(110), "dirty_mib_s": .double(20),
      ]
      events.append(phase)
    }
    var commit = event(.migrationPhase, vm: vm, host: from, other: to, "")
    commit.detail = ["phase": "commit"]
    var end = event(.migrationCompleted, vm: vm, host: to, other: from, "")
    end.detail = [
      "kind": "live", "passes": 3, "bytes": 6_979_321_856, "duration_s": .double(45.4), "downtime_ms": .double(223.8),
    ]
    events += [commit, end]
    for index in events.indices { events[index].migration = request }
    return events
  }
}
