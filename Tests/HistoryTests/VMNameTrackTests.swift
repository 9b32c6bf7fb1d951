import Inventory
import TestSupport
import Testing

@testable import History

/// Names that several VMs bear, and which VM a record with a name alone means.
@Suite struct VMNameTrackTests {
  private let north = ObjectID(rawValue: 1)
  private let south = ObjectID(rawValue: 2)

  private func mention(_ seq: Int64, _ name: String, in datacenter: ObjectID? = nil, vm: Int64? = nil) -> VMMention {
    var mention = VMMention(seq: seq, vm: vm.map(ObjectID.init), name: name)
    mention.datacenter = datacenter
    return mention
  }

  private func renaming(_ seq: Int64, from old: String, to new: String) -> VMMention {
    var mention = mention(seq, new)
    (mention.oldName, mention.newName) = (old, new)
    return mention
  }

  @Test("A name in two datacenters is two VMs; with no datacenter it is not known which")
  func datacentersTellNamesApart() {
    let answer = VMNameTrack.answer([mention(1, "a", in: north), mention(2, "a", in: south), mention(3, "a")])
    #expect(answer.meanings == [1: .unnumbered(0), 2: .unnumbered(1)])
    #expect(answer.unknown == [3])
  }

  @Test("A renamed VM is one VM, and its old name is free for another")
  func aRenamingGoesOn() {
    let answer = VMNameTrack.answer([
      mention(1, "a"), renaming(2, from: "a", to: "b"), mention(3, "a"), mention(4, "b"), renaming(5, from: "b", to: "c"),
      mention(6, "c"),
    ])
    let first: [Int64] = [1, 2, 4, 5, 6]
    #expect(first.allSatisfy { answer.meanings[$0] == .unnumbered(0) })
    #expect(answer.meanings[3] == .unnumbered(1))
  }

  @Test("A record with an id gives the id to the VM of that name")
  func anIDIsTaken() {
    let answer = VMNameTrack.answer([mention(1, "a"), mention(2, "a", vm: 7), mention(3, "a")])
    #expect(answer.meanings == [1: .known(ObjectID(rawValue: 7)), 3: .known(ObjectID(rawValue: 7))])
  }

  @Test("A record with an id that fits two VMs gives it to neither: it is of a VM of its own")
  func anIDMayFitSeveral() {
    let two = [mention(1, "a", in: north), mention(2, "a", in: south), mention(3, "a", vm: 7)]
    #expect(VMNameTrack.answer(two).meanings == [1: .unnumbered(0), 2: .unnumbered(1)])
    #expect(VMNameTrack.answer(two).unknown.isEmpty)
  }

  @Test("What HA says of a failure is said of the VM whose host had failed")
  func aFailureTellsNamesakesApart() {
    let (failed, other) = (ObjectID(rawValue: 20), ObjectID(rawValue: 21))
    var (first, second) = (mention(1, "a", in: north), mention(2, "a", in: south))
    (first.host, second.host) = (failed, other)
    var refusal = mention(3, "a")
    refusal.failedHosts = [failed]
    #expect(VMNameTrack.answer([first, second, refusal]).meanings[3] == .unnumbered(0))
    refusal.failedHosts = [failed, other]
    #expect(VMNameTrack.answer([first, second, refusal]).unknown == [3])
  }

  @Test("Of an inventory, the record that fits best takes the VM that had no id, in any order", arguments: [false, true])
  func theBestOfAnInventoryComesFirst(isTurned: Bool) {
    let hosts = [ObjectID(rawValue: 20), ObjectID(rawValue: 21)]
    var first = mention(1, "a")
    first.host = hosts[1]
    var listed = [mention(2, "a", vm: 7), mention(3, "a", vm: 8)]
    for index in listed.indices {
      (listed[index].host, listed[index].inventoryAt) = (hosts[index], Instant(microseconds: 5))
    }
    let answer = VMNameTrack.answer([first] + (isTurned ? listed.reversed() : listed))
    #expect(answer.meanings == [1: .known(ObjectID(rawValue: 8))])
  }

