internal import History
internal import Inventory
internal import Ledger

/// What the evidence of a replay does not show.
struct ReplayGaps {
  static func gaps(
    _ replay: Replay, _ names: ReplayNames, isOneVM: Bool, _ reader: borrowing LedgerReader
  ) throws -> [ReportGap] {
    var gaps: [ReportGap] = []
    if try reader.chainHead().seq == 0 {
      return [ReportGap(code: "no-events", text: "the database holds nothing yet; fill it with \"yadokari import\"")]
    }
    let sources = Set((replay.places.map(\.vm) + replay.moves.map(\.vm)).compactMap(names.source))
    for source in sources.sorted() where !isOneVM {
      let hasInventory = try reader.evidence(of: source).snapshots.contains { $0.at <= replay.until }
      guard !hasInventory else { continue }
      let text = "no inventory of the VMs of \(source) was imported; VMs that no event names cannot be seen"
      gaps.append(ReportGap(code: "no-inventory", text: text))
    }
    for gap in try missing(replay, reader) where sources.contains(gap.source) {
      let text = "records between \(gap.from) and \(gap.to) are missing; moves of that time may be, too"
      gaps.append(ReportGap(code: gap.code, text: text))
    }
    for lacking in try reader.importGaps() where lacking.from <= replay.until && lacking.to >= replay.since {
      guard sources.contains(lacking.source) else { continue }
      gaps += lacking.gaps.map {
        ReportGap($0, text: "import \(lacking.number) of source \(lacking.source): \($0.text)")
      }
    }
    for ambiguous in try reader.ambiguousRecords() where ambiguous.from <= replay.until && ambiguous.to >= replay.since {
      if sources.contains(ambiguous.source) { gaps.append(ReportGap(ambiguous)) }
    }
    let unplaced = replay.places.filter { $0.start == .some(nil) || $0.end == .some(nil) }.map(\.vm)
    add(Set(unplaced), "placement-unknown", "nothing shows where they were at the beginning or the end", names, to: &gaps)
    let halves = replay.moves.lazy.filter { $0.result == .completed && ($0.ends.from == nil || $0.ends.to == nil) }.map(\.vm)
    add(Set(halves), "placement-unknown", "a record of a move names no host, or the same one twice", names, to: &gaps)
    let texts = replay.moves.lazy.filter { $0.grade == .text }.map(\.vm)
    add(
      Set(texts), "text-only", "known from the texts of messages, whose times are to the second at best", names, to: &gaps)
    return gaps
  }

  /// The times for which records are missing.
  static func missing(_ replay: Replay, _ reader: borrowing LedgerReader) throws -> [EvidenceGap] {
    try reader.evidenceGaps().filter { $0.from <= replay.until && $0.to >= replay.since }
  }

  private static func add(
    _ vms: Set<ObjectID>, _ code: String, _ text: String, _ names: ReplayNames, to gaps: inout [ReportGap]
  ) {
    guard !vms.isEmpty else { return }
    let sorted = vms.map { (label: names.label($0), id: names.foreignID($0)) }.sorted { $0.label < $1.label }
    gaps.append(ReportGap(code: code, text: text, vms: sorted.map(\.label), vmIDs: sorted.map(\.id)))
  }
}
