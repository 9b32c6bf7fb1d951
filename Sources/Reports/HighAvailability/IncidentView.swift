internal import History
internal import Inventory
internal import Ledger

/// An incident with names, as the reports print it.
struct IncidentView {
  let incident: Incident
  let host: ObjectSummary
  let cluster: ObjectSummary?
  let gaps: [ReportGap]
  private let names: [ObjectID: ObjectSummary]

  init(
    _ incident: Incident, _ evidence: inout IncidentEvidence, _ reader: borrowing LedgerReader, at moment: Instant
  ) throws {
    let outage = incident.outage
    var names: [ObjectID: ObjectSummary] = [:]
    let ids = incident.outcomes.flatMap { [$0.vm, $0.from, $0.to].compactMap { $0 } } + incident.unplaced
    for id in Set(ids + [outage.host] + (outage.cluster.map { [$0] } ?? [])) {
      names[id] = try reader.summary(of: id, at: outage.failedAt)
    }
    self.incident = incident
    self.names = names
    host = try names[outage.host] ?? reader.summary(of: outage.host, at: outage.failedAt)
    cluster = outage.cluster.flatMap { names[$0] }
    gaps = try ReportGap.gaps(of: incident, source: host.source, names: names, at: moment, &evidence, reader)
  }

  var id: Int64 { incident.outage.id }
  var recoveredAt: Instant? { incident.outage.recoveredAt }
  var clusterSuffix: String { cluster.map { " in \($0.name)" } ?? "" }

  /// By outcome first (the ones that did not come back lead), then by name.
  var outcomes: [VMOutcome] {
    func rank(_ kind: VMOutcome.Kind) -> Int {
      [.noTrace, .failed, .waiting, .notProtected, .duplicate, .restarted, .recoveredWithHost].firstIndex(of: kind) ?? 9
    }
    return incident.outcomes.sorted {
      (rank($0.kind), names[$0.vm]?.name ?? "", $0.vm) < (rank($1.kind), names[$1.vm]?.name ?? "", $1.vm)
    }
  }

  func count(_ kind: VMOutcome.Kind) -> Int { incident.outcomes.count { $0.kind == kind } }

  /// `esx02 failed: 4 VMs, 2 restarted, 1 failed, 1 not protected`
  var sentence: String {
    let happened =
      switch incident.outage.trigger {
      case .hostFailed: "failed"
      case .hostIsolated: "was isolated"
      case .storageLost: "lost its storage"
      case .connectionLost: "lost its connection"
      }
    let counts = VMOutcome.Kind.allCases.filter { count($0) > 0 }.map { ", \(count($0)) \($0.words.lowercased())" }
    return "\(host.name) \(happened): \(counted(incident.outcomes.count, "VM"))\(counts.joined())"
  }

  var times: [(name: String, at: Instant)] {
    let outage = incident.outage
    return [("failed at", outage.failedAt)] + (outage.declaredAt.map { [("declared at", $0)] } ?? [])
      + (recoveredAt.map { [("host back at", $0)] } ?? [])
  }

  var incidentCells: [Cell] {
    [
      .int(id), .text(host.source), .text(cluster?.name), .text(host.name), .text(host.foreignID),
      .text(incident.outage.trigger.rawValue),
      .time(incident.outage.failedAt),
    ]
  }

  /// The incident in one row, with its counts.
  var summaryCells: [Cell] {
    incidentCells + [.time(incident.outage.declaredAt), .time(recoveredAt), .int(incident.outcomes.count)]
      + VMOutcome.Kind.allCases.map { .int(count($0)) }
  }

  var rows: [[Cell]] {
    outcomes.map { outcome in
      [
        .text(names[outcome.vm]?.name), .text(names[outcome.vm]?.foreignID),
        .state(outcome.kind.rawValue, outcome.kind.tone),
        .text(name(outcome.from)), .value(foreignID(outcome.from)), .text(name(outcome.to)),
        .value(foreignID(outcome.to)), .time(outcome.downSince), .time(outcome.upAt),
        .seconds(outcome.downtime), .int(outcome.attempts), .text(outcome.startedBy?.rawValue), .time(outcome.removedAt),
        .value(.array(outcome.events.map { .int($0) })),
        .text(outcome.grade.rawValue), .text(outcome.reason),
      ]
    }
  }

  func name(_ id: ObjectID?) -> String? { id.flatMap { names[$0]?.name } }
  private func foreignID(_ id: ObjectID?) -> JSONValue { JSONValue(id.flatMap { names[$0]?.foreignID }) }

  /// The incident as the contract has it.
  func json(withSource: Bool, withVMs: Bool) -> JSONValue {
    let outage = incident.outage
    var members: [JSONValue.Member] = [.init("id", .int(id))]
    if withSource { members.append(.init("source", .string(host.source))) }
    members += [
      .init("cluster", JSONValue(cluster?.name)), .init("cluster_id", JSONValue(cluster?.foreignID)),
      .init("host", .string(host.name)), .init("host_id", JSONValue(host.foreignID)),
      .init("trigger", .string(outage.trigger.rawValue)), .init("failed_at", JSONValue(outage.failedAt)),
      .init("declared_at", JSONValue(outage.declaredAt)), .init("host_recovered_at", JSONValue(recoveredAt)),
      .init("answer", .string(sentence)),
      .init(
        "summary",
        .object(
          [.init("affected", .int(Int64(incident.outcomes.count)))]
            + VMOutcome.Kind.allCases.map { .init($0.rawValue, .int(Int64(count($0)))) })),
      .init("events", .array(outage.records.map { .int($0) })),
    ]
    if withVMs { members.append(.init("vms", .array(outcomes.map(json)))) }
    members.append(.init("gaps", .array(gaps.map(\.json))))
    return .object(members)
  }

  private func json(_ outcome: VMOutcome) -> JSONValue {
    [
      "vm": JSONValue(name(outcome.vm)), "vm_id": foreignID(outcome.vm), "outcome": .string(outcome.kind.rawValue),
      "from": JSONValue(name(outcome.from)), "from_id": foreignID(outcome.from),
      "to": JSONValue(name(outcome.to)), "to_id": foreignID(outcome.to),
      "down_since": JSONValue(outcome.downSince), "up_at": JSONValue(outcome.upAt),
      "downtime_s": outcome.downtime.map { .double($0) } ?? .null, "attempts": .int(Int64(outcome.attempts)),
      "started_by": JSONValue(outcome.startedBy?.rawValue), "removed_at": JSONValue(outcome.removedAt),
      "reason": JSONValue(outcome.reason), "grade": .string(outcome.grade.rawValue),
      "events": .array(outcome.events.map { .int($0) }),
    ]
  }
}

extension VMOutcome {
  /// Seconds without the VM; nil where it did not come back, nothing shows when, or both stand in one second of a list that
  /// tells no more.
  var downtime: Double? { upAt.flatMap { $0 > downSince ? $0.seconds(since: downSince) : nil } }
}

extension VMOutcome.Kind {
  /// The outcome in words, for headings and sentences.
  var words: String {
    switch self {
    case .restarted: "Restarted"
    case .failed: "Failed"
    case .waiting: "Waiting"
    case .notProtected: "Not protected"
    case .recoveredWithHost: "Recovered with host"
    case .duplicate: "Duplicate"
    case .noTrace: "No trace"
    }
  }
}
