internal import Hypervisor
package import Inventory
internal import Ledger
package import Planning

/// What is asked for is checked, refused or taken into the queue; and checked again when its turn comes.
extension ClusterRunner {
  /// Asks for a migration.
  /// - Returns: what forbids it; empty where it is under way or waits for its turn.
  /// - Throws: `notFound` for a VM, host or datastore that is not there.
  package func request(
    _ move: MoveRequest, priority: MovePriority = .normal, trigger: String, actor: String?, reason: String?
  ) async throws -> [Reason] {
    if move.movesFiles {
      guard driver.abilities.listsDisks else {
        throw YadokariError(.unreachable, "the driver does not say where the files of VMs are; move them without files")
      }
      lookAtDatastores()
    }
    let situation = situation(for: move)
    let near = cluster.surroundings(of: move, situation)
    guard let vm = cluster.vm(move.vm), let verdict = Compatibility(near, situation, for: move.vm).verdict(on: move) else {
      let places = [move.host.map { "host \($0)" }, move.datastore.map { "datastore \($0)" }].compactMap { $0 }
      throw YadokariError(.notFound, "there is no VM \(move.vm), or no \(places.joined(separator: ", or no "))")
    }
    let errors = verdict.reasons.filter { $0.severity == .error }
    guard errors.isEmpty else {
      try await refuse(move, vm, errors, trigger: trigger, actor: actor)
      return errors
    }
    let migration = try await journal(move, of: vm, in: near, priority, trigger: trigger, actor: actor, reason: reason)
    try onCheckpoint()
    tell(
      migration.subject, "on \(vm.host)", "queued for \(Self.place(move))",
      because: reason ?? "\(actor ?? trigger) asked for it")
    engine.admit(migration)
    try await beginWaiting()
    return []
  }

  /// Makes a request durable.
  private func journal(
    _ move: MoveRequest, of vm: VirtualMachine, in snapshot: ClusterSnapshot, _ priority: MovePriority, trigger: String,
    actor: String?, reason: String?
  ) async throws -> Migration {
    let (now, source) = (driver.now, source)
    let (name, from, to) = (reference(.vm, vm.name), reference(.host, vm.host), reference(.host, move.host ?? vm.host))
    let files = FileMove(move, of: vm, in: snapshot)
    // Where all files are there already, the host alone changes.
    let kind = move.kind == .liveStorage && files == nil ? MoveKind.live : move.kind
    return try await ledger.write(at: now) { transaction in
      var migration = Migration(
        id: transaction.nextSeq, kind, vm: name, from: from, to: to, files: files, priority: priority, in: snapshot)
      _ = try transaction.append(
        migration.request(at: now, trigger: trigger, actor: actor, reason: reason), source: source)
      migration.requestedAt = now
      return migration
    }
  }

  /// Where a move leads, as people who watch call it.
  private static func place(_ move: MoveRequest) -> String {
    let datastores = Set([move.datastore].compactMap { $0 } + move.disks.values)
    return ([move.host].compactMap { $0 } + datastores.sorted()).joined(separator: ", ")
  }

  /// What is free on datastores is known best by those who see them.
  private func lookAtDatastores() {
    for datastore in cluster.snapshot.datastores {
      if let space = driver.space(of: datastore.name) { cluster.take(space, of: datastore.name) }
    }
  }

  /// Why a migration that waited can no longer be begun; nil where it can.
  func objection(to migration: Migration) -> String? {
    let hosts = migration.hosts.sorted().compactMap { cluster.host($0) }
    if let lost = hosts.first(where: { !$0.isConnected }) { return "\(lost.name) does not answer by now" }
    if let target = cluster.host(migration.target.name), target.mode != .normal, migration.kind.changesHost {
      return "\(target.name) is in maintenance by now"
    }
    // What was asked for just now was checked just now.
    guard migration.requestedAt.map({ $0 < driver.now }) ?? true, let move = migration.asRequest else { return nil }
    if move.movesFiles { lookAtDatastores() }
    let situation = situation(without: migration.id, for: move)
    let verdict = Compatibility(cluster.surroundings(of: move, situation), situation, for: move.vm).verdict(on: move)
    let errors = verdict?.reasons.filter { $0.severity == .error } ?? []
    return errors.isEmpty ? nil : errors.map(\.text).joined(separator: " ")
  }

  /// What is going on beside a move that is planned.
  /// - Parameter id: that of the move itself, where it waits already.
  private func situation(without id: Int64? = nil, for move: MoveRequest) -> Situation {
    var situation = Situation()
    let planned = cluster.vm(move.vm).flatMap { FileMove(move, of: $0, in: cluster.snapshot) }
    let copying = engine.migrations.filter { $0.id != id && $0.isUnderWay && $0.copiesDisks }
    for migration in engine.migrations where migration.id != id {
      if migration.isUnderWay {
        // One that has copied is slowed by nobody.
        let others =
          migration.copiesDisks
          ? copying.filter { $0.id != migration.id }.compactMap(\.files) + [planned].compactMap { $0 } : []
        situation.moves.append(MoveInFlight(migration, beside: others))
      } else {
        situation.busy[migration.vm.name] = "migration \(migration.id)"
      }
    }
    for order in powerOrders.values { situation.busy[order.vm] = "a start or stop" }
    for vm in upgrades.keys { situation.busy[vm] = "an upgrade of its virtual hardware" }
    for vm in parked { situation.busy[vm] = "a migration that was left to a person" }
    return situation
  }

  private func refuse(
    _ move: MoveRequest, _ vm: VirtualMachine, _ reasons: [Reason], trigger: String, actor: String?
  ) async throws {
    var event = Event(occurredAt: driver.now, type: .migrationRefused)
    (event.vm, event.host) = (reference(.vm, vm.name), reference(.host, vm.host))
    event.otherHost = reference(.host, move.host ?? vm.host)
    if let datastore = move.datastore { event.otherDatastore = reference(.datastore, datastore) }
    (event.actor, event.reason) = (actor, reasons.map(\.text).joined(separator: " "))
    let list = reasons.map { reason -> JSONValue in
      [
        "code": .string(reason.code.rawValue), "severity": .string(reason.severity.rawValue),
        "text": .string(reason.text), "cure": .string(reason.cure),
      ]
    }
    event.detail = ["kind": .string(move.kind.rawValue), "trigger": .string(trigger), "reasons": .array(list)]
    try await write([event])
    tell(
      vm.name, "on \(vm.host)", "refused for \(Self.place(move))", because: reasons.map(\.text).joined(separator: " "))
  }
}

extension MoveInFlight {
  /// A migration that is under way.
  /// - Parameter others: what copies beside it, or will.
  init(_ migration: Migration, beside others: [FileMove]) {
    self.init(vm: migration.vm.name, from: migration.source.name, to: migration.target.name)
    guard let files = migration.files else { return }
    datastores = files.datastores
    reservedMiB = files.logsMiB(stretch: files.stretch(beside: others))
    switch migration.phase {
    // Once their files are ordered the hardware counts them, or refuses them.
    case .prepare: reservedMiB.merge(files.copiesMiB) { $0 + $1 }
    default: break
    }
  }
}
