import Inventory
import Testing

@testable import Planning

/// Two hosts, one datastore, one VM on the first host: nothing forbids anything.
func lab() -> ClusterSnapshot {
  var lab = ClusterSnapshot()
  lab.clusters = [Cluster(name: "c")]
  lab.hosts = ["a", "b"].map { Host(name: $0, cluster: "c", cores: 8, memoryMiB: 8192) }
  lab.datastores = [Datastore(name: "san", capacityMiB: 100_000), Datastore(name: "new", capacityMiB: 50_000)]
  var vm = VirtualMachine(name: "v", host: "a", memoryMiB: 1024, vcpus: 2)
  vm.networks = ["VM Network"]
  vm.disks = [VirtualDisk(datastore: "san", sizeMiB: 10_000)]
  lab.vms = [vm]
  return lab
}

/// What is found, such as `error memory-short`.
func codes(
  _ lab: ClusterSnapshot, _ move: MoveRequest = MoveRequest(.live, of: "v", to: "b"), _ situation: Situation = Situation()
) throws -> [String] {
  let verdict = try #require(Compatibility(lab, situation).verdict(on: move))
  return verdict.reasons.map { "\($0.severity.rawValue) \($0.code.rawValue)" }
}

/// What is found after a change to the lab.
func codes(
  _ move: MoveRequest = MoveRequest(.live, of: "v", to: "b"), _ change: (inout ClusterSnapshot) -> Void
) throws -> [String] {
  var changed = lab()
  change(&changed)
  return try codes(changed, move)
}
