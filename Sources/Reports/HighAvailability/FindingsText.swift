internal import History
internal import Inventory
internal import Ledger

/// What the reports about incidents say besides the incidents: doubt, and how far the evidence goes.
struct FindingsText {
  /// The first lines where there is no incident, and those about hosts that only do not answer.
  static func answer(
    _ findings: IncidentReader.Findings, scope: IncidentReader.Scope, _ reader: borrowing LedgerReader, at moment: Instant
  ) throws -> [String] {
    var lines: [String] = []
    if findings.incidents.isEmpty {
      var words = "No host failure is on record"
      if let host = scope.hosts?.last {
        words = "No failure of \(try reader.summary(of: host, at: moment).name) is on record"
      }
      if scope.since > .distantPast { words += " since \(scope.since)" }
      let end = min(scope.until, moment)
      let first = try reader.firstEvidence()
      let known =
        if let first, end < first {
          "the evidence begins at \(first), nothing is known of the time before"
        } else if let last = try reader.lastEvidence() {
          scope.since > last ? "the evidence ends at \(last), before that" : "the evidence ends at \(min(last, moment))"
        } else {
          "there is no evidence at all"
        }
      lines.append("\(words) up to \(end); \(known).")
    }
    for (outage, vms) in findings.unconfirmed {
      let host = try reader.summary(of: outage.host, at: moment).name
      if outage.backAt == .distantFuture {
        lines.append(
          "\(host) has not answered since \(outage.failedAt) with \(counted(vms, "VM")) on it; nothing declared it failed.")
      } else {
        lines.append(
          "\(host) did not answer from \(outage.failedAt) to \(outage.backAt) with \(counted(vms, "VM")) on it; "
            + "no record shows whether they stopped.")
      }
    }
    return lines + (try gaps(findings, reader, at: moment).map(\.line))
  }

  /// What keeps failures from being seen, for the whole answer.
  static func gaps(
    _ findings: IncidentReader.Findings, _ reader: borrowing LedgerReader, at moment: Instant
  ) throws -> [ReportGap] {
    var gaps = try ReportGap.gaps(ofAll: reader)
    let vms = try findings.unattributed.map { try reader.summary(of: $0.vm, at: $0.upAt) }
    if !vms.isEmpty {
      gaps.append(
        ReportGap(
          code: "restarts-without-failure",
          text: "HA restarted \(counted(vms.count, "VM")), and no record tells of a failure that they belong to",
          vms: vms.map(\.name), vmIDs: vms.map(\.foreignID)))
    }
    return gaps
  }

  /// The restarts that belong to no failure, as rows.
  static func unattributedRows(
    _ findings: IncidentReader.Findings, _ reader: borrowing LedgerReader
  ) throws -> [[Cell]] {
    try findings.unattributed.map { restart in
      let vm = try reader.summary(of: restart.vm, at: restart.upAt)
      let cluster = try restart.cluster.map { try reader.summary(of: $0, at: restart.upAt) }
      let host = try restart.to.map { try reader.summary(of: $0, at: restart.upAt) }
      return [
        .text(vm.name), .text(vm.foreignID), .text(cluster?.name), .text(host?.name), .text(host?.foreignID),
        .time(restart.upAt), .text(restart.grade.rawValue), .value(.array(restart.events.map { .int($0) })),
      ]
    }
  }

  private static func unattributed(
    _ findings: IncidentReader.Findings, _ reader: borrowing LedgerReader
  ) throws -> JSONValue {
    .array(
      try findings.unattributed.map { restart in
        let vm = try reader.summary(of: restart.vm, at: restart.upAt)
        let cluster = try restart.cluster.map { try reader.summary(of: $0, at: restart.upAt) }
        let host = try restart.to.map { try reader.summary(of: $0, at: restart.upAt) }
        return [
          "vm": .string(vm.name), "vm_id": JSONValue(vm.foreignID), "cluster": JSONValue(cluster?.name),
          "to": JSONValue(host?.name), "to_id": JSONValue(host?.foreignID), "up_at": JSONValue(restart.upAt),
          "grade": .string(restart.grade.rawValue), "events": .array(restart.events.map { .int($0) }),
        ]
      })
  }

  /// Further members of both documents: hosts that do not answer, and what keeps failures from being seen at all.
  static func members(
    _ findings: IncidentReader.Findings, _ reader: borrowing LedgerReader, at moment: Instant
  ) throws -> [JSONValue.Member] {
    [
      .init("unattributed", try unattributed(findings, reader)),
      .init("unconfirmed", try unconfirmed(findings, reader, at: moment)),
      .init("gaps", .array(try gaps(findings, reader, at: moment).map(\.json))),
    ]
  }

  /// What a page about incidents rests on.
  static func evidence(_ reader: borrowing LedgerReader) throws -> [(name: String, text: String)] {
    let head = try reader.chainHead()
    return [("Ledger", "\(head.seq) events, head \(head.hash.bytes.hexadecimal)")]
  }

  /// The hosts that do not answer, as rows: name, id, since when, and how many VMs were on each.
  static func unconfirmedRows(
    _ findings: IncidentReader.Findings, _ reader: borrowing LedgerReader, at moment: Instant
  ) throws -> [[Cell]] {
    try findings.unconfirmed.map { outage, vms in
      let host = try reader.summary(of: outage.host, at: moment)
      return [.text(host.name), .text(host.foreignID), .time(outage.failedAt), .time(until(outage)), .int(vms)]
    }
  }

  /// The hosts that do not answer, as data.
  private static func unconfirmed(
    _ findings: IncidentReader.Findings, _ reader: borrowing LedgerReader, at moment: Instant
  ) throws -> JSONValue {
    .array(
      try findings.unconfirmed.map { outage, vms in
        let host = try reader.summary(of: outage.host, at: moment)
        return [
          "host": .string(host.name), "host_id": JSONValue(host.foreignID), "since": JSONValue(outage.failedAt),
          "until": JSONValue(until(outage)), "vms": .int(Int64(vms)),
        ]
      })
  }

  /// When a host that did not answer was back; nil where it still does not answer.
  private static func until(_ outage: Outage) -> Instant? {
    outage.backAt == .distantFuture ? nil : outage.recoveredAt ?? outage.backAt
  }
}
