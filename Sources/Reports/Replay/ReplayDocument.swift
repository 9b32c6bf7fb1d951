internal import History
internal import Inventory

/// A replay as the contract has it.
struct ReplayDocument {
  let replay: Replay
  let names: ReplayNames
  let gaps: [ReportGap]
  let hasSources: Bool

  func json(schema: String, at moment: Instant, steps: [JSONValue]) -> JSONValue {
    [
      "schema": .string(schema), "at": JSONValue(moment), "since": JSONValue(replay.since),
      "until": JSONValue(replay.until), "start": places(\.start), "end": places(\.end), "steps": .array(steps),
      "difference": .array(differences), "added": .array(replay.places.compactMap { changed($0, \.added) }),
      "removed": .array(replay.places.compactMap { changed($0, \.removed) }),
      "ping_pong": .array(replay.pingPong.map(json)), "gaps": .array(gaps.map(\.json)),
    ]
  }

  private func places(_ side: KeyPath<Replay.Place, ObjectID??>) -> JSONValue {
    let known = replay.places.compactMap { place in
      place[keyPath: side].map { JSONValue.Member(names.label(place.vm), JSONValue(names.name($0))) }
    }
    return .object(known.sorted { $0.key < $1.key })
  }

  /// The VMs that are elsewhere at the end.
  private var differences: [JSONValue] {
    replay.places.filter(\.hasMoved).map { place in
      .object(
        vm(place.vm) + [
          .init("from", JSONValue(names.name(place.start ?? nil))), .init("to", JSONValue(names.name(place.end ?? nil))),
        ])
    }
  }

  private func changed(_ place: Replay.Place, _ time: KeyPath<Replay.Place, Instant?>) -> JSONValue? {
    place[keyPath: time].map { .object(vm(place.vm) + [.init("at", JSONValue($0))]) }
  }

  private func json(_ found: PingPong) -> JSONValue {
    .object(
      vm(found.vm) + [
        .init("rule", .string(found.rule.rawValue)), .init("from_at", JSONValue(found.from)),
        .init("to_at", JSONValue(found.to)), .init("moves", .array(found.moves.map { .int($0) })),
      ])
  }

  private func vm(_ id: ObjectID) -> [JSONValue.Member] {
    [.init("vm", JSONValue(names.name(id))), .init("vm_id", JSONValue(names.foreignID(id)))]
      + (hasSources ? [.init("source", JSONValue(names.source(id)))] : [])
  }
}
