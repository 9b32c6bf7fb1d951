internal import Ledger

/// What evidence there is of each source, read once for all incidents of a report.
struct IncidentEvidence {
  private var spans: [String: EvidenceSpan] = [:]
  private let gaps: [EvidenceGap]

  private let importGaps: [ImportGaps]

  init(_ reader: borrowing LedgerReader) throws {
    gaps = try reader.evidenceGaps()
    importGaps = try reader.importGaps()
  }

  mutating func span(of source: String, _ reader: borrowing LedgerReader) throws -> EvidenceSpan {
    if let known = spans[source] { return known }
    let span = try reader.evidence(of: source)
    spans[source] = span
    return span
  }

  /// The times for which records of a source are missing.
  func gaps(of source: String) -> [EvidenceGap] { gaps.filter { $0.source == source } }

  /// What the imports of a source lack.
  func importGaps(of source: String) -> [ImportGaps] { importGaps.filter { $0.source == source } }
}
