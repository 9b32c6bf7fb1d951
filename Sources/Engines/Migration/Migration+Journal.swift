package import Inventory
internal import Planning
internal import Ledger

/// The journal of a migration: its events.
extension Migration {
  /// An event of it. Until the VM has arrived all stand at its source; a completed one stands at its target.
  func event(_ type: EventType, at now: Instant, _ detail: [JSONValue.Member], _ reason: String? = nil) -> Event {
    var event = Event(occurredAt: now, type: type)
    event.vm = vm
    let isThere = type == .migrationCompleted || hasArrived && type != .migrationPhase
    (event.host, event.otherHost) = isThere ? (target, source) : (source, target)
    // Of the others none says where the files are: they may be on their way.
    if let home = files?.home, hasOpened, Ending(type) != nil, type != .migrationCompleted {
      event.datastore = Self.datastore(home.to)
    } else if let home = files?.home, type == .migrationCompleted || type == .migrationRequested {
      let (from, to) = (Self.datastore(home.from), Self.datastore(home.to))
      (event.datastore, event.otherDatastore) = type == .migrationCompleted ? (to, from) : (from, to)
    }
    event.migration = id
    event.reason = reason
    event.detail = .object(detail)
    return event
  }

  private static func datastore(_ name: String) -> ObjectReference {
    ObjectReference(kind: .datastore, foreignID: name, name: name)
  }

  /// The request.
  package func request(at now: Instant, trigger: String, actor: String?, reason: String?) -> Event {
    var detail: [JSONValue.Member] = [.init("kind", .string(kind.rawValue)), .init("trigger", .string(trigger))]
    if priority != .normal { detail.append(.init("priority", .string(priority.rawValue))) }
    if let files { detail.append(.init("files", files.json)) }
    var event = event(.migrationRequested, at: now, detail, reason)
    event.actor = actor
    return event
  }

  /// Ends it: the last entry of the journal.
  mutating func end(_ ending: Ending, because why: String?, _ turn: inout Turn) {
    var detail: [JSONValue.Member] = [
      .init("kind", .string(kind.rawValue)), .init("passes", .int(Int64(passes))),
      .init("bytes", isCopyKnown ? .int(Self.bytes(copiedMiB)) : .null),
    ]
    if let begunAt { detail.append(.init("duration_s", .double(turn.now.seconds(since: begunAt)))) }
    if isOn, kind != .cold, ending == .completed || standstill > 0 || ending == .parked && !isStandstillKnown {
      let milliseconds = JSONValue.double((standstill * 1_000_000).rounded() / 1000)
      detail.append(.init("downtime_ms", isStandstillKnown ? milliseconds : .null))
    }
    if let cancelledBy { detail.append(.init("cancelled_by", .string(cancelledBy))) }
    if let found, ending == .parked { detail.append(.init("known", found.known(source: source, target: target))) }
    if !waitsFor.isEmpty, ending == .parked {
      detail.append(.init("waits_for", .array(waitsFor.map { .string($0) })))
    }
    if ending == .parked { detail.append(.init("stands_still_since", JSONValue(stoppedAt))) }
    if let left = leftOver, ending != .parked { detail.append(.init("left_over", left.json)) }
    if hasOpened { detail += files?.settingsAfter ?? [] }
    self.ending = ending
    (awaited, inquiry, conclusion, watch) = ([], nil, nil, nil)
    if ending == .completed, kind == .upgrade { HardwareUpgrade.owe(self, &turn) }
    turn.step.events.append(event(ending.eventType, at: turn.now, detail, why))
    turn.tell(
      subject, phase.rawValue, ending.rawValue.replacing("_", with: " "),
      because: why ?? (hasOpened ? "the old files are removed" : "\(source.name) is cleaned"))
  }

  private var leftOver: LeftOver? {
    guard let leftOn, let files else { return nil }
    return LeftOver(host: leftOn.name, places: hasOpened ? files.oldPlaces : files.places)
  }

  /// Reads an entry of the journal: the state is what its entries add up to.
  mutating func take(_ entry: Event) {
    switch entry.type {
    case .migrationRequested: requestedAt = entry.occurredAt
    case .migrationStarted:
      begunAt = entry.occurredAt
      isOn = entry.detail?["power"] != "off"
    case .migrationPhase:
      // It may have been left to a person, who took it up.
      ending = nil
      reversal = entry.detail?["reversal"]?.stringValue ?? reversal
      cancelledBy = entry.detail?["cancelled_by"]?.stringValue ?? cancelledBy
      if entry.detail?["found"] == .bool(true) { isStandstillKnown = false }
      guard let phase = entry.detail?["phase"]?.stringValue.flatMap(Phase.init) else { return }
      takePhase(phase, entry)
    case .vmPoweredOff: isOn = false
    case .migrationParked:
      ending = .parked
      takeStandstill(entry.detail)
    default: ending = Ending(entry.type) ?? ending
    }
  }

  /// The journal's phases do not tell that a guest went on before it was left to a person.
  private mutating func takeStandstill(_ detail: JSONValue?) {
    guard let since = detail?["stands_still_since"] else { return }
    stoppedAt = since.stringValue.flatMap { Instant(rfc3339: $0) }
    standstill = (detail?["downtime_ms"]?.doubleValue ?? 0) / 1000
    if detail?["downtime_ms"] == .null { isStandstillKnown = false }
  }

  private mutating func takePhase(_ next: Phase, _ entry: Event) {
    copiedMiB += Double(entry.detail?["bytes"]?.intValue ?? 0) / 1_048_576
    if let pass = entry.detail?["pass"]?.intValue {
      passes = Int(pass)
      passesInPhase = next == phase ? passesInPhase + 1 : 1
    }
    // Logs begin just before the copy under them does, or just before the new host of an upgrade runs it.
    if next == .running && kind == .upgrade || next == .copy && files?.way == .redoLog {
      frozenAt = frozenAt ?? entry.occurredAt
    }
    if let percent = entry.detail?["throttle_percent"]?.intValue { throttle = Int(percent) }
    phase = next
    switch next {
    case .stopped, .switchFiles, .lastMerge: if isOn { stoppedAt = stoppedAt ?? entry.occurredAt }
    case .running, .opened, .merged: goOn(at: entry.occurredAt)
    case .rollback: reversal = reversal ?? entry.reason
    default: break
    }
    if next == .running { hasArrived = true }
    if next == .opened || next == .running && kind == .liveStorage { hasOpened = true }
  }
}

extension Migration.Ending {
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
