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
      if let host = scope.host { words = "No failure of \(try reader.summary(of: host, at: moment).name) is on record" }
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
      lines.append(
        "\(host) has not answered since \(outage.failedAt) with \(counted(vms, "VM")) on it; nobody declared it failed.")
    }
    return lines + (try ReportGap.gaps(ofAll: reader).map { "! \($0.code): \($0.text)" })
  }

  /// Further members of both documents: hosts that do not answer, and what keeps failures from being seen at all.
  static func members(
    _ findings: IncidentReader.Findings, _ reader: borrowing LedgerReader, at moment: Instant
  ) throws -> [JSONValue.Member] {
    [
      .init("unconfirmed", try unconfirmed(findings, reader, at: moment)),
      .init("gaps", .array(try ReportGap.gaps(ofAll: reader).map(\.json))),
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
      return [.text(host.name), .text(host.foreignID), .time(outage.failedAt), .int(vms)]
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
          "vms": .int(Int64(vms)),
        ]
      })
  }
}
