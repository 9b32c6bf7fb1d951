internal import Inventory

extension Pair {
  /// Whether the memory of a running VM can be copied faster than it is written, alone on its link and beside others.
  func checkLink(_ found: inout Findings) {
    guard vm.isRunning, move.kind != .cold, vm.vm.dirtyMiBPerSecond > 0, let source = vm.source else { return }
    let link = min(source.host.linkMiBPerSecond, host.host.linkMiBPerSecond)
    let settings = source.settings
    guard LiveForecast(LiveForecast.Load(vm.vm, linkMiBPerSecond: link, settings: settings)).converges else {
      found.warn(
        .notConverging,
        """
        VM \(vm.name) writes \(text(vm.vm.dirtyMiBPerSecond)) MiB/s of its memory and the link to host \(host.name) \
        carries \(text(link)): the rest does not get small enough; the cluster is set to \(settings.notConverging.rawValue).
        """)
      return
    }
    let others = max(source.use.linkMoves, host.use.linkMoves)
    guard others > 0 else { return }
    let share = link / Double(others + 1)
    if !LiveForecast(LiveForecast.Load(vm.vm, linkMiBPerSecond: share, settings: settings)).converges {
      found.warn(
        .linkBusy,
        """
        Beside \(others) other \(others == 1 ? "move" : "moves") the link to host \(host.name) has \(text(share)) MiB/s for \
        VM \(vm.name), which writes \(text(vm.vm.dirtyMiBPerSecond)).
        """)
    }
  }

  /// How many moves hosts and datastores take part in at once.
  func checkTurn(_ found: inout Findings) {
    let hosts = vm.source === host ? [host] : [vm.source, host].compactMap(\.self)
    for host in hosts where host.use.moves >= host.settings.perHost {
      found.warn(
        .hostMovesLimit,
        "Host \(host.name) takes part in \(host.use.moves) moves; its limit is \(host.settings.perHost).")
    }
    guard movesFiles else { return }
    var names: Set<String> = []
    for (number, disk) in vm.vm.disks.enumerated() where target(ofDisk: number) != disk.datastore {
      names.formUnion([disk.datastore, target(ofDisk: number)])
    }
    for datastore in names.sorted().compactMap({ cluster.datastores[$0] }) where datastore.moves >= datastore.movesLimit {
      found.warn(
        .datastoreMovesLimit,
        "Datastore \(datastore.name) takes part in \(datastore.moves) moves; its limit is \(datastore.movesLimit).")
    }
  }
}
