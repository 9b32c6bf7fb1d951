package import Inventory
package import Ledger

/// Whether a question reaches beyond the evidence: what lies after the last record of a source is not known, and an empty
/// answer about it is no good news.
package struct EvidenceReach: Sendable {
  /// One for each source whose evidence ends before what was asked about.
  package private(set) var gaps: [ReportGap] = []
  /// Whether no source has any evidence of the range asked about; false for a moment.
  package private(set) var holdsNothing = false

  /// The answer reaches no further than the evidence.
  package static let within = EvidenceReach()

  private init() {}

  /// - Parameters:
  ///   - since: where the range asked about begins; nil for no beginning, or for a moment.
  ///   - end: where it ends, or the moment asked about; nil where the question is about what is on record, however old.
  ///   - isRange: whether a range is asked about. A moment after the evidence still has an answer: the last that is known.
  ///   - source: the only source asked about; nil for all.
  ///   - now: what ages count from.
  package init(
    _ reader: borrowing LedgerReader, since: Instant?, end: Instant?, isRange: Bool, source: String?, now: Instant
  ) throws {
    guard let end else { return }
    let names = try reader.sourceNames().filter { source == nil || $0 == source }
    let spans = try names.map {
      (name: $0, first: try reader.evidence(of: $0).firstAt, last: try reader.lastEvidence(of: $0))
    }
    for span in spans {
      guard let last = span.last, last < end else { continue }
      let name = names.count > 1 ? " of \(span.name)" : ""
      let age = now > last ? "is \(durationText(microseconds: now.microseconds - last.microseconds)) old" : "ends"
      let unknown = isRange && (since ?? .distantPast) > last ? "that time" : "the time after it"
      gaps.append(
        ReportGap(
          code: "evidence-ends-earlier",
          text: "the newest evidence\(name) \(age) (\(last)); nothing is known of \(unknown)", source: span.name))
    }
    holdsNothing =
      isRange && !spans.isEmpty
      && spans.allSatisfy { span in
        guard let first = span.first, let last = span.last else { return true }
        return last < since ?? .distantPast || end < first
      }
  }

  /// The answer about a time of which there is no evidence.
  package static let nothing = "There are no records of that time."

  /// What a person reads before the answer.
  package var warnings: [String] { gaps.map { "STALE: \($0.text)." } }
}
