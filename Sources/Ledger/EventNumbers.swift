internal import Inventory
internal import SQLite

/// Numbers of events, the newest first.
extension LedgerReader {
  /// Calls `body` with the number of each event that passes the filter, in the opposite order of happening, up to the
  /// filter's limit. Of its hosts the first counts.
  func forEachNewNumber(_ filter: EventFilter, _ body: (Int64) throws -> Void) throws {
    let source = try filter.source.flatMap { name in try connection.sourceNames().first { $0.value == name }?.key }
    if let name = filter.source, source == nil { try checkSource(name) }
    let limit = filter.limit ?? Int.max
    if let vm = filter.vm {
      try connection.forEach(
        """
        SELECT e.seq FROM (
          SELECT o.seq FROM object AS s JOIN event AS o ON o.vm = s.id LEFT JOIN meaning AS q ON q.seq = o.seq
          WHERE s.identity = $1 AND o.vm IS NOT NULL AND q.vm IS NULL
          UNION ALL SELECT q.seq FROM meaning AS q WHERE q.vm = $1
        ) AS own JOIN event AS e ON e.seq = own.seq LEFT JOIN meaning AS m ON m.seq = e.seq JOIN term AS t ON t.id = e.type
        JOIN source AS src ON src.id = e.source
        LEFT JOIN term AS f ON f.id = e.foreign_type LEFT JOIN object AS h ON h.id = e.host
        LEFT JOIN object AS oh ON oh.id = e.other_host LEFT JOIN object AS c ON c.id = e.cluster
        LEFT JOIN excluded_event AS x ON x.seq = e.seq
        WHERE e.occurred_at >= $2 AND e.occurred_at <= $3
          AND ($4 IS NULL OR lower(t.text) = $4 OR lower(f.text) = $4)
          AND ($5 IS NULL OR coalesce(m.host, h.identity) = $5 OR coalesce(m.other_host, oh.identity) = $5)
          AND ($6 IS NULL OR coalesce(m.cluster, c.identity) = $6)
          AND ($7 IS NULL OR e.source = $7) AND ($8 = 1 OR x.seq IS NULL)
        ORDER BY e.occurred_at DESC, src.name DESC, e.foreign_key IS NULL DESC, length(e.foreign_key) DESC,
          e.foreign_key DESC, e.seq DESC LIMIT $9
        """, vm.rawValue, filter.since.microseconds, filter.until.microseconds, filter.type?.lowercased(),
        filter.hosts?.first?.rawValue, filter.cluster?.rawValue, source, filter.includesExcluded ? 1 : 0, limit
      ) { try body($0.int(0)) }
    } else {
      try connection.forEach(
        """
        SELECT e.seq FROM event AS e JOIN term AS t ON t.id = e.type JOIN source AS src ON src.id = e.source
        LEFT JOIN meaning AS m ON m.seq = e.seq LEFT JOIN term AS f ON f.id = e.foreign_type
        LEFT JOIN object AS h ON h.id = e.host
        LEFT JOIN object AS oh ON oh.id = e.other_host LEFT JOIN object AS c ON c.id = e.cluster
        LEFT JOIN excluded_event AS x ON x.seq = e.seq
        WHERE e.occurred_at >= $1 AND e.occurred_at <= $2
          AND ($3 IS NULL OR lower(t.text) = $3 OR lower(f.text) = $3)
          AND ($4 IS NULL OR coalesce(m.host, h.identity) = $4 OR coalesce(m.other_host, oh.identity) = $4)
          AND ($5 IS NULL OR coalesce(m.cluster, c.identity) = $5)
          AND ($6 IS NULL OR e.source = $6) AND ($7 = 1 OR x.seq IS NULL)
        ORDER BY e.occurred_at DESC, src.name DESC, e.foreign_key IS NULL DESC, length(e.foreign_key) DESC,
          e.foreign_key DESC, e.seq DESC LIMIT $8
        """, filter.since.microseconds, filter.until.microseconds, filter.type?.lowercased(), filter.hosts?.first?.rawValue,
        filter.cluster?.rawValue, source, filter.includesExcluded ? 1 : 0, limit
      ) { try body($0.int(0)) }
    }
  }
}
