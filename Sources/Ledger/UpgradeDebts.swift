package import History
package import Inventory
internal import SQLite

extension LedgerReader {
  /// What upgrade migrations left to be done, and how each stands, the oldest first.
  /// - Parameters:
  ///   - source: whose VMs; nil for all.
  ///   - moment: what happened later is not counted.
  package func upgradeDebts(of source: String? = nil, at moment: Instant = .distantFuture) throws -> [UpgradeDebt] {
    // They stand among the events of migrations, which are few.
    let owed = try connection.all(
      """
      SELECT e.seq FROM event AS e JOIN source AS s ON s.id = e.source
      WHERE e.migration > 0 AND +e.type = (SELECT t.id FROM term AS t WHERE t.text = 'vm.upgrade_owed')
        AND e.occurred_at <= $1 AND ($2 IS NULL OR s.name = $2)
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      ORDER BY e.migration, e.seq
      """, moment.microseconds, source
    ) { $0.int(0) }
    return try owed.compactMap { try upgradeDebt($0, at: moment) }
  }

  private func upgradeDebt(_ number: Int64, at moment: Instant) throws -> UpgradeDebt? {
    let first = try event(number)
    guard var debt = UpgradeDebt(first.event, number: number, source: first.source) else { return nil }
    let later = try connection.all(
      """
      SELECT e.seq FROM event AS o JOIN object AS v ON v.id = o.vm JOIN object AS s ON s.identity = v.identity
      JOIN event AS e ON e.vm = s.id
      WHERE o.seq = $1 AND e.vm IS NOT NULL AND e.seq > $1 AND e.occurred_at >= o.occurred_at AND e.occurred_at <= $2
        AND +e.type IN (SELECT t.id FROM term AS t WHERE t.text IN ('vm.upgrade_scheduled', 'vm.upgrade_unscheduled',
          'vm.upgrade_started', 'vm.powered_off', 'vm.powered_on', 'vm.hardware_upgraded', 'vm.tools_upgraded',
          'vm.upgrade_waiting', 'vm.upgrade_reverting', 'vm.upgrade_finished', 'vm.upgrade_failed', 'vm.upgrade_parked'))
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      ORDER BY e.seq
      """, number, moment.microseconds
    ) { $0.int(0) }
    for seq in later {
      let event = try event(seq).event
      if UpgradeDebt.number(of: event) == number { debt.take(event) }
    }
    return debt
  }
}
