internal import Inventory
internal import Ledger
internal import Planning
internal import Reports

/// A VM that somebody wants to move, in the inventory of its source at one moment.
struct PlanSubject {
  let vm: ObjectSummary
  /// What the snapshot calls it.
  let name: String
  private(set) var snapshot: ClusterSnapshot
  private let hostIDs: [String: String]
  private let moment: Instant

  /// - Parameter hosts: the only ones to which it may go, where its files stay; nil for all.
  /// - Throws: `notFound` where it was not there then.
  init(
    _ vm: ObjectSummary, _ reader: borrowing LedgerReader, at moment: Instant, to hosts: Set<ObjectID>? = nil
  ) throws {
    (self.vm, self.moment) = (vm, moment)
    let read = try reader.moveSnapshot(for: vm, to: hosts, at: moment)
    (snapshot, hostIDs) = (read.cluster, read.hostIDs)
    guard let name = snapshot.name(ofVM: vm) else {
      throw YadokariError(.notFound, "VM \(vm.name) was not there at \(moment); see \"yadokari vm history \(vm.name)\"")
    }
    self.name = name
  }

  /// Its disks, as far as they are known.
  var disks: [VirtualDisk] { snapshot.vms.first { $0.name == name }?.disks ?? [] }

  /// What moving it to a host means, as it is now.
  func move(to host: String, datastore: String?) -> MoveRequest {
    guard let found = snapshot.vms.first(where: { $0.name == name }) else { return MoveRequest(.live, of: name, to: host) }
    return MoveRequest(of: found, to: host, datastore: datastore)
  }

  /// What the snapshot calls a host.
  /// - Throws: `notFound`, `conflict`
  func host(named name: String, _ reader: borrowing LedgerReader) throws -> String {
    let host = try reader.object(named: name, kind: .host, source: vm.source, at: moment)
    guard let found = snapshot.name(ofHost: host) else {
      throw YadokariError(.notFound, "host \(host.name) was not there at \(moment); see \"yadokari host list\"")
    }
    return found
  }

  /// What the snapshot calls hosts, but for those that were not there.
  func hosts(_ ids: Set<ObjectID>, _ reader: borrowing LedgerReader) throws -> Set<String> {
    Set(try ids.compactMap { snapshot.name(ofHost: try reader.summary(of: $0, at: moment)) })
  }

  /// What the snapshot calls a datastore.
  /// - Throws: `notFound`, `conflict`
  mutating func datastore(named name: String, _ reader: borrowing LedgerReader) throws -> String {
    let store = try reader.object(named: name, kind: .datastore, source: vm.source, at: moment).name
    // One on which no VM lies is known by its name alone.
    if !snapshot.datastores.contains(where: { $0.name == store }) {
      snapshot.datastores.append(Datastore(name: store, capacityMiB: 0))
    }
    return store
  }

  /// - Parameter request: what was asked for; nil where it is no more than the target.
  func report(_ targets: [Verdict], _ noun: String, asked request: MoveRequest? = nil) -> Report {
    // A forecast looks at the VM and two hosts.
    var own = snapshot
    own.vms = snapshot.vms.filter { $0.name == name }
    let hosts = Dictionary(snapshot.hosts.map { ($0.name, $0) }) { first, _ in first }
    let forecasts = targets.map { target -> MoveForecast? in
      own.hosts = Set([own.vms.first?.host, target.host]).compactMap { $0.flatMap { hosts[$0] } }
      return Self.forecast(of: target, request, at: moment, in: own)
    }
    return MigrationPlanReport.report(
      vm: vm.name, id: vm.foreignID, targets: targets, forecasts: forecasts, noun: noun, hostIDs: hostIDs, at: moment)
  }

  /// What a possible move would take with its links to itself; nil where the inventory does not say how much the VM writes.
  private static func forecast(
    of target: Verdict, _ asked: MoveRequest?, at moment: Instant, in cluster: ClusterSnapshot
  ) -> MoveForecast? {
    guard target.isAllowed, cluster.isComplete else { return nil }
    var request = MoveRequest(target.kind, of: target.vm, to: target.host, datastore: target.datastore)
    if let asked { (request.way, request.disks, request.logDatastore) = (asked.way, asked.disks, asked.logDatastore) }
    guard let move = PlannedMove(request, at: moment, in: cluster) else { return nil }
    return MovesForecast([move], in: cluster).moves.first
  }

  /// Files move where their VM is.
  var hasNoHost: YadokariError {
    YadokariError(.notFound, "on which host \(name) is, is not known; its files stay where they are")
  }

  /// No inventory that was only read can be acted upon.
  var isOutOfReach: YadokariError {
    YadokariError(
      .unreachable,
      "\(vm.name) cannot be moved: no driver reaches its host. Moves act on simulated hardware, which \"yadokari sim run\" "
        + "makes beside its database; --plan shows what would be possible")
  }
}
