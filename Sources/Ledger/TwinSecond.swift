internal import Inventory

/// The records of one second, found by what tells them from others: in a storm they are thousands.
struct TwinSecond {
  /// Records that look alike: those before `next` were claimed.
  private struct Alike {
    var indices: [Int] = []
    var next = 0
  }

  private let twins: [Twin]
  private var bySeq: [Int64: Int] = [:]
  private var byKey: [Int64: [Int]] = [:]
  private var byWords: [TwinWords: Alike] = [:]
  /// Those that have no text, and moves: a move without a text may be any of them.
  private var wordless: [Int] = []
  private var moves: [Int] = []

  init(_ twins: [Twin]) {
    self.twins = twins
    for (index, twin) in twins.enumerated() {
      bySeq[twin.seq] = index
      if let key = twin.key.flatMap({ Int64($0) }) { byKey[key, default: []].append(index) }
      if let words = twin.words { byWords[words, default: Alike()].indices.append(index) } else { wordless.append(index) }
      if twin.type == EventType.migrationCompleted.rawValue { moves.append(index) }
    }
  }

  func twin(_ seq: Int64) -> Twin? { bySeq[seq].map { twins[$0] } }

  /// The first record that is not claimed and tells of the same happening.
  mutating func first(like event: Event, but claimed: ClaimedRecords) -> Twin? {
    let (words, mark) = (TwinWords(event.message), TextMark(event.detail))
    var candidates = words == nil ? moves[...] : wordless[...]
    if let words, var alike = byWords[words] {
      while alike.next < alike.indices.count, claimed.contains(twins[alike.indices[alike.next]].seq) { alike.next += 1 }
      byWords[words]?.next = alike.next
      // One that looks alike and is free nearly always fits: the others need not be looked at.
      if let index = alike.indices[alike.next...].first(where: { isFree($0, claimed, event, words, mark) }) {
        candidates.append(index)
      }
    }
    if let key = event.foreignKey.flatMap({ Int64($0) }) { candidates += byKey[key] ?? [] }
    return candidates.filter { isFree($0, claimed, event, words, mark) }.min().map { twins[$0] }
  }

  private func isFree(
    _ index: Int, _ claimed: ClaimedRecords, _ event: Event, _ words: TwinWords?, _ mark: TextMark
  ) -> Bool {
    !claimed.contains(twins[index].seq) && twins[index].isSame(as: event, words, mark)
  }
}
