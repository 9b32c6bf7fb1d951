internal import History
internal import Inventory
internal import Ledger

/// The names of what a replay is about, each looked up once.
struct ReplayNames {
  private var summaries: [ObjectID: ObjectSummary] = [:]
  /// What each VM is called where names must tell them apart.
  private var labels: [ObjectID: String] = [:]

  /// - Parameter moment: names change; these are the ones of this moment.
  init(_ replay: Replay, _ reader: borrowing LedgerReader, at moment: Instant) throws {
    let vms = Set(replay.places.map(\.vm)).union(replay.moves.map(\.vm))
    var ids = vms
    for place in replay.places { ids.formUnion(place.stays.compactMap(\.value)) }
    for move in replay.moves {
      ids.formUnion([move.ends.from, move.ends.to, move.ends.fromDatastore, move.ends.toDatastore].compactMap { $0 })
    }
    for id in ids { summaries[id] = try reader.summary(of: id, at: moment) }
    labels = Self.labels(vms.compactMap { summaries[$0] })
  }

  /// The name; with the id where several share it, and with the source where they share that, too.
  static func labels(_ vms: [ObjectSummary]) -> [ObjectID: String] {
    let levels: [(ObjectSummary) -> String] = [
      { $0.name }, { "\($0.name) (\($0.foreignID ?? "no id"))" },
      { "\($0.name) (\($0.foreignID ?? "no id"), \($0.source))" }, { "\($0.name) (\($0.source), \($0.id.rawValue))" },
    ]
    var labels: [ObjectID: String] = [:]
    var rest = vms
    for level in levels {
      let groups = Dictionary(grouping: rest, by: level)
      for (text, group) in groups where group.count == 1 { labels[group[0].id] = text }
      rest = groups.values.filter { $0.count > 1 }.flatMap { $0 }
    }
    return labels
  }

  func label(_ vm: ObjectID) -> String { labels[vm] ?? name(vm) ?? "" }
  func name(_ id: ObjectID?) -> String? { id.flatMap { summaries[$0]?.name } }
  func foreignID(_ id: ObjectID?) -> String? { id.flatMap { summaries[$0]?.foreignID } }
  func source(_ id: ObjectID) -> String? { summaries[id]?.source }
}
