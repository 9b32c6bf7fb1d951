internal import Inventory
internal import SQLite

/// Which records no longer count, as the events tell it.
struct Exclusions {
  /// What was retracted, in the order in which it was.
  private(set) var retractions: [Exclusion] = []
  /// Records that came again in a richer form, with the event `import.replaced` that says so.
  private(set) var replaced: [Int64: Int64] = [:]

  /// What excludes a record that was retracted; nil where it was not.
  func retraction(of seq: Int64) -> Exclusion? { retractions.first { $0.contains(seq) } }

  fileprivate init(_ retractions: [Exclusion], _ pairs: [(old: Int64, new: Int64, because: Int64)]) {
    self.retractions = retractions
    // A record is replaced while one of those that came after it counts: the next one, or what replaced that. What came
    // later has the higher number, so from the last one on the answer for the next is known.
    for pair in pairs.sorted(by: { ($0.old, $0.because) > ($1.old, $1.because) }) {
      if retraction(of: pair.new) == nil || replaced[pair.new] != nil { replaced[pair.old] = pair.because }
    }
    replaced = replaced.filter { retraction(of: $0.key) == nil }
  }
}

extension Connection {
  func exclusions() throws -> Exclusions {
    var retractions: [Exclusion] = []
    var pairs: [(old: Int64, new: Int64, because: Int64)] = []
    try forEachLedgerEvent { event, seq, _ in
      if let exclusion = Exclusion(event, seq: seq) { retractions.append(exclusion) }
      pairs += Exclusion.replaced(by: event).map { ($0.old, $0.new, seq) }
    }
    return Exclusions(retractions, pairs)
  }

  /// Whether `excluded_event` has other rows than the events give.
  func excludesOthers(than exclusions: Exclusions) throws -> Bool {
    var isOther = false
    var missing = exclusions.replaced
    var counts = exclusions.retractions.map { _ in 0 as Int64 }
    try forEach("SELECT seq, because FROM excluded_event ORDER BY seq") { row in
      let (seq, because) = (row.int(0), row.int(1))
      if let index = exclusions.retractions.firstIndex(where: { $0.contains(seq) }) {
        counts[index] += 1
        if exclusions.retractions[index].because != because { isOther = true }
      } else if missing.removeValue(forKey: seq) != because {
        isOther = true
      }
    }
    for (index, exclusion) in exclusions.retractions.enumerated() {
      if counts[index] != exclusion.last - exclusion.first + 1 { isOther = true }
    }
    return isOther || !missing.isEmpty
  }
}
