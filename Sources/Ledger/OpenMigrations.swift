package import Inventory
internal import SQLite

extension LedgerReader {
  /// The events of each of our own migrations that has not ended, its request first, the oldest migration first. One that
  /// was left to a person has ended, until that person takes it up.
  package func openMigrations() throws -> [[RecordedEvent]] {
    let open = try connection.all(
      """
      SELECT r.seq FROM event AS r
      WHERE r.migration IS NOT NULL AND r.migration = r.seq AND NOT EXISTS (
        SELECT 1 FROM event AS e JOIN term AS t ON t.id = e.type
        WHERE e.migration = r.seq AND t.text IN ('migration.completed', 'migration.failed', 'migration.cancelled',
          'migration.rolled_back', 'migration.parked', 'migration.refused')
          AND NOT EXISTS (SELECT 1 FROM event AS l WHERE l.migration = r.seq AND l.seq > e.seq))
      ORDER BY r.seq
      """
    ) { $0.int(0) }
    return try open.map { try migrationEvents(of: $0) }
  }

  /// The numbers of all our own migrations, the oldest first.
  package func migrationNumbers() throws -> [Int64] {
    try connection.all(
      "SELECT r.seq FROM event AS r WHERE r.migration IS NOT NULL AND r.migration = r.seq ORDER BY r.seq"
    ) { $0.int(0) }
  }

  /// The events of one of our own migrations, its request first; none where there is no such migration.
  package func migrationEvents(of migration: Int64) throws -> [RecordedEvent] {
    let numbers = try connection.all(
      "SELECT e.seq FROM event AS e WHERE e.migration = $1 ORDER BY e.seq", migration
    ) { $0.int(0) }
    return try numbers.map { try event($0) }
  }

  /// The last events of migrations that were left to a person, who has not resolved them.
  package func parkedMigrations() throws -> [Event] {
    let numbers = try connection.all(
      """
      SELECT e.seq FROM event AS e JOIN term AS t ON t.id = e.type
      WHERE e.migration > 0 AND t.text = 'migration.parked'
        AND NOT EXISTS (SELECT 1 FROM event AS l WHERE l.migration = e.migration AND l.seq > e.seq)
      ORDER BY e.migration, e.seq
      """
    ) { $0.int(0) }
    return try numbers.map { try event($0).event }
  }

  /// The last events of migrations that ended and left files where nobody could remove them, and nobody has since.
  package func leftOvers() throws -> [Event] {
    let numbers = try connection.all(
      """
      SELECT e.seq FROM event AS e
      WHERE e.migration > 0 AND instr(e.detail, '"left_over"') > 0
        AND NOT EXISTS (SELECT 1 FROM event AS l WHERE l.migration = e.migration AND l.seq > e.seq)
        AND NOT EXISTS (
          SELECT 1 FROM event AS r JOIN term AS t ON t.id = r.type
          WHERE r.vm = e.vm AND r.vm IS NOT NULL AND r.seq > e.seq AND t.text = 'vm.left_over_removed'
            AND json_extract(r.detail, '$.of_migration') = e.migration)
      ORDER BY e.migration
      """
    ) { $0.int(0) }
    return try numbers.map { try event($0).event }
  }

  /// The names of VMs of which a migration was left to a person, who has not resolved it.
  package func parkedVMs() throws -> [String] {
    try connection.all(
      """
      SELECT DISTINCT v.name FROM event AS e JOIN term AS t ON t.id = e.type CROSS JOIN object AS v ON v.id = e.vm
      WHERE e.migration IS NOT NULL AND t.text = 'migration.parked' AND NOT EXISTS (
        SELECT 1 FROM event AS l JOIN term AS k ON k.id = l.type
        WHERE l.migration = e.migration AND l.seq > e.seq
          AND k.text IN ('migration.completed', 'migration.failed', 'migration.cancelled', 'migration.rolled_back'))
      ORDER BY v.name
      """
    ) { $0.text(0) }
  }
}
