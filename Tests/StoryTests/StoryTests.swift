import Foundation
import Testing

/// Lives of vCenters, drawn by chance and written in every form. `tools/stories` plays many more.
@Suite struct StoryTests {
  private static func number(_ name: String) -> UInt64? { ProcessInfo.processInfo.environment[name].flatMap(UInt64.init) }
  private static let blocks: UInt64 = 10
  /// Stories of each block.
  private static let count = (number("YADOKARI_STORIES") ?? 300) / blocks
  private static let first = number("YADOKARI_STORY_SEED") ?? 0

  /// The kinds that may occur: all, or those that the environment names (`none` for none).
  private static let kinds: Set<Kind> = {
    guard let text = ProcessInfo.processInfo.environment["YADOKARI_STORY_KINDS"] else { return Set(Kind.allCases) }
    return Set(text.split(separator: ",").compactMap { Kind(rawValue: String($0)) })
  }()

  @Test("The answers about a life are those of the life", arguments: 0..<blocks)
  func answersAreTrue(block: UInt64) async throws {
    let check = StoryCheck(forms: Form.allCases)
    var wasShrunk = false
    for seed in (Self.first + block * Self.count)..<(Self.first + (block + 1) * Self.count) {
      let story = Story(seed: seed, kinds: Self.kinds)
      let complaints = await check.complaints(story)
      guard let first = complaints.first else { continue }
      var lines = complaints.map(\.description)
      // The others of a block are mostly of the same kind.
      if !wasShrunk {
        var shrinker = Shrinker(check)
        let (smallest, complaint) = await shrinker.smallest(story, first)
        lines += ["smallest: \(complaint)"] + Shrinker.lines(smallest)
        wasShrunk = true
      }
      Issue.record("seed \(seed)\n\(lines.joined(separator: "\n"))")
    }
  }

  @Test("Every kind of happening occurs in the stories")
  func everyKindOccurs() {
    var found: Set<Kind> = []
    for seed in 0..<UInt64(300) {
      let story = Story(seed: seed, kinds: Set(Kind.allCases))
      found.formUnion(story.kinds)
      if found.count == Kind.allCases.count { break }
    }
    #expect(found == Set(Kind.allCases), "missing: \(Set(Kind.allCases).subtracting(found).map(\.rawValue).sorted())")
  }
}
