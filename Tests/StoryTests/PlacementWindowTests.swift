import Inventory
import TestSupport
import Testing

@testable import Ledger

/// What is read of one host or cluster alone, held against the list of everything.
@Suite struct PlacementWindowTests {
  private static let forms: [Form] = [.xml, .listJSON, .syslog, .powerCLI]

  @Test("The VMs of a host or a cluster are those that the whole list shows there", arguments: 0..<UInt64(8))
  func placesAgree(block: UInt64) async throws {
    var compared = 0
    for seed in (block * 12)..<(block * 12 + 12) {
      let story = Story(seed: seed, kinds: Set(Kind.allCases))
      let lives = story.parts.map { $0.life() }
      let form = Self.forms[Int(seed) % Self.forms.count]
      if form.isInventories, lives.contains(where: { $0.inventories.isEmpty }) { continue }
      let product = try await Product(story, lives: lives, form: form, folder: ScratchFolder(inMemory: true))
      let times = lives.flatMap { $0.records.map(\.at) + $0.inventories.map { $0.value.at } }.sorted()
      guard !times.isEmpty else { continue }
      var random = SplitMix64(seed: seed)
      try product.ledger.read { reader in
        for _ in 0..<5 {
          // At the very time of a record as often as beside it.
          let moment = Instant(microseconds: times[random.below(times.count)] + Int64(random.below(3)) - 1)
          var all: [Placement] = []
          try reader.forEachPlacement(at: moment) { all.append($0) }
          func words(_ placements: [Placement]) -> [String] { placements.map { "\($0)" } }
          for host in try reader.summaries(of: .host, at: moment) {
            var found: [Placement] = []
            try reader.forEachPlacement(at: moment, on: host.id) { found.append($0) }
            #expect(
              words(found) == words(all.filter { $0.host?.id == host.id }),
              "seed \(seed), \(form), \(host.name) at \(moment)")
            compared += found.count
          }
          for cluster in try reader.summaries(of: .cluster, at: moment) {
            var found: [Placement] = []
            try reader.forEachPlacement(at: moment, in: cluster.id) { found.append($0) }
            #expect(
              words(found) == words(all.filter { $0.cluster?.id == cluster.id }),
              "seed \(seed), \(form), \(cluster.name) at \(moment)")
          }
        }
      }
    }
    #expect(compared > 10, "the stories hold VMs on hosts")
  }
}
