import TestSupport

/// A story: one or two vCenters, each with its life.
struct Story {
  struct Part {
    /// The name of the source; nil for the only one.
    let source: String?
    let start: World
    var steps: [Step]
    let usesInventories: Bool
    /// Whether inventories are lists of RVTools.
    let isRVTools: Bool
    /// Whether the time of an inventory is the date of its file.
    let hasFileDates: Bool
    /// Whether the events are imported before the inventories.
    let hasEventsFirst: Bool
    let losses: Losses
    let firstKey: Int

    /// The life that these steps give.
    func life() -> Life {
      var life = Life(start, usesInventories: usesInventories, losses: losses)
      _ = life.play(steps)
      return life
    }
  }

  let seed: UInt64
  /// The kinds that may occur.
  let allowed: Set<Kind>
  var parts: [Part]

  /// - Parameter kinds: the kinds that may occur.
  init(seed: UInt64, kinds: Set<Kind>) {
    self.seed = seed
    allowed = kinds
    var chance = SplitMix64(seed: seed)
    let isOne = kinds.count < 18 || chance.happens(0.8)
    parts = (isOne ? ["only"] : ["a", "b"]).map { name in
      let isRVTools = chance.happens(0.3)
      let episodes = isOne ? 2 + chance.below(4) : 2
      var author = Author(chance: SplitMix64(seed: chance.next()), kinds: kinds)
      author.write(episodes: episodes)
      var losses = author.life.losses
      if chance.happens(0.2) { losses.before = author.beginning }
      return Part(
        source: isOne ? nil : name, start: author.start, steps: author.steps, usesInventories: author.life.usesInventories,
        isRVTools: isRVTools, hasFileDates: kinds.contains(.c2), hasEventsFirst: chance.happens(0.3), losses: losses,
        firstKey: 3000)
    }
  }

  /// The kinds of happenings that occur in it.
  var kinds: Set<Kind> {
    parts.reduce(into: Set<Kind>()) { kinds, part in
      let life = part.life()
      kinds.formUnion(life.truth.kinds)
      let hosts = part.start.hosts
      let twins = Dictionary(grouping: part.start.vms.values) { $0.name }.values
      if twins.contains(where: { Set($0.compactMap { hosts[$0.host]?.datacenter }).count > 1 }) { kinds.insert(.c7) }
      let stores = Dictionary(grouping: part.start.datastores.values) { $0.name }.values
      if life.usesInventories, stores.contains(where: { $0.count > 1 }) { kinds.insert(.c10) }
      if life.hasInventoryAsBefore { kinds.insert(.c2) }
    }
  }
}
