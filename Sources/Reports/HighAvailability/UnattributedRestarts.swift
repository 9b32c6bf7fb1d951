internal import History
internal import Inventory
internal import Ledger

/// Finds the restarts by HA that belong to none of the failures that are known.
struct UnattributedRestarts {
  private let scope: IncidentReader.Scope
  private let moment: Instant
  /// HA's records of restarts in the time that was asked for.
  private let records: [Record]

  /// Where one host or incident is asked for, no restart is looked for: it would belong to neither.
  init(_ reader: borrowing LedgerReader, scope: IncidentReader.Scope, at moment: Instant) throws {
    self.scope = scope
    self.moment = moment
    guard scope.hosts == nil, scope.incident == nil else {
      records = []
      return
    }
    let restarts = try reader.failoverRecords(from: scope.since, to: min(scope.until, moment)).filter {
      $0.type == .vmRestarted && $0.vm != nil
    }
    guard let source = scope.source else {
      records = restarts
      return
    }
    records = restarts.filter { $0.source == source }
  }

  /// The restarts that are among the records of no incident.
  func restarts(
    beside findings: IncidentReader.Findings, _ reader: borrowing LedgerReader
  ) throws -> [UnattributedRestart] {
    var open = Self.subtract(findings, from: records)
    if !open.isEmpty, scope.since > .distantPast {
      // They may belong to a failure before the time that was asked for.
      var wide = scope
      wide.since = .distantPast
      open = Self.subtract(try IncidentReader.incidents(reader, scope: wide, at: moment), from: open)
    }
    var restarts: [UnattributedRestart] = []
    for (vm, own) in Dictionary(grouping: open, by: \.vm) {
      guard let vm, let first = own.first?.at, let last = own.last?.at else { continue }
      let near = try reader.file(
        of: vm, from: first.adding(seconds: -Self.startTime), to: min(moment, last.adding(seconds: Self.startTime)))
      restarts += UnattributedRestart.restarts(in: near.records, telling: Set(own.map(\.seq)))
    }
    return try restarts.map { try graded($0, reader) }.sorted {
      ($0.upAt, $0.events.first ?? 0) < ($1.upAt, $1.events.first ?? 0)
    }
  }

  /// A power-on and HA's record of one restart lie no further apart than this, in seconds.
  private static let startTime = 3600.0

  private static func subtract(_ findings: IncidentReader.Findings, from records: [Record]) -> [Record] {
    let known = Set(findings.incidents.flatMap { $0.outcomes.flatMap(\.events) })
    return records.filter { !known.contains($0.seq) }
  }

  private func graded(_ restart: UnattributedRestart, _ reader: borrowing LedgerReader) throws -> UnattributedRestart {
    var restart = restart
    let marks = try restart.events.map { try reader.textMark(of: $0) }
    if marks.contains(where: \.isText) { restart.grade = .text }
    if marks.contains(where: \.hasWholeSeconds) { restart.upAt = restart.upAt.inWholeSeconds }
    return restart
  }
}
