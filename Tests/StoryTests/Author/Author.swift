import TestSupport

/// Makes up the life of one vCenter. Which kinds of happenings may occur is given; all else is chance.
struct Author {
  var chance: SplitMix64
  let kinds: Set<Kind>
  var life: Life
  let start: World
  /// The time, in microseconds since 1970.
  var now: Int64
  let isInWholeSeconds: Bool
  private(set) var steps: [Step] = []
  var nextVM: Int
  var nextHost: Int
  var nextInventory = 1
  /// The end of the first day, from which on records may be all that is there.
  private(set) var beginning: Int64 = .min

  init(chance: SplitMix64, kinds: Set<Kind>) {
    var chance = chance
    self.kinds = kinds
    start = WorldMaker.world(&chance, kinds)
    isInWholeSeconds = chance.happens(0.3)
    // 2026-05-04T06:00:00Z, or some weeks later.
    now = 1_777_874_400_000_000 + Int64(chance.below(40)) * 86_400_000_000
    let usesInventories = chance.happens(0.5) || kinds == [.c2] || kinds.contains(.c10) && chance.happens(0.5)
    var losses = Losses()
    for type in ["VmStartingEvent", "VmBeingHotMigratedEvent", "VmBeingRelocatedEvent"] where chance.happens(0.15) {
      losses.types.insert(type)
    }
    life = Life(start, usesInventories: usesInventories, losses: losses)
    nextVM = 2001 + start.vms.count
    nextHost = 1101 + start.hosts.count
    self.chance = chance
  }

  /// Writes the life.
  mutating func write(episodes count: Int) {
    if life.usesInventories { look() }
    // The first record of each tells that it runs, or that it is off; an inventory tells the same.
    for vm in life.world.vms.values.sorted(by: { $0.number < $1.number }) {
      if !life.usesInventories {
        act(.introduce(vm: vm.number))
      } else if vm.power == .on, chance.happens(0.3) {
        act(.reboot(vm: vm.number))
      }
    }
    wait(3600)
    if chance.happens(0.3) { everyday() }
    beginning = now
    wait(3600)
    for _ in 0..<count { episode() }
    if life.usesInventories, chance.happens(0.5) { look() }
  }

  /// Does something after a while.
  @discardableResult
  mutating func act(_ deed: Deed, after seconds: Int = 60) -> Bool {
    wait(seconds)
    let step = Step(at: now, deed: deed)
    guard life.play(step) else { return false }
    steps.append(step)
    return true
  }

  mutating func wait(_ seconds: Int) {
    now += Int64(seconds) * 1_000_000
    let fraction = isInWholeSeconds ? 0 : Int64(chance.below(1_000_000))
    now = now / 1_000_000 * 1_000_000 + fraction
  }

  func allows(_ kind: Kind) -> Bool { kinds.contains(kind) }

  /// Takes an inventory. One that says "on" of what a dead host carried belongs to the third kind.
  mutating func look() {
    let isClear = life.truth.outages.allSatisfy { outage in
      life.world.hosts[outage.host]?.isAway != true || outage.hits.allSatisfy(\.isSettled)
    }
    guard isClear || allows(.c3) else { return }
    act(.look(inventory: nextInventory), after: 300)
    nextInventory += 1
    wait(300)
  }

  private mutating func episode() {
    var choices: [(Double, (inout Author) -> Void)] = [
      (4, { $0.everyday() }), (1.5, { $0.emptyHost() }), (4, { $0.failure() }), (1, { $0.cutOff() }),
    ]
    if life.usesInventories { choices.append((1, { $0.look() })) }
    if allows(.c13) || allows(.c14) { choices.append((2, { $0.isolation() })) }
    if allows(.c5) { choices.append((2.5, { $0.deathWithoutHA() })) }
    if allows(.c6) || allows(.c11) { choices.append((2, { $0.addAgain() })) }
    if allows(.c8) { choices.append((2, { $0.renames() })) }
    if allows(.c12) { choices.append((2, { $0.faultTolerance() })) }
    if allows(.c3) { choices.append((1, { $0.quietStop() })) }
    if allows(.c2) { choices.append((2, { $0.thereAndBack() })) }
    var at = chance.fraction() * choices.reduce(0) { $0 + $1.0 }
    for (weight, write) in choices {
      at -= weight
      guard at <= 0 else { continue }
      write(&self)
      break
    }
    wait(1800 + chance.below(40_000))
  }
}

extension SplitMix64 {
  /// 0 up to, but not, `limit`.
  mutating func below(_ limit: Int) -> Int { limit < 1 ? 0 : Int(next() % UInt64(limit)) }

  mutating func fraction() -> Double { Double(next() >> 11) / Double(1 << 53) }

  mutating func happens(_ share: Double) -> Bool { fraction() < share }

  mutating func pick<T>(_ items: [T]) -> T? { items.isEmpty ? nil : items[below(items.count)] }
}
