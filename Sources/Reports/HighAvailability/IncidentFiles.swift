internal import History
internal import Inventory
internal import Ledger

/// Reads the VMs that some outages may have hit, each from its first failure on.
struct IncidentFiles {
  private let failovers: Failovers
  private let begin: Instant
  private let moment: Instant

  /// Why a VM is looked at.
  private struct Concern {
    /// When the first outage began that may have hit it.
    let first: Instant
    var isWanted = false
  }

  /// - Parameters:
  ///   - begin: outages before do not count.
  ///   - moment: what happened later is not known yet.
  init(_ failovers: Failovers, from begin: Instant, to moment: Instant) {
    self.failovers = failovers
    self.begin = begin
    self.moment = moment
  }

  func files(for wanted: [Outage], _ reader: borrowing LedgerReader) throws -> [VMFile] {
    let ids = Set(wanted.map(\.id))
    let last = wanted.map(\.failedAt).max() ?? .distantPast
    var concerns: [ObjectID: Concern] = [:]
    for outage in failovers.outages.outages where begin <= outage.failedAt && outage.failedAt <= last {
      let hit = try (failovers.acted[outage.id] ?? []).union(
        reader.residents(of: outage.host, justBefore: outage.failedAt))
      for vm in hit.union(try reader.vmsWithoutPlace(at: outage)) {
        // The oldest outage comes first.
        let known = concerns[vm] ?? Concern(first: outage.failedAt)
        concerns[vm] = Concern(first: known.first, isWanted: known.isWanted || ids.contains(outage.id))
      }
    }
    return try concerns.keys.sorted().compactMap { vm in
      guard let concern = concerns[vm], concern.isWanted else { return nil }
      return try file(of: vm, concern, reader)
    }
  }

  /// A VM with its records from the first failure that counts: an earlier one of the same host, if the VM has been there
  /// since, may have stopped it for good.
  private func file(of vm: ObjectID, _ concern: Concern, _ reader: borrowing LedgerReader) throws -> VMFile {
    var first = concern.first
    for start in [first, begin] {
      if let stay = try reader.stay(of: vm, at: start.justBefore),
        let earlier = failovers.outages.places(ofHost: stay.host, after: stay.since, through: start.justBefore).first
      {
        first = min(first, failovers.outages.outages[earlier].failedAt)
      }
    }
    return try reader.file(of: vm, from: first, to: moment)
  }
}
