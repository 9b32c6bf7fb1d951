import Inventory
import Testing

/// Moves, faults, cancels and deaths of the service, drawn by chance.
@Suite struct ChanceTests {
  @Test(arguments: 0..<20)
  func nothingIsThatMustNeverBe(block: UInt64) async throws {
    for seed in (block * 50)..<(block * 50 + 50) {
      var chance = Chance(seed: seed)
      let objections = try await chance.play()
      let told = chance.scenario.timeline.map { "\($0.at) s \($0.action)" } + chance.story
      #expect(objections.isEmpty, "seed \(seed)\n\(told.joined(separator: "\n"))")
    }
  }
}
