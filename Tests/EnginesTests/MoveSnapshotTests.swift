import Inventory
import Ledger
import Planning
import PlayLab
import TestSupport
import Testing

/// What is read of one VM and some hosts, held against what is read of the whole source.
@Suite struct MoveSnapshotTests {
  private static let moment = Instant(microseconds: 1_600_000_000_000_000)

  @Test("Reasons found in what was read for one VM and some hosts are those of the whole source", arguments: 0..<UInt64(3))
  func agree(block: UInt64) async throws {
    var (compared, refused, ruled) = (0, 0, 0)
    for seed in (block * 10)..<(block * 10 + 10) {
      var random = SplitMix64(seed: seed)
      let ledger = try await Self.ledger(of: Self.world(seed, &random))
      try ledger.read { reader in
        let vms = try reader.summaries(of: .vm, at: Self.moment)
        let hosts = try reader.summaries(of: .host, at: Self.moment)
        let whole = try reader.snapshot(of: "lab", at: Self.moment)
        let all = Compatibility(whole)
        for _ in 0..<20 {
          let vm = vms[Int.random(in: 0..<vms.count, using: &random)]
          let asked = hosts.filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
          let part = try reader.moveSnapshot(for: vm, to: Set(asked.map(\.id)), at: Self.moment)
          let name = try #require(whole.name(ofVM: vm))
          #expect(part.cluster.name(ofVM: vm) == name, "seed \(seed), \(vm.name)")
          let found = Compatibility(part.cluster, for: name).targets(of: name) ?? []
          for host in asked {
            let target = try #require(whole.name(ofHost: host))
            let expected = try #require(all.targets(of: name)?.first { $0.host == target })
            let own = try #require(found.first { $0.host == target }, "seed \(seed), \(name) to \(target)")
            #expect("\(own)" == "\(expected)", "seed \(seed)")
            #expect(part.hostIDs[target] == host.foreignID)
            compared += 1
            if !expected.isAllowed { refused += 1 }
            if expected.reasons.contains(where: { $0.code == .ruleAntiAffinity || $0.code == .ruleAffinity }) { ruled += 1 }
          }
        }
      }
    }
    #expect(refused > 0 && refused < compared, "some moves are possible, and some are not")
    #expect(ruled > 0, "rules that name other VMs are broken")
  }

  private static func ledger(of events: [Event]) async throws -> Ledger {
    let ledger = try memoryLedger()
    try await ledger.write(at: moment) { transaction in
      let source = try transaction.source(named: "lab", instanceUUID: nil)
      for event in events { _ = try transaction.append(event, source: source) }
    }
    return ledger
  }

  /// A mixed cluster in two parts, in which some VMs and hosts bear the names of others.
  private static func world(_ seed: UInt64, _ random: inout SplitMix64) -> [Event] {
    var mixed = MixedCluster(seed: seed)
    var snapshot = mixed.snapshot(hosts: 7, vms: 60)
    snapshot.clusters.append(Cluster(name: "d"))
    for index in snapshot.hosts.indices where index % 3 == 0 { snapshot.hosts[index].cluster = "d" }
    return snapshot.placing(at: moment).map { event in
      var event = event
      if let vm = event.vm, Int.random(in: 0..<8, using: &random) == 0 {
        event.vm = ObjectReference(kind: .vm, foreignID: vm.foreignID, name: "v\(Int.random(in: 0..<60, using: &random))")
      }
      if event.type == .hostObserved, let host = event.host, Int.random(in: 0..<8, using: &random) == 0 {
        event.host = ObjectReference(
          kind: .host, foreignID: host.foreignID, name: "h\(Int.random(in: 0..<7, using: &random))")
      }
      return event
    }
  }
}
