internal import CBaseline
internal import Inventory
internal import Ledger

/// Events as Yadokari's own engines write them: VMs that are registered, started, and moved about by a balancer.
struct OwnStory {
  private let hosts = (0..<100).map { ObjectReference(kind: .host, foreignID: "", name: "esx\($0 + 1).corp.example") }
  private let vms = (0..<1000).map { ObjectReference(kind: .vm, foreignID: "", name: "web-\($0 + 1)") }
  private let cluster = ObjectReference(kind: .cluster, foreignID: "", name: "prod")
  private var place: [Int]
  private var seed: UInt64 = 11
  private var count = 0
  private var pending: (vm: Int, to: Int)?

  init() { place = vms.indices.map { $0 % 100 } }

  private func event(_ type: EventType, _ fill: (inout Event) -> Void) -> Event {
    var event = Event(occurredAt: Instant(microseconds: 1_792_300_000_000_000 + Int64(count) * 1_300_000), type: type)
    event.cluster = cluster
    event.actor = "drs"
    fill(&event)
    return event
  }

  /// The next event.
  mutating func next() -> Event {
    defer { count += 1 }
    if count < 2 * vms.count {
      return event(count < vms.count ? .vmRegistered : .vmPoweredOn) {
        ($0.vm, $0.host) = (vms[count % vms.count], hosts[place[count % vms.count]])
      }
    }
    if let move = pending {
      let from = place[move.vm]
      (place[move.vm], pending) = (move.to, nil)
      return event(.migrationCompleted) {
        ($0.vm, $0.host, $0.otherHost) = (vms[move.vm], hosts[move.to], hosts[from])
        $0.migration = Int64(count)
        $0.detail = ["duration_ms": .int(Int64(count % 30_000)), "downtime_ms": .int(Int64(count % 300))]
      }
    }
    let vm = Int(baseline_next(&seed) % UInt64(vms.count))
    let to = (place[vm] + 1 + Int(baseline_next(&seed) % UInt64(hosts.count - 1))) % hosts.count
    pending = (vm, to)
    return event(.migrationStarted) {
      ($0.vm, $0.host, $0.otherHost) = (vms[vm], hosts[place[vm]], hosts[to])
      $0.reason = "imbalance 0.\(10 + count % 90)"
    }
  }
}
