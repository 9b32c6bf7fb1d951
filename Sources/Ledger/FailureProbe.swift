package import Inventory
internal import SQLite

extension LedgerReader {
  /// Looks whether each declared failure of a host between two moments, both included, stands in what was made of the
  /// events. It is a look at the rows that an answer about failures rests on, and no more: `check()` compares all.
  /// - Throws: `failed` where one does not: somebody changed the projections.
  package func checkFailuresAreProjected(from: Instant, to: Instant) throws {
    let missing = try connection.first(
      """
      SELECT e.seq FROM object AS s CROSS JOIN event AS e ON e.host = s.id LEFT JOIN meaning AS m ON m.seq = e.seq
      WHERE s.kind = 'host' AND e.vm IS NULL AND e.host IS NOT NULL AND e.occurred_at >= $1 AND e.occurred_at <= $2
        AND e.type = (SELECT t.id FROM term AS t WHERE t.text = 'host.failed')
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
        AND NOT (EXISTS (SELECT 1 FROM outage AS o WHERE o.host = coalesce(m.host, s.identity)
            AND o.failed_at <= e.occurred_at AND o.back_at >= e.occurred_at)
          AND EXISTS (SELECT 1 FROM host_state AS h WHERE h.host = coalesce(m.host, s.identity)
            AND h.aspect = 'availability' AND h.from_at <= e.occurred_at AND h.to_at >= e.occurred_at))
      LIMIT 1
      """, from.microseconds, to.microseconds, row: { $0.int(0) })
    guard let missing else { return }
    throw YadokariError(
      .failed,
      "event \(missing), the failure of a host, is in the ledger and not in what was made of it: the file was tampered "
        + "with; \"yadokari db check\" says more, \"yadokari db rebuild\" makes the rest from the events again")
  }
}
