internal import Inventory
internal import SQLite

/// Which VMs may have been in a place, so that a question about one host or cluster does not read the others.
struct PlacementCandidates: ~Copyable {
  private let connection: Connection
  private let moment: Instant
  /// Whether records came after the moment: only these leave open where a VM was that an inventory of the moment shows.
  private let isPast: Bool

  init(_ reader: borrowing LedgerReader, at moment: Instant) throws {
    connection = reader.connection.alias()
    self.moment = moment
    isPast = try reader.lastEvidence().map { moment < $0 } ?? false
  }

  /// VMs that spans or an inventory of the moment place on a host.
  func vms(on host: ObjectID) throws -> Set<ObjectID> {
    // The second part finds the few that stay longer than a week; the first reads no further back.
    var vms = try connection.all(
      """
      SELECT vm FROM residency WHERE host = $1 AND from_at >= $2 AND from_at <= $3 AND to_at > $3
      UNION SELECT vm FROM residency WHERE host = $1 AND to_at > $3 AND from_at <= $3 AND to_at - from_at > 604800000000
      """, host.rawValue, moment.weekBefore.microseconds, moment.microseconds
    ) { ObjectID(rawValue: $0.int(0)) }
    guard isPast else { return Set(vms) }
    vms += try connection.all(
      """
      SELECT DISTINCT v.identity FROM event AS e JOIN object AS v ON v.id = e.vm JOIN object AS h ON h.id = e.host
      LEFT JOIN meaning AS m ON m.seq = e.seq WHERE e.occurred_at = $1 AND coalesce(m.host, h.identity) = $2
      """, moment.microseconds, host.rawValue
    ) { ObjectID(rawValue: $0.int(0)) }
    return Set(vms)
  }

  /// VMs that records put into a cluster, or that were on a host of it.
  func vms(in cluster: ObjectID) throws -> Set<ObjectID> {
    let members = try connection.all(
      """
      SELECT m.member, o.kind FROM membership AS m JOIN subject AS o ON o.id = m.member
      WHERE m.cluster = $1 AND m.from_at <= $2 AND m.to_at > $2
      """, cluster.rawValue, moment.microseconds
    ) { (ObjectID(rawValue: $0.int(0)), $0.text(1)) }
    var vms: Set<ObjectID> = []
    for (member, kind) in members {
      if kind == ObjectKind.vm.rawValue { vms.insert(member) } else { vms.formUnion(try self.vms(on: member)) }
    }
    return vms
  }
}
