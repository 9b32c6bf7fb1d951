package import Inventory

/// Which moves of VMs are possible, and every reason why not.
///
/// What the snapshot does not say is neither a pass nor a refusal: such checks are left out and named in one warning,
/// `not-known`.
package struct Compatibility: Sendable {
  private let cluster: PreparedCluster

  /// Prepares the checks: the work that does not depend on the move.
  /// - Parameter vm: the only one that is asked about: of the others there are no verdicts; nil for all.
  package init(_ snapshot: ClusterSnapshot, _ situation: Situation = Situation(), for vm: String? = nil) {
    cluster = PreparedCluster(snapshot, situation, for: vm)
  }

  /// How many VMs that can be asked about and hosts there are: numbers from 0, in the order of the snapshot.
  package var vmCount: Int { cluster.vms.count }
  package var hostCount: Int { cluster.hosts.count }

  /// What the checks say of a move; nil where the snapshot has no such VM, host or datastore.
  package func verdict(on move: MoveRequest) -> Verdict? {
    guard let vm = cluster.vmNumbers[move.vm].map({ cluster.vms[$0] }),
      let host = cluster.hostNumbers[move.host ?? vm.vm.host].map({ cluster.hosts[$0] }),
      ([move.datastore, move.logDatastore].compactMap(\.self) + move.disks.values)
        .allSatisfy({ cluster.datastores[$0] != nil })
    else { return nil }
    return verdict(on: move, vm, host)
  }

  /// What they say of moving a VM as it is now to a host, by their numbers.
  package func verdict(vm: Int, host: Int, datastore: String? = nil) -> Verdict {
    let (vm, host) = (cluster.vms[vm], cluster.hosts[host])
    return verdict(on: MoveRequest(of: vm.vm, to: host.name, datastore: datastore), vm, host)
  }

  /// The whole table of a VM as it is now: possible hosts first, then the refused, each part in the order of the snapshot.
  /// Nil where the snapshot has no such VM or datastore.
  /// - Parameter datastore: where its files go; nil where they stay.
  package func targets(of vm: String, datastore: String? = nil) -> [Verdict]? {
    guard let number = cluster.vmNumbers[vm], datastore.map({ cluster.datastores[$0] != nil }) ?? true else { return nil }
    return Self.possibleFirst(cluster.hosts.indices.map { verdict(vm: number, host: $0, datastore: datastore) })
  }

  /// The same for datastores to which its files could go while it stays on its host; nil, too, where that is not known.
  /// - Parameter logDatastore: where REDO logs lie; nil for beside each disk.
  package func datastores(
    for vm: String, way: RelocationWay = .mirror, logDatastore: String? = nil
  ) -> [Verdict]? {
    guard cluster.vmNumbers[vm] != nil else { return nil }
    let all = cluster.datastoreNames.names.map { datastore in
      var move = MoveRequest(.storage, of: vm, datastore: datastore)
      (move.way, move.logDatastore) = (way, logDatastore)
      return verdict(on: move)
    }
    return all.contains { $0 == nil } ? nil : Self.possibleFirst(all.compactMap(\.self))
  }

  private static func possibleFirst(_ all: [Verdict]) -> [Verdict] {
    all.filter(\.isAllowed) + all.filter { !$0.isAllowed }
  }

  private func verdict(on move: MoveRequest, _ vm: PreparedVM, _ host: PreparedHost) -> Verdict {
    let pair = Pair(cluster: cluster, vm: vm, host: host, move: move)
    return Verdict(
      vm: vm.name, kind: move.kind, host: host.name, datastore: move.datastore, reasons: pair.reasons())
  }
}
