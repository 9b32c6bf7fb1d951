import Inventory
import Planning
import TestSupport
import Testing

@testable import Engines

/// What the service checks a move against, where it leaves out VMs that have no say.
@Suite struct SurroundingsTests {
  @Test func nothingThatCountsIsLeftOut() {
    for seed in UInt64(0)..<150 {
      var random = SplitMix64(seed: seed)
      var cluster = Chance(seed: seed).scenario.cluster
      let names = cluster.vms.map(\.name)
      for kind in PlacementRule.Kind.allCases {
        var rule = PlacementRule(kind: kind, vms: names.filter { _ in Bool.random(using: &random) })
        rule.hosts = cluster.hosts.map(\.name).filter { _ in Bool.random(using: &random) }
        cluster.rules.append(rule)
      }
      let networks = ["net-c", "net-a", "net-b"]
      for number in cluster.hosts.indices {
        cluster.hosts[number].networks = networks.filter { _ in .random(using: &random) }
      }
      for number in cluster.vms.indices { cluster.vms[number].networks = networks.shuffled(using: &random) }
      var known = KnownCluster(cluster)
      for number in cluster.vms.indices where Bool.random(using: &random) {
        guard let host = cluster.hosts.randomElement(using: &random)?.name else { continue }
        known.take(arrival(of: cluster.vms[number].name, on: host, &random))
        cluster.vms[number].host = host
      }
      for host in cluster.hosts.map(\.name) {
        let running = cluster.vms.filter { $0.host == host && $0.power == .on && !$0.isTemplate }.map(\.name)
        #expect(known.running(on: host) == running, "seed \(seed): \(host)")
      }
      var situation = Situation()
      for vm in cluster.vms where Int.random(in: 0...3, using: &random) == 0 {
        guard let to = cluster.hosts.randomElement(using: &random)?.name else { continue }
        situation.moves.append(MoveInFlight(vm: vm.name, from: vm.host, to: to))
      }
      let all = Compatibility(cluster, situation)
      for vm in cluster.vms {
        for host in cluster.hosts {
          let move = MoveRequest(of: vm, to: host.name, datastore: nil)
          let near = Compatibility(known.surroundings(of: move, situation), situation, for: vm.name)
          let (found, expected) = (near.verdict(on: move)?.reasons, all.verdict(on: move)?.reasons)
          #expect(found?.map(\.text) == expected?.map(\.text), "seed \(seed): \(vm.name) to \(host.name)")
        }
      }
    }
  }

  /// One of the events that say that a VM is on a host.
  private func arrival(of vm: String, on host: String, _ random: inout SplitMix64) -> Event {
    let there = ObjectReference(kind: .host, foreignID: host, name: host)
    var event = Event(occurredAt: .distantPast, type: Bool.random(using: &random) ? .migrationCompleted : .migrationPhase)
    event.vm = ObjectReference(kind: .vm, foreignID: vm, name: vm)
    if event.type == .migrationCompleted {
      event.host = there
    } else {
      (event.otherHost, event.detail) = (there, ["phase": "running"])
    }
    return event
  }
}
