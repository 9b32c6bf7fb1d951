import Inventory
import TestSupport
import Testing

@testable import Ledger

/// What is read of one host or cluster alone, held against the list of everything.
@Suite struct PlacementWindowTests {
  @Test("The VMs of a host or a cluster are those that the whole list shows there", arguments: 0..<UInt64(8))
  func placesAgree(block: UInt64) async throws {
    var compared = 0
    try await Imported.forEach(in: block, forms: [.xml, .listJSON, .syslog, .powerCLI]) { story in
      var random = SplitMix64(seed: story.seed)
      try story.product.ledger.read { reader in
        for _ in 0..<5 {
          let moment = story.moment(&random)
          var all: [Placement] = []
          try reader.forEachPlacement(at: moment) { all.append($0) }
          for place in try reader.summaries(of: .host, at: moment) + reader.summaries(of: .cluster, at: moment) {
            let isHost = place.kind == .host
            var found: [String] = []
            try reader.forEachPlacement(at: moment, on: isHost ? place.id : nil, in: isHost ? nil : place.id) {
              found.append("\($0)")
            }
            let expected = all.filter { (isHost ? $0.host : $0.cluster)?.id == place.id }.map { "\($0)" }
            #expect(found == expected, "seed \(story.seed), \(story.form), \(place.name) at \(moment)")
            compared += found.count
          }
        }
      }
    }
    #expect(compared > 10, "the stories hold VMs on hosts")
  }
}
