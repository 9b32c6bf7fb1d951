internal import Inventory
internal import SQLite

/// Comparing what the file holds with what its events give.
extension LedgerReader {
  /// Compares everything that the file holds with what its events give, without writing.
  package func check() throws -> CheckReport {
    var report = CheckReport()
    do {
      let integrity = try connection.all("PRAGMA integrity_check(10)") { $0.text(0) }
      if integrity != ["ok"] { report.problems += integrity.map { "the file is damaged: \($0)" } }
      if let problem = try structureProblem() { report.problems.append("the structure was tampered with: \(problem)") }
      let verdict = try verifyChain(wanted: nil)
      report.events = verdict.verified
      if let bad = verdict.firstBad { report.problems.append(bad.problem) }
      // Projections of events that are not right themselves prove nothing.
      if report.problems.isEmpty { try compareProjections(&report) }
    } catch let error as SQLiteError {
      report.problems.append("the file cannot be read on: \(error.message)")
    }
    return report
  }

  private func compareProjections(_ report: inout CheckReport) throws {
    for change in try connection.identityChanges() {
      report.problems.append("object \(change.id) is kept as \(change.from), its records say \(change.to)")
    }
    try findSurplusNames(&report)
    try findCutTail(&report)
    guard report.problems.isEmpty else { return }
    try compareSightings(&report)
    try compareLedgerEvents(&report)
    try compareSpans(&report)
  }

  /// Compares the spans of one subject after the other: what is held does not grow with the ledger.
  private func compareSpans(_ report: inout CheckReport) throws {
    var known: [ProjectionTable: Int] = [:]
    var surplus: [ProjectionTable: Int] = [:]
    var missing: [ProjectionTable: Int] = [:]
    try Projector(connection.alias()).forEachSubject { subject in
      for table in subject.tables {
        var expected = Set(subject.rows[table] ?? [])
        try connection.forEach(table.selection, subject.subject) { row in
          known[table, default: 0] += 1
          if expected.remove((0..<table.columnCount).map { row.value($0) }) == nil { surplus[table, default: 0] += 1 }
        }
        missing[table, default: 0] += expected.count
      }
    }
    for table in ProjectionTable.allCases {
      let all = Int(try connection.first(table.count, row: { $0.int(0) }) ?? 0)
      report.rows += Int64(all)
      // Those of no subject, too.
      let surplus = (surplus[table] ?? 0) + all - (known[table] ?? 0)
      let missing = missing[table] ?? 0
      if surplus > 0 || missing > 0 {
        report.problems.append(
          "\(table.rawValue): \(surplus) rows too many, \(missing) missing; \"yadokari db rebuild\" mends it")
      }
    }
  }

  private func compareSightings(_ report: inout CheckReport) throws {
    var expected = try connection.computeSightings()
    var wrong = 0
    try connection.forEach(
      "SELECT host, cluster, first_at, first_seq, last_at, last_seq FROM cluster_sighting ORDER BY host, cluster"
    ) { row in
      let key = LedgerTransaction.SightingKey(host: row.int(0), cluster: row.int(1))
      let stored = Sighting(firstAt: row.int(2), firstSeq: row.int(3), lastAt: row.int(4), lastSeq: row.int(5))
      if expected.removeValue(forKey: key) != stored { wrong += 1 }
    }
    if wrong + expected.count > 0 {
      report.problems.append("cluster_sighting: \(wrong + expected.count) rows differ; \"yadokari db rebuild\" mends it")
    }
  }

  private func compareLedgerEvents(_ report: inout CheckReport) throws {
    var uuids: [Int64: String] = [:]
    var imports: Set<[SQLiteValue]> = []
    var gaps: Set<[SQLiteValue]> = []
    let exclusions = try connection.exclusions()
    try connection.forEachLedgerEvent { event, seq, source in
      let retraction = exclusions.retraction(of: seq)?.because
      guard retraction == nil || event.type == .importFinished else { return }
      switch event.type {
      case .sourceIdentified:
        if uuids[source.id] == nil { uuids[source.id] = event.detail?["instance_uuid"]?.stringValue }
      case .importFinished:
        if let row = try connection.importRow(event, seq: seq, retractedBy: retraction) { imports.insert(row) }
      case .ledgerGap: if let row = connection.gapRow(event, seq: seq, source: source) { gaps.insert(row) }
      default: break
      }
    }
    for source in try connection.foreignSources() where source.instanceUUID != uuids[source.id] {
      report.problems.append("source \(source.name) is kept with another vCenter id than its records say")
    }
    let stored = try connection.all(
      """
      SELECT seq, source, format, digest, given_at, first_at, last_at, first_key,
        last_key, time_origin, retracted_by, same_as, lacks_power FROM import_batch
      """
    ) { row in (0..<13).map { row.value($0) } }
    if Set(stored) != imports {
      report.problems.append("import_batch differs from the events; \"yadokari db rebuild\" mends it")
    }
    if try connection.excludesOthers(than: exclusions) {
      report.problems.append("excluded_event differs from the events; \"yadokari db rebuild\" mends it")
    }
    let storedGaps = try connection.all("SELECT seq, source, code, from_at, to_at FROM evidence_gap") { row in
      (0..<5).map { row.value($0) }
    }
    if Set(storedGaps) != gaps {
      report.problems.append("evidence_gap differs from the events; \"yadokari db rebuild\" mends it")
    }
  }

  /// Names that no event uses were put there by somebody else: they can change who is who.
  private func findSurplusNames(_ report: inout CheckReport) throws {
    var used: Set<Int64> = []
    try connection.forEach(
      "SELECT datacenter, cluster, host, vm, datastore, other_host, other_datastore FROM event ORDER BY seq"
    ) { row in for column in 0..<7 { if let id = row.optionalInt(column) { used.insert(id) } } }
    for id in try connection.all("SELECT id FROM object ORDER BY id", row: { $0.int(0) }) where !used.contains(id) {
      report.problems.append("object \(id) is named by no event; restore the file from a backup")
    }
  }

  /// Spans that end or begin with an event after the last one: the tail of the chain was cut off.
  private func findCutTail(_ report: inout CheckReport) throws {
    let head = try connection.chainHead().seq
    let last =
      try connection.first(
        """
        SELECT max(seq) FROM (SELECT max(began) AS seq FROM residency UNION ALL SELECT max(began) FROM vm_power
          UNION ALL SELECT max(began) FROM host_state UNION ALL SELECT max(seq) FROM import_batch) AS known
        """
      ) { $0.int(0) } ?? 0
    if last > head {
      report.problems.append("event \(last) is known, but the chain ends at \(head): events were cut off; restore a backup")
    }
  }
}
