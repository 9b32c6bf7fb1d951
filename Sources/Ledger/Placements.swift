package import Inventory
internal import SQLite

/// Where VMs were, at one moment.
extension LedgerReader {
  /// Every VM that the evidence knows at a moment, by cluster and name.
  package func forEachPlacement(at moment: Instant, _ body: (Placement) throws -> Void) throws {
    let vms = try connection.all(
      "SELECT DISTINCT identity FROM object WHERE kind = 'vm' ORDER BY identity"
    ) { ObjectID(rawValue: $0.int(0)) }
    var cache = SummaryCache(at: moment)
    var placements: [Placement] = []
    for vm in vms {
      if let placement = try placement(of: vm, at: moment, cache: &cache) { placements.append(placement) }
    }
    placements.sort {
      ($0.cluster?.name ?? "~", $0.vm.name, $0.vm.id) < ($1.cluster?.name ?? "~", $1.vm.name, $1.vm.id)
    }
    for placement in placements { try body(placement) }
  }

  /// A VM at a moment; nil where it was not there: not yet, or no more; or before the evidence of its source begins.
  package func placement(of vm: ObjectID, at moment: Instant) throws -> Placement? {
    var cache = SummaryCache(at: moment)
    return try placement(of: vm, at: moment, cache: &cache)
  }

  private func placement(of vm: ObjectID, at moment: Instant, cache: inout SummaryCache) throws -> Placement? {
    let row = try connection.first(
      """
      SELECT r.host, r.grade, r.from_at, p.power, p.from_at, s.vcpus, s.memory_mib, d.datastore, m.cluster, hm.cluster,
        hs.state, hs.from_at, r.vm, m.member, p.vm
      FROM object AS o
      LEFT JOIN residency AS r ON r.vm = o.id AND r.to_at > $1
        AND r.from_at = (SELECT max(q.from_at) FROM residency AS q WHERE q.vm = o.id AND q.from_at <= $1)
      LEFT JOIN vm_power AS p ON p.vm = o.id AND p.to_at > $1
        AND p.from_at = (SELECT max(q.from_at) FROM vm_power AS q WHERE q.vm = o.id AND q.from_at <= $1)
      LEFT JOIN vm_shape AS s ON s.vm = o.id AND s.to_at > $1
        AND s.from_at = (SELECT max(q.from_at) FROM vm_shape AS q WHERE q.vm = o.id AND q.from_at <= $1)
      LEFT JOIN disk_placement AS d ON d.vm = o.id AND d.disk = 'home' AND d.to_at > $1
        AND d.from_at = (SELECT max(q.from_at) FROM disk_placement AS q
          WHERE q.vm = o.id AND q.disk = 'home' AND q.from_at <= $1)
      LEFT JOIN membership AS m ON m.member = o.id AND m.to_at > $1
        AND m.from_at = (SELECT max(q.from_at) FROM membership AS q WHERE q.member = o.id AND q.from_at <= $1)
      LEFT JOIN membership AS hm ON hm.member = r.host AND hm.to_at > $1
        AND hm.from_at = (SELECT max(q.from_at) FROM membership AS q WHERE q.member = r.host AND q.from_at <= $1)
      LEFT JOIN host_state AS hs ON hs.host = r.host AND hs.aspect = 'availability' AND hs.to_at > $1
        AND hs.from_at = (SELECT max(q.from_at) FROM host_state AS q
          WHERE q.host = r.host AND q.aspect = 'availability' AND q.from_at <= $1)
      WHERE o.id = $2
        AND $1 >= coalesce((SELECT min(b.first_at) FROM import_batch AS b
          WHERE b.source = o.source AND b.retracted_by IS NULL), $1)
      """, moment.microseconds, vm.rawValue
    ) { row in
      (
        host: row.optionalInt(0), grade: row.optionalText(1), from: row.optionalInt(2),
        power: row.optionalText(3), powerFrom: row.optionalInt(4), vcpus: row.optionalInt(5), memory: row.optionalInt(6),
        datastore: row.optionalInt(7), ownCluster: row.optionalInt(8), hostCluster: row.optionalInt(9),
        hostState: row.optionalText(10), hostStateFrom: row.optionalInt(11),
        exists: !row.isNull(12) || !row.isNull(13) || !row.isNull(14)
      )
    }
    guard let row, row.exists else { return nil }
    var power = row.power.flatMap(PowerState.init)
    // A VM that was last seen running on a host in trouble may have died with it: its own records do not say.
    let isInTrouble = ["failed", "isolated", "storage_lost", "connection_lost"].contains(row.hostState ?? "")
    if power == .on, isInTrouble, (row.powerFrom ?? 0) <= (row.hostStateFrom ?? 0) { power = nil }
    var grade = row.host == nil ? .unknown : row.grade.flatMap(Grade.init) ?? .unknown
    if grade == .inferred, row.from == moment.microseconds {
      grade = try statedGrade(vm, on: row.host, at: moment) ?? grade
    }
    let since = try stay(of: vm, at: moment)?.since
    return Placement(
      vm: try cache.summary(vm.rawValue, self) ?? summary(of: vm, at: moment),
      cluster: try cache.summary(row.hostCluster ?? row.ownCluster, self), host: try cache.summary(row.host, self),
      power: power, vcpus: row.vcpus, memoryMiB: row.memory, datastore: try cache.summary(row.datastore, self),
      since: since == .distantPast ? nil : since, grade: grade)
  }

  /// The host of a VM at a moment, and when its unbroken stay there began (`distantPast` where nobody saw it begin).
  package func stay(of vm: ObjectID, at moment: Instant) throws -> (host: ObjectID, since: Instant)? {
    var stay: (host: ObjectID, since: Instant)?
    try connection.withStatement(
      "SELECT from_at, to_at, host FROM residency WHERE vm = $1 AND from_at <= $2 ORDER BY from_at DESC"
    ) { statement in
      try statement.bind(1, vm.rawValue)
      try statement.bind(2, moment.microseconds)
      while try statement.step() {
        guard let host = statement.optionalInt(2).map(ObjectID.init) else { break }
        if let known = stay {
          guard known.host == host, known.since.microseconds == statement.int(1) else { break }
        } else if statement.int(1) <= moment.microseconds {
          break
        }
        stay = (host, Instant(microseconds: statement.int(0)))
      }
    }
    return stay
  }

  /// The grade of what a record at this very moment says, where it says that the VM is on the host: the span before it ends
  /// there, on the same host.
  private func statedGrade(_ vm: ObjectID, on host: Int64?, at moment: Instant) throws -> Grade? {
    try connection.first(
      """
      SELECT host, grade FROM residency
      WHERE vm = $1 AND from_at < $2 AND to_at = $2 AND grade IN ('proven', 'text')
      """, vm.rawValue, moment.microseconds
    ) { $0.optionalInt(0) == host ? Grade(rawValue: $0.text(1)) : nil } ?? nil
  }
}
