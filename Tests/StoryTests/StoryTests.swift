import Testing

/// Lives of vCenters, drawn by chance and written in every form. `tools/stories` plays many more.
@Suite struct StoryTests {
  private static let blocks: UInt64 = 10

  @Test("The answers about a life are those of the life", arguments: 0..<blocks)
  func answersAreTrue(block: UInt64) async throws {
    let count = (Settings.count + Self.blocks - 1) / Self.blocks
    let first = Settings.first + block * count
    var wasShrunk = false
    for seed in first..<(first + count) where seed < Settings.first + Settings.count {
      let story = Story(seed: seed, kinds: Settings.kinds)
      let check = StoryCheck(forms: Settings.forms(of: seed))
      let complaints = await check.complaints(story).filter { Settings.checks?.contains($0.check) ?? true }
      guard let worst = complaints.first else { continue }
      var lines = complaints.map(\.description)
      // The others of a block are mostly of the same kind.
      if Settings.shrinks, !wasShrunk {
        var shrinker = Shrinker(check)
        let (smallest, complaint) = await shrinker.smallest(story, worst)
        lines += ["smallest: \(complaint)"] + Shrinker.lines(smallest)
        wasShrunk = true
        if let folder = Settings.keep { try await check.keep(smallest, complaint.form, in: "\(folder)/\(seed)") }
      }
      Issue.record(Comment(rawValue: "seed \(seed)\n\(lines.joined(separator: "\n"))"))
    }
  }

  /// Each found a fault of its own, in the form named; docs/stories.md tells of them.
  private static let found: [(seed: UInt64, form: Form)] = [
    (72, .listText), (20_000, .listJSON), (20_092, .xml), (20_151, .texts), (20_168, .plainJSON), (20_331, .moves),
    (20_362, .xml), (20_366, .raw), (50_008, .xml), (101_703, .xml), (103_115, .xml), (103_611, .xml), (600_475, .listJSON),
  ]

  @Test("Stories that once failed do not fail again", arguments: found)
  func foundFaultsAreMended(seed: UInt64, form: Form) async {
    let complaints = await StoryCheck(forms: [form]).complaints(Story(seed: seed, kinds: Set(Kind.allCases)))
    #expect(complaints.isEmpty, "\(complaints.map(\.description))")
  }

  @Test("Every kind of happening occurs in the stories")
  func everyKindOccurs() {
    var found: Set<Kind> = []
    for seed in 0..<UInt64(300) where found.count < Kind.allCases.count {
      found.formUnion(Story(seed: seed, kinds: Set(Kind.allCases)).kinds)
    }
    #expect(found == Set(Kind.allCases), "missing: \(Set(Kind.allCases).subtracting(found).map(\.rawValue).sorted())")
  }

  /// Shows of each kind whether its stories find anything: they must, in a version that has its fault.
  @Test("A table of the kinds that are found", .enabled(if: Settings.table != nil))
  func kindsThatAreFound() async {
    for kind in Kind.allCases {
      var isFound = false
      var row = "\(kind.rawValue)\t-\tnothing found"
      for seed in 0..<(Settings.table ?? 0) {
        let story = Story(seed: seed, kinds: kind.needed)
        guard story.kinds.contains(kind) else { continue }
        let complaints = await StoryCheck(forms: Settings.forms(of: seed)).complaints(story)
        for rest in complaints where !kind.needed.contains(where: { $0.explains(rest) }) {
          print("REST\t\(kind.rawValue)\t\(seed)\t\(rest)")
        }
        guard let found = complaints.first(where: kind.explains), !isFound else { continue }
        row = "\(kind.rawValue)\t\(seed)\t\(found)"
        isFound = true
      }
      print("KIND\t\(row)")
    }
  }
}
