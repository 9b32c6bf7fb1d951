internal import History
internal import Inventory

/// One move as data and as a row.
struct ReplayStep {
  static let columns = [
    TableColumn("seq", "Event", isNumber: true, isDataOnly: true), TableColumn("at", "At"), TableColumn("vm", "VM"),
    TableColumn("vm_id", "Id", isDataOnly: true), TableColumn("source", "Source", isDataOnly: true),
    TableColumn("kind", "Kind"), TableColumn("from", "From"), TableColumn("from_id", "From id", isDataOnly: true),
    TableColumn("to", "To"), TableColumn("to_id", "To id", isDataOnly: true),
    TableColumn("from_datastore", "From store"), TableColumn("to_datastore", "To store"),
    TableColumn("result", "Result"), TableColumn("duration_s", "Took", isNumber: true),
    TableColumn("passes", "Passes", isNumber: true, isMinor: true),
    TableColumn("bytes", "Bytes", isNumber: true, isDataOnly: true),
    TableColumn("downtime_ms", "Down for", isNumber: true), TableColumn("trigger", "Trigger"), TableColumn("actor", "Actor"),
    TableColumn("reason", "Reason"), TableColumn("ended_at", "Ended at", isDataOnly: true),
    TableColumn("grade", "Grade", isDataOnly: true), TableColumn("events", "Events", isDataOnly: true, isOnPages: true),
  ]

  /// The columns, without those for people that no move fills.
  static func columns(for moves: [Move]) -> [TableColumn] {
    func isEmpty(_ key: String) -> Bool {
      switch key {
      case "from_datastore", "to_datastore": !moves.contains { $0.kind == .storage || $0.kind == .liveAndStorage }
      case "passes": !moves.contains { $0.passes != nil }
      case "downtime_ms": !moves.contains { $0.downtime != nil }
      case "duration_s": !moves.contains { $0.duration != nil }
      case "actor": !moves.contains { $0.actor != nil }
      case "reason": !moves.contains { $0.reason != nil }
      default: false
      }
    }
    return columns.map { column in
      isEmpty(column.key)
        ? TableColumn(column.key, column.title, isNumber: column.isNumber, isDataOnly: true) : column
    }
  }

  let move: Move
  let names: ReplayNames

  var cells: [Cell] {
    [
      .int(move.seq), .time(move.at), .text(names.name(move.vm)), .text(names.foreignID(move.vm)),
      .text(names.source(move.vm)), .text(move.kind?.rawValue), .text(names.name(move.ends.from)),
      .text(names.foreignID(move.ends.from)), .text(names.name(move.ends.to)), .text(names.foreignID(move.ends.to)),
      .text(names.name(move.ends.fromDatastore)), .text(names.name(move.ends.toDatastore)),
      .state(move.result.rawValue, move.result.tone), .seconds(move.duration), .int(move.passes), .int(move.bytes),
      .seconds(move.downtime), .text(move.trigger?.rawValue), .text(move.actor), .text(move.reason),
      .time(move.endedAt), .text(move.grade.rawValue), .value(.array(move.events.map { .int($0) })),
    ]
  }

  /// The move as the contract has it.
  func json(withSource: Bool) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("seq", .int(move.seq)), .init("at", JSONValue(move.at)), .init("ended_at", JSONValue(move.endedAt)),
      .init("vm", JSONValue(names.name(move.vm))), .init("vm_id", JSONValue(names.foreignID(move.vm))),
    ]
    if withSource { members.append(.init("source", JSONValue(names.source(move.vm)))) }
    members += [
      .init("kind", JSONValue(move.kind?.rawValue)), .init("from", JSONValue(names.name(move.ends.from))),
      .init("from_id", JSONValue(names.foreignID(move.ends.from))), .init("to", JSONValue(names.name(move.ends.to))),
      .init("to_id", JSONValue(names.foreignID(move.ends.to))),
      .init("from_datastore", JSONValue(names.name(move.ends.fromDatastore))),
      .init("to_datastore", JSONValue(names.name(move.ends.toDatastore))),
      .init("trigger", JSONValue(move.trigger?.rawValue)), .init("actor", JSONValue(move.actor)),
      .init("reason", JSONValue(move.reason)), .init("result", .string(move.result.rawValue)),
      .init("duration_s", Self.number(move.duration)), .init("downtime_ms", Self.number(move.downtime)),
      .init("bytes", move.bytes.map { .int($0) } ?? .null), .init("passes", move.passes.map { .int($0) } ?? .null),
      .init("phases", .array(move.phases.filter { $0.pass != nil }.map(Self.json))),
      .init("checkpoints", .array(move.phases.filter { $0.pass == nil }.map(Self.json))),
      .init("grade", .string(move.grade.rawValue)), .init("events", .array(move.events.map { .int($0) })),
    ]
    return .object(members)
  }

  private static func json(_ phase: MovePhase) -> JSONValue {
    var members: [JSONValue.Member] = [.init("phase", .string(phase.name)), .init("at", JSONValue(phase.at))]
    if let pass = phase.pass {
      members += [
        .init("pass", .int(pass)), .init("bytes", phase.bytes.map { .int($0) } ?? .null),
        .init("duration_s", number(phase.duration)),
      ]
    }
    return .object(members)
  }

  /// Thousandths are enough: what is less is the noise of the arithmetic.
  private static func number(_ value: Double?) -> JSONValue {
    guard let value, value.isFinite else { return .null }
    return .double((value * 1_000_000).rounded() / 1_000_000)
  }
}

extension Move.Result {
  /// Whether it is good news.
  var tone: Tone {
    switch self {
    case .completed: .good
    case .failed, .cancelled, .rolledBack, .parked: .bad
    case .running, .unknown: .unsure
    }
  }

  /// The result in words.
  var words: String {
    switch self {
    case .rolledBack: "rolled back"
    case .unknown: "with an end that is not on record"
    default: rawValue
    }
  }
}
