import Inventory

@testable import Planning

/// What moves of files, links and limits meet, counted as plainly as it can be said: what the prepared checks are held to.
struct PlainMoves {
  let cluster: ClusterSnapshot
  let situation: Situation

  /// The codes that this reference decides.
  static let codes: Set<ReasonCode> = [
    .vmBusy, .spaceMissing, .spaceTight, .logSpaceMissing, .logSpaceTight, .diskNotConverging, .guestSlowed, .notConverging,
    .linkBusy, .hostMovesLimit, .datastoreMovesLimit,
  ]

  func findings(_ move: MoveRequest) -> Set<String> {
    var found: Set<String> = []
    guard let vm = cluster.vms.first(where: { $0.name == move.vm }),
      let source = cluster.hosts.first(where: { $0.name == vm.host }),
      let target = cluster.hosts.first(where: { $0.name == move.host ?? vm.host })
    else { return [] }
    func add(_ code: ReasonCode, _ severity: Reason.Severity = .warning) {
      found.insert("\(severity.rawValue) \(code.rawValue)")
    }
    if situation.busy[vm.name] != nil || situation.moves.contains(where: { $0.vm == vm.name }) { add(.vmBusy, .error) }
    if move.kind.changesHost {
      if source.name == target.name { return found }
      link(vm, source, target, move, add)
    }
    if move.movesFiles { files(vm, target, move, add) }
    for host in Set([source.name, target.name]) {
      let moves = situation.moves.count { $0.from == host || $0.to == host }
      if moves >= settings(ofHost: host).perHost { add(.hostMovesLimit) }
    }
    for name in touched(vm, move) {
      let moves = situation.moves.count { $0.datastores.contains(name) }
      if cluster.clusters.contains(where: { moves >= $0.migration.perDatastore }) { add(.datastoreMovesLimit) }
    }
    return found
  }

  private typealias Add = (ReasonCode, Reason.Severity) -> Void

  private func settings(ofHost name: String) -> MigrationSettings {
    let host = cluster.hosts.first { $0.name == name }
    return cluster.clusters.first { $0.name == host?.cluster }?.migration ?? MigrationSettings()
  }

  private func link(_ vm: VirtualMachine, _ source: Host, _ target: Host, _ move: MoveRequest, _ add: Add) {
    guard vm.power == .on, move.kind != .cold, vm.dirtyMiBPerSecond > 0 else { return }
    let speed = min(source.linkMiBPerSecond, target.linkMiBPerSecond)
    func converges(_ share: Double) -> Bool {
      LiveForecast(LiveForecast.Load(vm, linkMiBPerSecond: share, settings: settings(ofHost: source.name))).converges
    }
    guard converges(speed) else { return add(.notConverging, .warning) }
    func others(_ host: String) -> Int { situation.moves.count { $0.from != $0.to && ($0.from == host || $0.to == host) } }
    let most = max(others(source.name), others(target.name))
    if most > 0, !converges(speed / Double(most + 1)) { add(.linkBusy, .warning) }
  }

  private func place(_ number: Int, _ vm: VirtualMachine, _ move: MoveRequest) -> String {
    move.disks[number] ?? move.datastore ?? vm.disks[number].datastore
  }

  /// The datastores between which it copies.
  private func touched(_ vm: VirtualMachine, _ move: MoveRequest) -> Set<String> {
    guard move.movesFiles else { return [] }
    var names: Set<String> = []
    for (number, disk) in vm.disks.enumerated() where place(number, vm, move) != disk.datastore {
      names.insert(disk.datastore)
      names.insert(place(number, vm, move))
    }
    return names
  }

  private func free(_ name: String) -> Double {
    guard let datastore = cluster.datastores.first(where: { $0.name == name }) else { return 0 }
    let disks = cluster.vms.flatMap(\.disks).filter { $0.datastore == name && $0.mapping == nil }
    let promised = situation.moves.compactMap { $0.reservedMiB[name] }
    let used = max(datastore.usedMiB, disks.reduce(0) { $0 + $1.sizeMiB })
    return datastore.capacityMiB - used - promised.reduce(0, +)
  }

  private func files(_ vm: VirtualMachine, _ target: Host, _ move: MoveRequest, _ add: Add) {
    let moving = vm.disks.enumerated().filter { place($0.offset, vm, move) != $0.element.datastore }
    for datastore in cluster.datastores {
      let coming = moving.filter { place($0.offset, vm, move) == datastore.name && $0.element.mapping == nil }
      let copies = coming.reduce(0) { $0 + $1.element.sizeMiB }
      let left = free(datastore.name) - copies
      if copies > 0, left < 0 {
        add(.spaceMissing, .error)
      } else if copies > 0, left < datastore.capacityMiB / 20 {
        add(.spaceTight, .warning)
      }
      guard vm.power == .on else { continue }
      let logs = moving.filter { (move.placeOfLogs ?? $0.element.datastore) == datastore.name }
      let peak = logs.reduce(0) { $0 + forecast($1.element, $1.offset, vm, target, move, beside: true).logPeakMiB }
      if peak > 0, left - peak < 0 {
        add(.logSpaceMissing, .error)
      } else if peak > 0, left - peak < datastore.capacityMiB / 20 {
        add(.logSpaceTight, .warning)
      }
    }
    for (number, disk) in moving where vm.power == .on {
      let alone = forecast(disk, number, vm, target, move, beside: false)
      if !alone.converges {
        add(.diskNotConverging, .warning)
      } else if alone.slowsGuest {
        add(.guestSlowed, .warning)
      }
    }
  }

  /// - Parameter beside: whether others that copy from or to the same datastores take their share.
  private func forecast(
    _ disk: VirtualDisk, _ number: Int, _ vm: VirtualMachine, _ target: Host, _ move: MoveRequest, beside: Bool
  ) -> StorageForecast {
    let from = cluster.datastores.filter { $0.name == disk.datastore }[0]
    let to = cluster.datastores.filter { $0.name == place(number, vm, move) }[0]
    var load = StorageForecast.Load(disk, from: from, to: to, settings: settings(ofHost: target.name))
    for datastore in beside ? [from, to] : [] {
      let others = situation.moves.count { $0.datastores.contains(datastore.name) }
      load.copyMiBPerSecond = min(load.copyMiBPerSecond, datastore.copyMiBPerSecond / Double(others + 1))
    }
    return StorageForecast(load, way: move.diskWay)
  }
}