  @Test("Where two VMs with ids bear a name, one that is elsewhere without a move is the other")
  func anotherPlaceIsAnotherVM() {
    let hosts = [ObjectID(rawValue: 20), ObjectID(rawValue: 21)]
    var records = [mention(1, "a"), mention(2, "a"), mention(3, "a", vm: 7), mention(4, "a", vm: 8)]
    for index in records.indices { (records[index].host, records[index].hostBefore) = (hosts[index % 2], hosts[index % 2]) }
    #expect(
      VMNameTrack.answer(records).meanings == [1: .known(ObjectID(rawValue: 7)), 2: .known(ObjectID(rawValue: 8))])
    #expect(Set(VMNameTrack.answer(Array(records.prefix(3))).meanings.values) == [.known(ObjectID(rawValue: 7))])
  }

  @Test("The records of one creation are of one VM, a later creation is of another")
  func aCreationHasSeveralRecords() {
    var records = (1...6).map { mention($0, "a", in: north) }
    for index in [0, 2, 4] { records[index].isCreation = true }
    records[1].isSetup = true
    let answer = VMNameTrack.answer(records)
    #expect([1, 2, 3, 4].allSatisfy { answer.meanings[$0] == .unnumbered(0) })
    #expect([5, 6].allSatisfy { answer.meanings[$0] == .unnumbered(1) || answer.unknown == [$0] })
  }

  @Test("A rename back and forth, or to the same name, is still one VM")
  func namesMayReturn() {
    let answer = VMNameTrack.answer([
      mention(1, "a"), renaming(2, from: "a", to: "b"), renaming(3, from: "b", to: "a"), renaming(4, from: "a", to: "a"),
      mention(5, "a"),
    ])
    #expect(Set(answer.meanings.values) == [.unnumbered(0)] && answer.meanings.count == 5)
  }

  /// Few names and places, so that many records fit several VMs.
  private func randomMentions(_ seed: UInt64) -> [VMMention] {
    var random = SplitMix64(seed: seed)
    func some(_ base: Int64, _ count: Int64, oneIn part: Int) -> ObjectID? {
      Int.random(in: 0..<part, using: &random) == 0
        ? ObjectID(rawValue: base + Int64.random(in: 0..<count, using: &random)) : nil
    }
    func name() -> String { ["a", "b", "c", "d", ""][Int.random(in: 0..<5, using: &random)] }
    return (1...Int64.random(in: 5...60, using: &random)).map { seq in
      var mention = VMMention(seq: seq, vm: some(100, 4, oneIn: 4), name: name())
      mention.datacenter = some(1, 2, oneIn: 2)
      mention.cluster = some(10, 3, oneIn: 3)
      mention.host = some(20, 4, oneIn: 2)
      mention.hostBefore = some(20, 4, oneIn: 4)
      mention.isHostKnown = Int.random(in: 0..<4, using: &random) > 0
      mention.isHostDoubtful = Int.random(in: 0..<4, using: &random) == 0
      mention.failedHosts = Set([some(20, 4, oneIn: 4), some(20, 4, oneIn: 4)].compactMap(\.self))
      switch Int.random(in: 0..<6, using: &random) {
      case 0: (mention.oldName, mention.newName) = (name(), name())
      case 1: mention.isRemoval = true
      case 2: mention.isCreation = true
      case 3: mention.isSetup = true
      default: break
      }
      return mention
    }
  }

  @Test("Looking among namesakes gives what looking at every VM gives", arguments: 0..<200)
  func thePlainWayFindsTheSame(seed: Int) {
    let mentions = randomMentions(UInt64(seed))
    let (found, plain) = (VMNameTrack.answer(mentions), PlainNames.answer(mentions))
    #expect(found.meanings == plain.meanings, "seed \(seed)")
    #expect(found.unknown == plain.unknown, "seed \(seed)")
  }
}
