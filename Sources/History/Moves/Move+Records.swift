internal import Inventory

extension Move {
  /// What the first record that is known of a move says.
  init(_ record: MoveRecord, result: Result) {
    self.init(seq: record.seq, vm: record.vm, result: result, at: record.moment, turn: record.at, events: [])
    ends = MoveEnds(record)
    take(record)
  }

  /// Takes from a further record what no earlier one said.
  mutating func take(_ record: MoveRecord) {
    events.append(record.seq)
    cluster = cluster ?? record.cluster
    trigger = trigger ?? record.detail?.trigger ?? record.trigger
    actor = record.actor ?? actor
    // An entry of a journal says why it was made, not why the VM was moved.
    if record.type == .migrationRequested { request = record.reason }
    if record.type != .migrationPhase { reason = record.reason ?? (result == .parked ? request : reason) }
    if record.isText { grade = .text }
    // DRS moves running VMs only.
    if record.trigger == .drs { isHot = true }
  }

  /// Takes what an event of our own engine says.
  mutating func takeOwn(_ record: MoveRecord) {
    kind = kind ?? record.detail?.kind
    switch record.type {
    case .migrationStarted: (at, turn) = (record.moment, record.at)
    case .migrationPhase:
      let detail = record.detail
      phases.append(
        MovePhase(
          name: detail?.phase ?? "", at: record.moment, pass: detail?.pass, bytes: detail?.bytes,
          duration: detail?.duration))
    case .migrationCompleted, .migrationFailed, .migrationCancelled, .migrationRolledBack, .migrationParked:
      result = Result(record.type)
      endedAt = record.moment
      duration = record.detail?.duration ?? max(0, record.moment.seconds(since: at))
      // What is not known at the end counts more than what was known before.
      downtime = record.detail?.downtime
      bytes = record.detail?.bytes
      passes = record.detail?.passes ?? passes
    default: break
    }
  }
}

extension Move.Result {
  /// The result that an event of this type tells.
  init(_ type: EventType) {
    switch type {
    case .migrationCompleted: self = .completed
    case .migrationFailed: self = .failed
    case .migrationCancelled: self = .cancelled
    case .migrationRolledBack: self = .rolledBack
    case .migrationParked: self = .parked
    default: self = .unknown
    }
  }
}
