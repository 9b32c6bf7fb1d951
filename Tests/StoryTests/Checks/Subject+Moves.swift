import Inventory

/// What moved, when and how.
extension Subject {
  mutating func checkMoves() throws {
    guard !form.isInventories else { return }
    let document = try product.replay()
    var steps = (document["steps"]?.arrayValue ?? []).filter { step in
      (!hasSources || step["source"]?.stringValue == part.source)
        && ["completed", "unknown"].contains(step["result"]?.stringValue ?? "")
    }
    for move in truth.moves where !isHidden.contains(move.vm) && move.until >= part.losses.before {
      let isInForm = !form.isMoves || !move.isRestart
      let name = truth.stay(move.vm, at: move.until)?.name ?? ""
      let words = "\(name) \(hostName(move.from) ?? "") to \(hostName(move.to) ?? "") at \(Self.time(move.until))"
      guard let index = steps.firstIndex(where: { isStep($0, of: move) }) else {
        if isInForm, !move.isOptional, !isUnfollowed(move.vm) { complain(.move, "lost: \(words)") }
        continue
      }
      let step = steps.remove(at: index)
      guard !form.isMoves, !move.kinds.isEmpty, !isUnfollowed(move.vm), truth.isClear(move.doubt, of: move.vm) else {
        continue
      }
      let kind = step["kind"]?.stringValue
      // Where it may have been either, nothing has to be said.
      let mustTell = form.isWhole && !move.isKindHidden && move.kinds.count == 1
      if kind.map({ !move.kinds.contains($0) }) ?? mustTell {
        complain(.moveKind, "\(words): \(kind ?? "null"), not \(move.kinds.sorted().joined(separator: " or "))")
      }
    }
    for step in steps {
      let (name, id) = (step["vm"]?.stringValue, step["vm_id"]?.stringValue)
      if form.isMoves || truth.stays.keys.contains(where: { isVM($0, name, id) && isUnfollowed($0) }) { continue }
      complain(
        .move,
        "invented: \(name ?? "") \(step["from"]?.stringValue ?? "null") to \(step["to"]?.stringValue ?? "null") at "
          + "\(step["at"]?.stringValue ?? "") \(step["kind"]?.stringValue ?? "null")")
    }
  }

  private func isStep(_ step: JSONValue, of move: Truth.Move) -> Bool {
    guard isVM(move.vm, step["vm"]?.stringValue, step["vm_id"]?.stringValue),
      isHost(move.to, step["to"]?.stringValue, step["to_id"]?.stringValue)
    else { return false }
    let from = step["from"]?.stringValue
    let isHidden = move.isSourceHidden || (form.isText && truth.placedByRename.contains(move.vm))
    guard move.isSourceOpen || isHost(move.from, from, step["from_id"]?.stringValue) || (from == nil && isHidden) else {
      return false
    }
    let times = [step["at"], step["ended_at"]].compactMap { $0?.stringValue }.compactMap { Instant(rfc3339: $0) }
    return times.contains { (move.since - form.tolerance...move.until + form.tolerance).contains($0.microseconds) }
  }
}
