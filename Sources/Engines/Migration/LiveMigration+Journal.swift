package import Inventory
internal import Ledger

/// The journal of a migration: its events.
extension LiveMigration {
  /// An event of it. A completed move stands at its target, all others at its source.
  func event(_ type: EventType, at now: Instant, _ detail: [JSONValue.Member], _ reason: String? = nil) -> Event {
    var event = Event(occurredAt: now, type: type)
    event.vm = vm
    (event.host, event.otherHost) = type == .migrationCompleted ? (target, source) : (source, target)
    event.migration = id
    event.reason = reason
    event.detail = .object(detail)
    return event
  }

  /// The request.
  package func request(at now: Instant, trigger: String, actor: String?, reason: String?) -> Event {
    var event = event(.migrationRequested, at: now, [.init("kind", "live"), .init("trigger", .string(trigger))], reason)
    event.actor = actor
    return event
  }

  /// Ends it: the last entry of the journal.
  mutating func end(_ ending: Ending, because why: String?, at now: Instant) -> MigrationStep {
    self.ending = ending
    (awaited, inquiry, conclusion) = ([], nil, nil)
    var detail: [JSONValue.Member] = [
      .init("kind", "live"), .init("passes", .int(Int64(passes))), .init("bytes", .int(Self.bytes(copiedMiB))),
    ]
    if let begunAt { detail.append(.init("duration_s", .double(now.seconds(since: begunAt)))) }
    if ending == .completed, let stoppedAt, let resumedAt {
      detail.append(.init("downtime_ms", .double(resumedAt.seconds(since: stoppedAt) * 1000)))
    }
    if let cancelledBy { detail.append(.init("cancelled_by", .string(cancelledBy))) }
    var step = MigrationStep()
    step.events.append(event(ending.eventType, at: now, detail, why))
    step.changes.append(
      StateChange(
        at: now, subject: subject, old: phase.rawValue,
        new: ending.rawValue.replacing("_", with: " "), because: why ?? "\(source.name) is cleaned"))
    return step
  }

  /// Reads an entry of the journal: the state is what its entries add up to.
  mutating func take(_ entry: Event) {
    switch entry.type {
    case .migrationStarted: begunAt = entry.occurredAt
    case .migrationPhase:
      // It may have been left to a person, who took it up.
      ending = nil
      guard let phase = entry.detail?["phase"]?.stringValue.flatMap(Phase.init) else { return }
      self.phase = phase
      copiedMiB += Double(entry.detail?["bytes"]?.intValue ?? 0) / 1_048_576
      if let pass = entry.detail?["pass"]?.intValue { passes = Int(pass) }
      if phase == .stopped { stoppedAt = entry.occurredAt }
      if phase == .running { resumedAt = entry.occurredAt }
    default: ending = Ending(entry.type) ?? ending
    }
  }
}

extension LiveMigration.Ending {
  var eventType: EventType {
    switch self {
    case .completed: .migrationCompleted
    case .failed: .migrationFailed
    case .cancelled: .migrationCancelled
    case .rolledBack: .migrationRolledBack
    case .parked: .migrationParked
    }
  }

  init?(_ type: EventType) {
    switch type {
    case .migrationCompleted: self = .completed
    case .migrationFailed: self = .failed
    case .migrationCancelled: self = .cancelled
    case .migrationRolledBack: self = .rolledBack
    case .migrationParked: self = .parked
    default: return nil
    }
  }
}
