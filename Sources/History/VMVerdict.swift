internal import Inventory

/// What a VM's records after a failure say of it, before the incident as a whole is weighed.
struct VMVerdict {
  let outage: Outage
  let basis: Basis
  var outcome: VMOutcome
  var isDecided = false
  var hasFailoverRecord = false
  var wasStopped = false
  var survival = Survival.none
  /// Whether HA says that it did nothing to the VM, and nothing else stopped it.
  var wasLeftAlone: Bool {
    guard let leftAloneAt, !wasStopped, !isDecided else { return false }
    return declaredDeadAt.map { $0 < leftAloneAt } ?? true
  }

  /// Whether the outage stopped anybody: HA declared a failure, or acted for VMs of the host.
  private let isReal: Bool
  /// When HA reported the end of a failover of the cluster.
  private let failoversFinished: [Instant]

  /// Reads the records from the failure up to `end`, the VM's next failure.
  init(
    _ vm: VMFile, hitBy outage: Outage, basis: Basis, isReal: Bool, failoversFinished: [Instant], until end: Instant
  ) {
    self.isReal = isReal
    self.failoversFinished = failoversFinished
    self.outage = outage
    self.basis = basis
    let place = basis == .resident ? span(at: outage.failedAt.justBefore, in: vm.residency) : nil
    let placing = place?.began
    outcome = VMOutcome(
      vm: vm.id, kind: .noTrace, from: basis == .restart(isAmbiguous: true) ? nil : outage.host, to: nil,
      downSince: outage.failedAt, upAt: nil, attempts: 0, reason: nil, events: placing.map { [$0] } ?? [])
    outcome.grade = basis == .named ? .proven : place?.grade ?? .inferred
    for record in vm.records(from: outage.failedAt, before: end) { read(record) }
    closeWaiting()
    explainNoTrace()
    // Carried on from a record, and confirmed by the failover of what ran on the host.
    let isConfirmed = placing != nil && outcome.kind == .restarted && outcome.startedBy == .ha
    if isConfirmed, outcome.grade == .inferred { outcome.grade = .proven }
    outcome.events = Array(Set(outcome.events)).sorted()
  }

  /// Whether the VM is up again according to what was read so far.
  private var isUp: Bool { isDecided && (outcome.kind == .restarted || outcome.kind == .recoveredWithHost) }

  /// Whether the record can still be about this outage. A declared failure is over when the VM runs again; any other is
  /// over when the host is back, but for VMs that were stopped in it.
  private func isOpen(_ record: Record) -> Bool {
    if outage.trigger == .hostFailed || record.at < outage.backAt || wasStopped || hasFailoverRecord { return true }
    return isReal && !wasStoppedAfterwards
  }

  private mutating func read(_ record: Record) {
    guard isOpen(record) else {
      readSigns(record)
      return
    }
    switch record.type {
    case .vmRestarted:
      // Two forms of one restart are one restart; one after the VM had settled elsewhere has another cause.
      if isUp, outcome.to == record.host {
        outcome.events.append(record.seq)
        outcome.reason = nil
        outcome.startedBy = .ha
      } else if !hasSettled(by: record) {
        rise(.restarted, record)
      }
      hasFailoverRecord = true
    case .vmRestartFailed:
      guard !hasSettled(by: record) else { return }
      hasFailoverRecord = true
      if !record.givesUp { outcome.attempts += 1 }
      let reason = record.reason ?? record.message ?? record.foreignType
      decide(record.willRetry ? .waiting : .failed, record, reason: reason)
    case .vmNotProtected:
      guard !hasSettled(by: record) else { return }
      hasFailoverRecord = true
      decide(.notProtected, record, reason: record.reason ?? record.message ?? record.foreignType)
    case .vmWaiting, .vmRestartAttempted:
      hasFailoverRecord = true
      if !isUp { decide(.waiting, record, reason: record.reason) }
    case .vmDuplicate:
      hasFailoverRecord = true
      outcome.kind = .duplicate
      outcome.upAt = nil
      outcome.events.append(record.seq)
      isDecided = true
    case .vmPoweredOn, .vmResumed: readStart(record, isCertain: true)
    case .vmPoweredOff: readStop(record)
    case .vmSuspended: if isUp { startIsKnown = true }
    case .foreignOther:
      switch record.meaning {
      case .starting: readStart(record, isCertain: false)
      case .startFailed: readFailedStart(record)
      // After the host's return HA speaks of a later isolation.
      case .leftAlone where record.at < outage.backAt: if !isDecided { leftAloneAt = record.at }
      default: readSigns(record)
      }
    default: readSigns(record)
    }
  }

