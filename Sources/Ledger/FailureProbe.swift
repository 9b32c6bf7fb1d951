package import Inventory
internal import SQLite

extension LedgerReader {
  /// Checks that each declared failure of a host between two moments, both included, is part of an outage and of the host's
  /// spans. Only these rows are looked at, on which an answer about failures rests; `check()` compares all.
  /// - Throws: `failed` where one is missing: the projections were changed from outside.
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
      "event \(missing), the failure of a host, is part of no outage: the projections of the file were changed from "
        + "outside; \"yadokari db check\" says more, \"yadokari db rebuild\" makes them from the events again")
  }
}
