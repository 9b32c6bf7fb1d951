package import Inventory

/// What a VM's records, and the outages of its hosts, add up to of whether it ran.
///
/// - A start shows that the VM did not run just before. Two records of one start, such as a power-on and HA's own record of
///   the restart, are one, in either order, as long as nothing else was recorded of the VM between them.
/// - A VM that ran on a host in trouble is no longer known to run. It is known to run again once a later record shows it;
///   or, where nothing shows that the outage stopped any VM, once the host is back.
/// - An inventory that has a VM of a host in trouble as running shows nothing: the source repeats what it knew last.
package struct PowerFold: Sendable {
  package private(set) var line = Timeline<PowerState>()
  /// What is known after the last claim.
  private var known = Claim<PowerState>.Side.silent
  private var start: Start?
  private var doubt: Doubt?
  /// Stops in outages that were not declared, found since they were last taken.
  private var stops: [StopInOutage] = []

  /// The record of a start that a further one may be about, too.
  private struct Start {
    let host: ObjectID?
    let form: String
  }

  /// An outage of the host on which the VM ran, as long as no record says what became of it.
  private struct Doubt {
    let trouble: HostTrouble
    /// Whether the VM may be stopped, so that what a record tells of the time before it is not so.
    var isOpen = true
    /// Whether it is known to have run before.
    var wasRunning = true
  }

  /// Whether the source tells of starts and stops at all: otherwise a VM that was registered, and therefore off, may have
  /// been started since.
  var sourceTellsPower = true

  /// A fold that has seen no record.
  package init() {}

  /// All spans, but for those that were taken and cannot change any more, up to the one that still lasts.
  package var spans: [Span<PowerState>] { line.spans }

  /// Takes the next record.
  /// - Parameter isInTrouble: whether the record's host was in trouble at its moment.
  mutating func add(_ record: Record, isInTrouble: Bool) {
    let sign = PowerSign(record)
    if record.type == .vmPlaced, sign == .runs, isInTrouble { return }
    guard var evidence = PowerEvidence(record) else {
      resolve(sign, record)
      if record.type != .foreignOther { start = nil }
      return
    }
    if sign == .start {
      if let start, start.host == record.host, start.form != Self.form(of: record) {
        evidence.before = .silent
      } else {
        evidence.before = beforeStart
      }
      start = Start(host: record.host, form: Self.form(of: record))
    } else {
      let isResumed = record.type == .vmResumed || record.meaning == .resuming
      start = isResumed ? Start(host: record.host, form: Self.form(of: record)) : nil
      evidence.before = before(record, sign, evidence)
    }
    if record.type == .vmRegistered || record.meaning == .beingCreated, !sourceTellsPower { evidence.after = .unknown }
    let claim = evidence.claim(of: record)
    let isSetAside = line.setAside.count
    line.add(claim)
    guard line.setAside.count == isSetAside else { return }
    resolve(sign, record)
    if claim.after != .silent {
      known = claim.after
      if case .value = claim.after { doubt?.isOpen = false }
    } else if claim.before != .silent {
      known = claim.before
    }
  }

  /// What a start says of the time before it.
  private var beforeStart: Claim<PowerState>.Side {
    switch known {
    case .silent, .gone: .silent
    case .value(.suspended): .value(.suspended)
    case .value, .unknown: .value(.off)
    }
  }

  private func before(_ record: Record, _ sign: PowerSign, _ evidence: PowerEvidence) -> Claim<PowerState>.Side {
    if record.type == .vmPlaced {
      // It tells how the VM was, so where it differs from what was known, nothing shows when that changed.
      if case .value = known { return evidence.after }
      // What is found off after its host's outage was off since then, as far as is known.
      return doubt?.isOpen == true && evidence.after == .value(.off) ? evidence.after : .silent
    }
    if sign == .foundOff { return .unknown }
    // It may have been stopped and started again since: only what says that it never stopped tells of the time before.
    let neverStopped = record.meaning == .failover || record.meaning == .leftAlone
    if doubt?.isOpen == true, case .value(.on) = evidence.before, !neverStopped { return .unknown }
    return evidence.before
  }

  private static func form(of record: Record) -> String {
    switch record.type {
    case .vmPoweredOn: "on"
    case .vmRestarted: record.foreignType?.lowercased() ?? "restart"
    default: "starting"
    }
  }

  /// Takes what the first record after an outage that says something shows of it.
  private mutating func resolve(_ sign: PowerSign, _ record: Record) {
    guard let trouble = doubt?.trouble else { return }
    switch sign {
    case .none: return
    case .start: note(trouble, record)
    // An inventory that finds the host in trouble, and the VM off elsewhere, shows that it was not there.
    case .foundOff where record.at == trouble.failedAt && record.host != trouble.host: break
    case .foundOff where trouble.backAt <= record.at || record.host != trouble.host: note(trouble, record)
    case .acted where record.at < trouble.backAt: return note(trouble, record)
    // Off on a host in trouble is what the source knew before.
    case .foundOff, .acted: return
    case .stop, .runs: break
    }
    doubt = nil
  }

  private mutating func note(_ trouble: HostTrouble, _ record: Record) {
    guard trouble.declaredDeadAt == nil, doubt?.wasRunning == true else { return }
    stops.append(StopInOutage(host: trouble.host, failedAt: trouble.failedAt, seq: record.seq))
  }

  /// The host on which the VM was last seen got into trouble.
  /// - Parameter moment: when; an outage that became a declared failure counts once more then.
  mutating func fail(_ trouble: HostTrouble, at moment: Instant) {
    start = nil
    // What nothing was known of may have run: what a later record tells does not reach behind the failure.
    let isSame = doubt?.isOpen == true && doubt?.trouble.host == trouble.host && doubt?.trouble.began == trouble.began
    let mayHaveRun = known == .silent || (known == .unknown && !isSame)
    guard mayHaveRun || known == .value(.on) else { return }
    line.add(Claim(at: moment, seq: trouble.began, before: .silent, after: .unknown))
    known = .unknown
    doubt = Doubt(trouble: trouble, wasRunning: !mayHaveRun)
  }

  /// The first record of the VM comes after its host died: what it says of the time before does not reach behind that.
  mutating func begin(behind trouble: HostTrouble) {
    guard case .silent = known else { return }
    line.add(Claim(at: trouble.failedAt, seq: trouble.began, before: .silent, after: .unknown))
    known = .unknown
    doubt = Doubt(trouble: trouble, wasRunning: false)
  }

  /// The host is back, and nothing shows that a VM stopped in its outage.
  mutating func comeBack(from trouble: HostTrouble) {
    guard let open = doubt, open.isOpen, open.wasRunning, open.trouble == trouble, case .unknown = known else { return }
    line.add(Claim(at: trouble.backAt, seq: trouble.ended ?? trouble.began, before: .unknown, after: .value(.on)))
    known = .value(.on)
    doubt?.isOpen = false
  }

  /// The stops in outages that were found since this was last asked.
  package mutating func takeStops() -> [StopInOutage] {
    defer { stops = [] }
    return stops
  }

  /// The spans that are new or other since this was last asked; nil where none are.
  mutating func takeChanges() -> TimelineChanges<PowerState>? { line.takeChanges() }
}