  /// What may show that it ran on, also after the end of an outage that did not stop this VM.
  private mutating func readSigns(_ record: Record) {
    switch record.type {
    case .vmUnregistered: readRemoval(record)
    case .migrationStarted, .migrationCompleted: readMove(record)
    case .vmPlaced: readInventory(record)
    case .vmReset, .vmRebooted: readRunning(record, on: record.host)
    case .foreignOther where record.meaning == .failover: readFailover(record)
    case .foreignOther where record.meaning == .secondaryStart || record.meaning == .leftAlone:
      readRunning(record, on: outage.host)
    default: break
    }
  }

  private mutating func decide(_ kind: VMOutcome.Kind, _ record: Record, reason: String?) {
    guard outcome.kind != .duplicate else {
      outcome.events.append(record.seq)
      return
    }
    outcome.kind = kind
    outcome.reason = reason
    outcome.to = nil
    outcome.upAt = nil
    outcome.startedBy = nil
    outcome.events.append(record.seq)
    isDecided = true
    waitingSince = kind == .waiting ? record.at : nil
  }

  /// Its own stop. What is recorded of a host that was declared dead before, or is only found, tells when the source learned
  /// of it, not when the VM stopped.
  private mutating func readStop(_ record: Record) {
    // Switched off where it was up again: a later start is another one.
    if isUp, record.host == outcome.to { (startIsKnown, hasMovedOn) = (true, hasMovedOn || !record.facts.isFound) }
    guard record.host == outage.host, !isDecided else { return }
    guard record.at < outage.backAt else {
      if record.facts.isFound { readFoundOff(record) } else { wasStoppedAfterwards = true }
      return
    }
    let isOwn = !record.facts.isFound && declaredDeadAt.map { record.at < $0 } ?? true
    if isOwn, !wasStopped { outcome.downSince = record.at }
    wasStopped = true
    outcome.events.append(record.seq)
  }

  private mutating func readRemoval(_ record: Record) {
    removal = removal ?? record
    outcome.removedAt = removal?.at
  }

  /// Its second copy went on with it: it had not stopped, or it ran again on the host after its return.
  private mutating func readFailover(_ record: Record) {
    guard !isDecided, survival == .none else { return }
    survival = record.at < outage.backAt ? .neverStopped : .seen
    outcome.events.append(record.seq)
  }

  private mutating func readFoundOff(_ record: Record) {
    if survival == .moved, !isMoveHot { survival = .none }
    if !isUp, foundOff == nil { foundOff = record }
  }

  /// HA reported the end of the failover, and the VM was not started: what it waited for does not come any more.
  private mutating func closeWaiting() {
    guard outcome.kind == .waiting, let waitingSince else { return }
    if failoversFinished.contains(where: { $0 > waitingSince }) { outcome.kind = .failed }
  }

  /// Tells what is known of a VM that nothing shows running since.
  private mutating func explainNoTrace() {
    guard outcome.kind == .noTrace, outcome.reason == nil, survival == .none else { return }
    if let foundOff {
      outcome.reason = "seen off at \(foundOff.at), and no record tells when it stopped"
      outcome.events.append(foundOff.seq)
    }
    if let removal {
      outcome.reason = "removed at \(removal.at)" + (removal.actor.map { " by \($0)" } ?? "")
      outcome.events.append(removal.seq)
    }
  }

  /// It runs again at this record.
  private mutating func rise(_ kind: VMOutcome.Kind, _ record: Record) {
    let user = record.type == .vmRestarted ? nil : record.user
    decide(kind, record, reason: user.map { "powered on by \($0)" })
    outcome.startedBy = record.type == .vmRestarted ? .ha : user.map { _ in .user }
    outcome.to = record.host
    if kind == .restarted { outcome.attempts += 1 }
    if outcome.kind != .duplicate { outcome.upAt = record.at }
  }

