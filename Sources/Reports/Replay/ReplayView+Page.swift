internal import History
internal import Inventory

/// What a page shows of a replay besides the tables: counts and the drawing.
extension ReplayView {
  /// Rows that a page can hold; the tables have all.
  private static let rowLimit = 200

  var counts: [(name: String, count: Int, tone: Tone)] {
    let results = Move.Result.allCases.map { result in
      (result.rawValue.replacing("_", with: " "), replay.moves.count { $0.result == result }, result.tone)
    }
    return [("moves", replay.moves.count, .neutral)] + results.filter { $0.1 > 0 }
  }

  /// A row for each VM that moves, in the order of their first moves.
  var moveLine: MoveLine? {
    guard !replay.moves.isEmpty else { return nil }
    let moves = Dictionary(grouping: replay.moves, by: \.vm)
    let stays = Dictionary(replay.places.map { ($0.vm, $0.stays) }) { first, _ in first }
    let vms = moves.keys.sorted { (moves[$0]?.first?.at ?? .distantPast, $0) < (moves[$1]?.first?.at ?? .distantPast, $1) }
    let rows = vms.prefix(Self.rowLimit).map { row($0, moves[$0] ?? [], stays[$0] ?? []) }
    return MoveLine(
      title: "Where each VM was", from: replay.since, to: replay.until, rows: rows, more: vms.count - rows.count)
  }

  private func row(_ vm: ObjectID, _ moves: [Move], _ stays: [Span<ObjectID>]) -> MoveLine.Row {
    var row = MoveLine.Row(name: names.label(vm))
    for stay in stays {
      let bar = MoveLine.Bar(
        place: names.name(stay.value), from: max(stay.from, replay.since), to: min(stay.to, replay.until))
      // Neighbours on one host differ only in how well that is supported.
      if let last = row.bars.last, last.place == bar.place, last.to == bar.from {
        row.bars[row.bars.count - 1] = MoveLine.Bar(place: bar.place, from: last.from, to: bar.to)
      } else {
        row.bars.append(bar)
      }
    }
    row.marks = moves.filter { $0.result != .running }.map { move in
      let sign: MoveLine.Mark.Sign =
        move.result != .completed ? .failed : move.kind == .restart ? .restarted : .moved
      let ends = "\(names.name(move.ends.from) ?? "?") to \(names.name(move.ends.to) ?? "?")"
      let kind = move.kind.map { $0.rawValue.replacing("_", with: " ") } ?? "move"
      return MoveLine.Mark(sign: sign, at: move.endedAt ?? move.at, text: "\(kind) \(ends): \(move.result.words)")
    }
    return row
  }
}
