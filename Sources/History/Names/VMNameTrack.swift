internal import Inventory

/// Tells apart VMs that share names, from records of which many have a name and no id.
///
/// A name means the VM that bears it at that time in the datacenter, cluster or on the host that the record names too. A
/// rename ends the old name and goes on under the new one. A record with an id gives its id to the VM of that name and place
/// that had none yet. Where several VMs with ids bore a name, one that is elsewhere is another one: all moves are on record.
/// What HA says of a failure is said of a VM of a host that had failed. Where several fit equally well,
/// the record's VM is not known.
package struct VMNameTrack {
  private struct Bearer {
    var vm: ObjectID?
    var name: String
    var datacenter: ObjectID?
    var cluster: ObjectID?
    var host: ObjectID?
    /// Whether the host has an id.
    var isHostKnown = false
    var isRemoved = false
    /// Whether nothing but its creation, and what belongs to it, is on record yet.
    var isNew = true
    /// The records that name it without an id.
    var mentions: [Int64] = []
  }

  private var bearers: [Bearer] = []
  /// The places in `bearers` of those that have a name now, so that a record is compared with its namesakes alone.
  private var placesOfName: [String: Set<Int>] = [:]
  private var placeOfVM: [ObjectID: Int] = [:]
  /// Names of which it is known that several VMs bore them.
  private let sharedNames: Set<String>
  private var unknown: [Int64] = []

  /// Which VM each record without an id means.
  package struct Answer: Sendable {
    /// By the number of the record.
    package var meanings: [Int64: NameBearer] = [:]
    /// Records of which several VMs may be meant.
    package var unknown: [Int64] = []
  }

  /// - Parameter mentions: in the order of happening: all that name one of the names in question, and all of the VMs with
  ///   ids that ever bore one of them.
  package static func answer(_ mentions: [VMMention]) -> Answer {
    var track = VMNameTrack(mentions)
    var rest = mentions[...]
    while let first = rest.first {
      guard let moment = first.inventoryAt else {
        track.take(rest.removeFirst())
        continue
      }
      let inventory = rest.prefix { $0.inventoryAt == moment }
      rest.removeFirst(inventory.count)
      track.take(inventory: Array(inventory))
    }
    var answer = Answer(unknown: track.unknown)
    var number = 0
    for bearer in track.bearers {
      let meaning: NameBearer
      if let vm = bearer.vm {
        meaning = .known(vm)
      } else {
        meaning = .unnumbered(number)
        number += 1
      }
      for seq in bearer.mentions { answer.meanings[seq] = meaning }
    }
    return answer
  }

  private init(_ mentions: [VMMention]) {
    var first: [String: ObjectID] = [:]
    var shared: Set<String> = []
    for mention in mentions {
      guard let vm = mention.vm else { continue }
      for name in [mention.name, mention.oldName, mention.newName].compactMap(\.self) where !name.isEmpty {
        if first[name, default: vm] != vm { shared.insert(name) }
        first[name] = vm
      }
    }
    sharedNames = shared
  }

  /// Takes the records of an inventory, those first that fit best a VM without an id: else a namesake takes its place.
  private mutating func take(inventory: [VMMention]) {
    let ranked = inventory.map { mention in
      (mention, mention.vm == nil ? 0 : withoutID(mention).compactMap { score(bearers[$0], mention) }.max() ?? 0)
    }
    let places = ranked.indices.sorted { (-ranked[$0].1, $0) < (-ranked[$1].1, $1) }
    for place in places { take(ranked[place].0) }
  }

  private mutating func take(_ mention: VMMention) {
    let index: Int
    if let vm = mention.vm {
      if let known = placeOfVM[vm] {
        index = known
      } else if case .one(let found) = best(mention, among: withoutID(mention)) {
        index = found
      } else {
        index = begin(mention)
      }
      bearers[index].vm = vm
      placeOfVM[vm] = index
    } else {
      switch best(mention) {
      case .one(let found): index = found
      case .several:
        unknown.append(mention.seq)
        return
      case .none: index = begin(mention)
      }
      bearers[index].mentions.append(mention.seq)
    }
    update(index, mention)
  }

  private mutating func update(_ index: Int, _ mention: VMMention) {
    if let name = mention.newName ?? (mention.name.isEmpty ? nil : mention.name) { rename(index, to: name) }
    bearers[index].datacenter = mention.datacenter ?? bearers[index].datacenter
    bearers[index].cluster = mention.cluster ?? bearers[index].cluster
    if let host = mention.host { (bearers[index].host, bearers[index].isHostKnown) = (host, mention.isHostKnown) }
    bearers[index].isRemoved = mention.isRemoval
    bearers[index].isNew = bearers[index].isNew && (mention.isCreation || mention.isSetup)
  }

  private mutating func rename(_ index: Int, to name: String) {
    placesOfName[bearers[index].name]?.remove(index)
    bearers[index].name = name
    placesOfName[name, default: []].insert(index)
  }

  private mutating func begin(_ mention: VMMention) -> Int {
    let name = mention.oldName ?? mention.name
    let index = bearers.count
    bearers.append(Bearer(vm: nil, name: name))
    placesOfName[name, default: []].insert(index)
    return index
  }

  private enum Found {
    case none
    case one(Int)
    case several
  }

  /// The VM that a record with a name alone means.
  private func best(_ mention: VMMention) -> Found {
    let namesakes = placesOfName[mention.oldName ?? mention.name] ?? []
    return best(mention, among: namesakes.filter { !isOver($0, mention) })
  }

  /// The VMs known by names alone that a record with an id may be about.
  private func withoutID(_ mention: VMMention) -> Set<Int> {
    let namesakes = (placesOfName[mention.name] ?? []).union(mention.oldName.flatMap { placesOfName[$0] } ?? [])
    return namesakes.filter { bearers[$0].vm == nil && !isOver($0, mention) }
  }

  /// Whether a VM cannot be meant any more: it is gone, or another one of its name was created.
  private func isOver(_ index: Int, _ mention: VMMention) -> Bool {
    bearers[index].isRemoved || (mention.isCreation && !bearers[index].isNew)
  }

  private func best(_ mention: VMMention, among candidates: Set<Int>) -> Found {
    let fits = candidates.compactMap { index in score(bearers[index], mention).map { (index, $0) } }
    guard let highest = fits.map(\.1).max() else { return .none }
    let winners = fits.filter { $0.1 == highest }
    return winners.count == 1 ? .one(winners[0].0) : .several
  }

  /// How well a VM fits what a record says of the place; nil where they contradict each other.
  private func score(_ bearer: Bearer, _ mention: VMMention) -> Int? {
    func differ(_ left: ObjectID?, _ right: ObjectID?) -> Bool { left != nil && right != nil && left != right }
    if differ(bearer.datacenter, mention.datacenter) { return nil }
    // A host known by name alone may be one with an id under a shorter name.
    let isElsewhere = bearer.isHostKnown == mention.isHostKnown && differ(bearer.host, mention.hostBefore)
    if isElsewhere, !mention.isHostDoubtful, sharedNames.contains(bearer.name) { return nil }
    var score = 0
    if mention.datacenter != nil, bearer.datacenter == mention.datacenter { score += 1 }
    if mention.cluster != nil, bearer.cluster == mention.cluster { score += 2 }
    guard let host = bearer.host else { return score }
    if mention.failedHosts.isEmpty {
      if host == mention.hostBefore ?? mention.host { score += 4 }
    } else if mention.failedHosts.contains(host) {
      score += 4
    }
    return score
  }
}