  /// A power-on: the end of the restart that HA announced, a return with the host, or somebody's hand.
  /// - Parameter isCertain: false where the start had only begun.
  private mutating func readStart(_ record: Record, isCertain: Bool) {
    // What was moved and then started was moved cold.
    if survival == .moved, !isMoveHot { survival = .none }
    guard survival == .none else { return }
    if isUp {
      guard outcome.to == record.host, !startIsKnown else { return }
      outcome.upAt = record.at
      outcome.events.append(record.seq)
      startIsKnown = isCertain
    } else if outcome.kind != .duplicate, record.host != nil {
      if record.host == outage.host {
        rise(.recoveredWithHost, record)
      } else {
        rise(.restarted, record)
      }
      startIsKnown = isCertain
    }
  }

  /// A start that had begun came to nothing.
  private mutating func readFailedStart(_ record: Record) {
    guard isUp, !startIsKnown, !hasFailoverRecord, outcome.to == record.host else { return }
    decide(.noTrace, record, reason: nil)
    isDecided = false
  }

  /// Whether `upAt` is a power-on already, or still the time of HA's own record.
  private var startIsKnown = false
  /// Whether it was moved, or stopped, after it was up again.
  private var hasMovedOn = false
  /// Whether it was switched off after the host's return, with no start between.
  private var wasStoppedAfterwards = false
  /// Whether the move that counts as its survival is known to be of a running VM.
  private(set) var isMoveHot = false
  /// Whether a move of the VM began of which is known that it does not run.
  private var isColdMoveOpen = false
  private var leftAloneAt: Instant?
  private var foundOff: Record?
  private var removal: Record?
  /// The last record that says that HA will try, or try again.
  private var waitingSince: Instant?
  /// When the host was declared dead; nil where it was not.
  private var declaredDeadAt: Instant? { outage.trigger == .hostFailed ? outage.declaredAt : nil }

  /// Whether, at this record, the VM is up and the matter was over: it moved on, or HA had reported the end.
  private func hasSettled(by record: Record) -> Bool {
    guard isUp, let upAt = outcome.upAt else { return false }
    if hasMovedOn { return true }
    let place = failoversFinished.firstPlace { $0 > upAt }
    return place < failoversFinished.count && failoversFinished[place] < record.at
  }

  private mutating func readMove(_ record: Record) {
    guard !isUp else {
      (hasMovedOn, startIsKnown) = (true, true)
      return
    }
    if record.type == .migrationStarted { isColdMoveOpen = record.isColdStart }
    // One that was stopped is moved cold, as long as no record says otherwise.
    let isCold = (isColdMoveOpen || wasStopped) && !record.isHotMove
    let source = record.type == .migrationStarted ? record.host : record.otherHost
    guard !isDecided, !isCold, source == outage.host, survival == .none else { return }
    if record.type == .migrationCompleted, record.host != outage.host {
      survival = record.at < outage.backAt ? .neverStopped : .moved
      isMoveHot = record.isHotMove
    } else if record.isHotMove, outage.backAt <= record.at {
      (survival, isMoveHot) = (.moved, true)
    } else {
      return
    }
    outcome.events.append(record.seq)
  }

  /// A record that only a running VM leaves; that of a second copy names the host of the copy, not the VM's.
  private mutating func readRunning(_ record: Record, on host: ObjectID?) {
    if isUp { startIsKnown = true }
    guard !isDecided, host == outage.host, outage.backAt <= record.at, survival == .none else { return }
    survival = .seen
    outcome.events.append(record.seq)
  }

  private mutating func readInventory(_ record: Record) {
    guard !isUp, outcome.kind != .duplicate, let host = record.host else { return }
    let isAway = host != outage.host
    switch record.facts.power {
    case .on?:
      if !isAway {
        readRunning(record, on: record.host)
      } else if isDecided || isReal, survival == .none {
        // It runs, and no record tells of its start.
        decide(.restarted, record, reason: "seen running there by an inventory; no record tells of its start")
        outcome.to = host
        outcome.attempts += 1
      }
    case .off? where isAway || outage.backAt <= record.at: readFoundOff(record)
    case .off?, .suspended?, nil: break
    }
  }
}
