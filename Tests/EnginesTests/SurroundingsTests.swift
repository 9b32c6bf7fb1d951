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
      var situation = Situation()
      for vm in cluster.vms where Int.random(in: 0...3, using: &random) == 0 {
        guard let to = cluster.hosts.randomElement(using: &random)?.name else { continue }
        situation.moves.append(MoveInFlight(vm: vm.name, from: vm.host, to: to))
      }
      let (known, all) = (KnownCluster(cluster), Compatibility(cluster, situation))
      for vm in cluster.vms {
        for host in cluster.hosts {
          let move = MoveRequest(of: vm, to: host.name, datastore: nil)
          let near = Compatibility(known.surroundings(of: move, situation), situation)
          let (found, expected) = (near.verdict(on: move)?.reasons, all.verdict(on: move)?.reasons)
          #expect(found?.map(\.text) == expected?.map(\.text), "seed \(seed): \(vm.name) to \(host.name)")
        }
      }
    }
  }
}
