internal import Inventory

/// Summaries at one moment, each looked up once.
struct SummaryCache {
  private let moment: Instant
  private var summaries: [Int64: ObjectSummary] = [:]

  init(at moment: Instant) { self.moment = moment }

  mutating func summary(_ id: Int64?, _ reader: borrowing LedgerReader) throws -> ObjectSummary? {
    guard let id else { return nil }
    if let known = summaries[id] { return known }
    let summary = try reader.summary(of: ObjectID(rawValue: id), at: moment)
    summaries[id] = summary
    return summary
  }
}
