internal import History
internal import Inventory
internal import Ledger

/// The outages that still lasted in a cluster when the first of those that are asked about began: a restart may belong to
/// either. A host that is never recorded as back has one for ever; it matters as long as it may have stopped a VM that is
/// asked about.
struct OpenOutages {
  /// Those after which HA had not reported the end of a failover yet.
  let outages: [Outage]
  private let wanted: [Outage]
  private let first: Instant
  private let moment: Instant

  /// - Parameters:
  ///   - wanted: the outages that are asked about, at least one.
  ///   - hosts: all that were ever in trouble.
  init(
    of wanted: [Outage], among hosts: [ObjectID], _ reader: borrowing LedgerReader, at moment: Instant
  ) throws {
    self.wanted = wanted
    self.moment = moment
    let first = wanted.map(\.failedAt).min() ?? .distantPast
    self.first = first
    let clusters = Set(wanted.compactMap(\.cluster))
    let open = try reader.lastOutages(ofHosts: hosts, before: first, until: moment).filter { outage in
      outage.cluster.map(clusters.contains) == true && outage.backAt > first
    }
    let oldest = open.map(\.failedAt).min() ?? first
    let ends = try oldest < first ? reader.lastFailoverEnds(from: oldest, before: first) : [:]
    outages = open.filter { $0.failedAt > $0.cluster.flatMap { ends[$0] } ?? .distantPast }
  }

  /// Where to begin reading: at the first of them that may have stopped a VM that is asked about and was not started since;
  /// nil where there is none.
  func begin(_ reader: borrowing LedgerReader) throws -> Instant? {
    guard !outages.isEmpty else { return nil }
    var vms = Set(try reader.failoverRecords(from: first, to: moment).compactMap(\.vm))
    for outage in wanted {
      vms.formUnion(try reader.residents(of: outage.host, justBefore: outage.failedAt))
      vms.formUnion(try reader.vmsWithoutPlace(at: outage))
    }
    let concerned = try outages.filter { outage in
      let hit = try Set(reader.residents(of: outage.host, justBefore: outage.failedAt))
        .union(reader.vmsWithoutPlace(at: outage)).intersection(vms)
      return try hit.contains { try !reader.hasStarted($0, after: outage.failedAt, before: first) }
    }
    return concerned.map(\.failedAt).min()
  }
}

extension LedgerReader {
  /// VMs that may have been on the host of an outage: nothing places them.
  func vmsWithoutPlace(at outage: Outage) throws -> Set<ObjectID> {
    guard let cluster = outage.cluster else { return [] }
    var vms = Set(try unplacedVMs(in: cluster, justBefore: outage.failedAt))
    if try hasSparseRecords(summary(of: cluster, at: outage.failedAt).source) {
      vms.formUnion(try unplacedVMs(maybeIn: cluster, justBefore: outage.failedAt))
    }
    return vms
  }
}
