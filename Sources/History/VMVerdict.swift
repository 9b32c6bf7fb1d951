internal import Inventory

/// What a VM's records after a failure say of it, before the incident as a whole is weighed.
struct VMVerdict {
  /// Why the VM is looked at for this failure.
  enum Basis: Equatable {
    /// It ran on the host just before.
    case resident
    /// A later failover record names the host.
    case named
    /// HA restarted it, and nothing shows where it had been.
    case restart(isAmbiguous: Bool)
  }

  /// What shows that it went on running on the failed host.
  enum Survival {
    case none
    /// An inventory after the host's return shows it running there.
    case seenInInventory
    /// It was moved away, or a move began, without a start between.
    case moved
  }

  let outage: Outage
  let basis: Basis
  var outcome: VMOutcome
  var isDecided = false
  var hasFailoverRecord = false
  var wasStopped = false
  var survival = Survival.none

  /// Reads the records from the failure up to `end`, the VM's next failure.
  init(_ vm: VMFile, hitBy outage: Outage, basis: Basis, until end: Instant) {
    self.outage = outage
    self.basis = basis
    let placing = basis == .resident ? span(at: outage.failedAt.justBefore, in: vm.residency)?.began : nil
    outcome = VMOutcome(
      vm: vm.id, kind: .noTrace, from: basis == .restart(isAmbiguous: true) ? nil : outage.host, to: nil,
      downSince: outage.failedAt, upAt: nil, attempts: 0, reason: nil, events: placing.map { [$0] } ?? [])
    for record in vm.records where outage.failedAt <= record.at && record.at < end { read(record) }
    outcome.events = Array(Set(outcome.events)).sorted()
  }

  /// Whether the VM is up again according to what was read so far.
  private var isUp: Bool { isDecided && (outcome.kind == .restarted || outcome.kind == .recoveredWithHost) }

  private mutating func read(_ record: Record) {
    switch record.type {
    case .vmRestarted:
      hasFailoverRecord = true
      // Two forms of one restart are one restart.
      if isUp, outcome.to == record.host {
        outcome.events.append(record.seq)
        outcome.reason = nil
      } else {
        rise(.restarted, record)
      }
    case .vmRestartFailed:
      hasFailoverRecord = true
      outcome.attempts += 1
      decide(.failed, record, reason: record.reason ?? record.message ?? record.foreignType)
    case .vmNotProtected:
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
    case .vmPoweredOn, .vmResumed: readStart(record)
    case .vmPoweredOff:
      if record.host == outage.host, !isDecided {
        wasStopped = true
        outcome.events.append(record.seq)
      }
    case .migrationStarted, .migrationCompleted: readMove(record)
    case .vmPlaced: readInventory(record)
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
    outcome.events.append(record.seq)
    isDecided = true
  }

  /// It runs again at this record.
  private mutating func rise(_ kind: VMOutcome.Kind, _ record: Record, reason: String? = nil) {
    decide(kind, record, reason: reason)
    outcome.to = record.host
    if kind == .restarted { outcome.attempts += 1 }
    if outcome.kind != .duplicate { outcome.upAt = record.at }
  }

  /// A power-on: the end of the restart that HA announced, a return with the host, or somebody's hand.
  private mutating func readStart(_ record: Record) {
    if isUp {
      guard outcome.to == record.host, !startIsKnown else { return }
      outcome.upAt = record.at
      outcome.events.append(record.seq)
      startIsKnown = true
    } else if outcome.kind != .duplicate, record.host != nil {
      if record.host == outage.host {
        rise(.recoveredWithHost, record)
      } else {
        rise(.restarted, record, reason: record.actor.map { "powered on by \($0)" })
      }
      startIsKnown = true
    }
  }

  /// Whether `upAt` is a power-on already, or still the time of HA's own record.
  private var startIsKnown = false

  private mutating func readMove(_ record: Record) {
    let source = record.type == .migrationStarted ? record.host : record.otherHost
    guard !isDecided, source == outage.host, record.type == .migrationCompleted || record.facts.power == .on else { return }
    survival = .moved
    outcome.events.append(record.seq)
  }

  private mutating func readInventory(_ record: Record) {
    guard !isUp, outcome.kind != .duplicate, record.facts.power == .on, let host = record.host else { return }
    if host == outage.host {
      guard !isDecided, outage.backAt <= record.at, survival == .none else { return }
      survival = .seenInInventory
      outcome.events.append(record.seq)
    } else if isDecided {
      // It runs, and no record tells of its start.
      decide(.restarted, record, reason: "seen running there by an inventory; no record tells of its start")
      outcome.to = host
      outcome.attempts += 1
    }
  }
}
