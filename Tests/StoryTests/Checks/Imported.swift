import Inventory
import TestSupport

/// A story in one form, imported.
struct Imported {
  let seed: UInt64
  let form: Form
  let product: Product
  /// When its records and inventories are of, in order.
  let times: [Int64]

  /// Imports the stories of a block of seeds, the forms by turns; those without anything to import are left out.
  static func forEach(in block: UInt64, forms: [Form], _ body: (Imported) throws -> Void) async throws {
    for seed in (block * 12)..<(block * 12 + 12) {
      let story = Story(seed: seed, kinds: Set(Kind.allCases))
      let lives = story.parts.map { $0.life() }
      let form = forms[Int(seed) % forms.count]
      if form.isInventories, lives.contains(where: { $0.inventories.isEmpty }) { continue }
      let times = lives.flatMap { $0.records.map(\.at) + $0.inventories.map { $0.value.at } }.sorted()
      guard !times.isEmpty else { continue }
      let product = try await Product(story, lives: lives, form: form, folder: ScratchFolder(inMemory: true))
      try body(Imported(seed: seed, form: form, product: product, times: times))
    }
  }

  /// A moment, at the very time of a record as often as beside it.
  func moment(_ random: inout SplitMix64) -> Instant {
    Instant(microseconds: times[random.below(times.count)] + Int64(random.below(3)) - 1)
  }
}
