import Inventory
import Planning
import TestSupport
import Testing

@testable import Ledger

/// What is read of one VM and some hosts, held against what is read of everything that files told.
@Suite struct MoveSnapshotStoryTests {
  @Test("A VM has the same reasons in what was read for it and in what was read of its source", arguments: 0..<UInt64(4))
  func agree(block: UInt64) async throws {
    var compared = 0
    try await Imported.forEach(in: block, forms: [.xml, .listJSON, .inventories, .powerCLI]) { story in
      var random = SplitMix64(seed: story.seed)
      try story.product.ledger.read { reader in
        for _ in 0..<3 {
          let moment = story.moment(&random)
          let hosts = try reader.summaries(of: .host, at: moment)
          for source in try reader.sourceNames() {
            let whole = try reader.snapshot(of: source, at: moment)
            let all = Compatibility(whole)
            for vm in try reader.summaries(of: .vm, at: moment) where vm.source == source {
              guard try reader.placement(of: vm.id, at: moment) != nil, let name = whole.name(ofVM: vm) else { continue }
              let asked = hosts.filter { $0.source == source && random.below(2) == 0 }
              let part = try reader.moveSnapshot(for: vm, to: Set(asked.map(\.id)), at: moment).cluster
              let expected = all.targets(of: name) ?? []
              let found = Compatibility(part, for: name).targets(of: name) ?? []
              let names = Set(asked.compactMap { part.name(ofHost: $0) })
              #expect(
                found.filter { names.contains($0.host) }.map { "\($0)" }
                  == expected.filter { names.contains($0.host) }.map { "\($0)" },
                "seed \(story.seed), \(story.form), \(name) at \(moment)")
              compared += names.count
            }
          }
        }
      }
    }
    #expect(compared > 10, "the stories hold VMs and hosts")
  }
}
