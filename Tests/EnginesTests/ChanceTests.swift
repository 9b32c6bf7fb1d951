import Foundation
import Inventory
import Testing

/// Moves, faults, cancels and deaths of the service, drawn by chance. `tools/chance` plays many more.
@Suite struct ChanceTests {
  /// Of each of the blocks, which are played side by side.
  private static let seeds = ProcessInfo.processInfo.environment["YADOKARI_CHANCE"].flatMap(UInt64.init) ?? 50
  /// The first seed of all.
  private static let first = ProcessInfo.processInfo.environment["YADOKARI_SEED"].flatMap(UInt64.init) ?? 0

  @Test(arguments: 0..<UInt64(20))
  func nothingIsThatMustNeverBe(block: UInt64) async throws {
    let begin = Self.first + block * Self.seeds
    for seed in begin..<(begin + Self.seeds) {
      var chance = Chance(seed: seed)
      let objections = try await chance.play()
      let told = chance.scenario.timeline.map { "\($0.at) s \($0.action)" } + chance.story
      #expect(objections.isEmpty, "seed \(seed)\n\(told.joined(separator: "\n"))")
    }
  }
}
