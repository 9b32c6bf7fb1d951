internal import History
internal import Inventory
internal import Ledger

/// What a page shows of an incident besides the table: counts, facts and the time line.
extension IncidentView {
  var counts: [(name: String, count: Int, tone: Tone)] {
    let kinds = VMOutcome.Kind.allCases.filter { count($0) > 0 }
    return [("affected", incident.outcomes.count, .neutral)] + kinds.map { ($0.words.lowercased(), count($0), $0.tone) }
  }

  func facts(_ reader: borrowing LedgerReader) throws -> [(name: String, cell: Cell)] {
    var facts: [(name: String, cell: Cell)] = [("trigger", .text(triggerWords))]
    if let cluster { facts.append(("cluster", .text(cluster.name))) }
    facts.append(("host", .text(host.name + (host.foreignID.map { " (\($0))" } ?? ""))))
    let downtimes = incident.outcomes.compactMap(\.downtimeMicroseconds).sorted()
    if let shortest = downtimes.first, let longest = downtimes.last {
      let ends = [shortest, longest].map { durationText(microseconds: $0) }
      facts.append(("downtime", .text(downtimes.count == 1 ? ends[1] : "\(ends[0]) to \(ends[1])")))
    }
    facts.append(("events of the failure", .value(.array(incident.outage.records.map { .int($0) }))))
    let evidence = try reader.evidence(of: host.source)
    if let first = evidence.firstAt { facts.append(("evidence of \(host.source) from", .time(first))) }
    if let last = evidence.lastAt { facts.append(("evidence up to", .time(last))) }
    return facts
  }

  func timeLine(_ reader: borrowing LedgerReader) throws -> TimeLine? {
    guard !incident.outcomes.isEmpty else { return nil }
    let outage = incident.outage
    let moments =
      [(triggerVerb, outage.failedAt)] + (outage.declaredAt.map { [("declared", $0)] } ?? [])
      + (recoveredAt.map { [("host back", $0)] } ?? [])
    let rows = try outcomesInTime.map { outcome in
      var row = TimeLine.Row(name: name(outcome.vm) ?? "", outcome: words(outcome), tone: outcome.kind.tone)
      row.bars = bars(outcome)
      row.failures = try outcome.events.compactMap { seq in
        try reader.moment(of: seq).flatMap { $0.type == .vmRestartFailed ? $0.at : nil }
      }
      return row
    }
    return TimeLine(
      title: "Time line of the failure of \(host.name)", origin: outage.failedAt, moments: moments, rows: rows)
  }

  /// By outcome, then by the time at which each ran again.
  private var outcomesInTime: [VMOutcome] {
    let ranked = outcomes.enumerated().map { (offset: $0.offset, kind: $0.element.kind, outcome: $0.element) }
    let kinds = outcomes.map(\.kind)
    return ranked.sorted { left, right in
      let ranks = [left, right].map { kinds.firstIndex(of: $0.kind) ?? 0 }
      let ups = [left, right].map { $0.outcome.upAt ?? .distantFuture }
      return (ranks[0], ups[0], left.offset) < (ranks[1], ups[1], right.offset)
    }.map(\.outcome)
  }

  private func bars(_ outcome: VMOutcome) -> [TimeLine.Bar] {
    let begin = outcome.downSince
    let before =
      outcome.from == nil
      ? TimeLine.Bar(.unknown, from: nil, to: begin, label: nil)
      : TimeLine.Bar(.before, from: nil, to: begin, label: name(outcome.from))
    if let upAt = outcome.upAt {
      return [
        before, TimeLine.Bar(.down, from: begin, to: upAt, label: nil),
        TimeLine.Bar(.after, from: upAt, to: nil, label: name(outcome.to)),
      ]
    }
    switch outcome.kind {
    case .failed, .waiting, .notProtected:
      // Once its host is back, nothing shows any more that it is down.
      guard let back = recoveredAt else { return [before, TimeLine.Bar(.down, from: begin, to: nil, label: nil)] }
      return [
        before, TimeLine.Bar(.down, from: begin, to: back, label: nil),
        TimeLine.Bar(.unknown, from: back, to: nil, label: nil),
      ]
    case .duplicate: return [before, TimeLine.Bar(.unknown, from: begin, to: nil, label: "two copies were found")]
    case .noTrace: return [before, TimeLine.Bar(.unknown, from: begin, to: nil, label: "nothing more on record")]
    case .restarted: return [before, TimeLine.Bar(.unknown, from: begin, to: nil, label: "seen running later")]
    case .recoveredWithHost:
      guard let back = recoveredAt else { return [before, TimeLine.Bar(.unknown, from: begin, to: nil, label: nil)] }
      return [
        before, TimeLine.Bar(.unknown, from: begin, to: back, label: nil),
        TimeLine.Bar(.after, from: back, to: nil, label: name(outcome.to)),
      ]
    }
  }

  private func words(_ outcome: VMOutcome) -> String {
    let downtime = outcome.downtimeMicroseconds.map { ", " + durationText(microseconds: $0) } ?? ""
    switch outcome.kind {
    case .failed where outcome.attempts > 0:
      return "failed, \(outcome.attempts) \(outcome.attempts == 1 ? "try" : "tries")"
    case .recoveredWithHost: return "back with host\(downtime)"
    default: return outcome.kind.words.lowercased() + downtime
    }
  }

  private var triggerVerb: String {
    switch incident.outage.trigger {
    case .hostFailed: "failed"
    case .hostIsolated: "isolated"
    case .storageLost: "storage lost"
    case .connectionLost: "connection lost"
    }
  }

  private var triggerWords: String { incident.outage.trigger.rawValue.replacing("_", with: " ") }
}

extension VMOutcome {
  fileprivate var downtimeMicroseconds: Int64? {
    upAt.flatMap { $0 > downSince ? $0.microseconds - downSince.microseconds : nil }
  }
}

extension VMOutcome.Kind {
  /// Whether the VM came back.
  var tone: Tone {
    switch self {
    case .restarted, .recoveredWithHost: .good
    case .failed, .notProtected, .duplicate: .bad
    case .waiting, .noTrace: .unsure
    }
  }
}
