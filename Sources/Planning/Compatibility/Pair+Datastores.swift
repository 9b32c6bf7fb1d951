internal import Inventory

extension Pair {
  /// The host has to reach every file, where that will be, and to read its file system.
  func checkDatastores(_ found: inout Findings) {
    let names = targets
    // An upgrade goes on reading the old files until they are copied.
    let needed = move.kind == .upgrade ? names + vm.vm.disks.map(\.datastore) : names
    for name in needed where !(cluster.datastoreNames[name].map { host.datastores.contains($0) } ?? true) {
      found.error(.datastoreNotSeen, "Host \(host.name) does not see datastore \(name), which VM \(vm.name) needs there.")
    }
    checkCopier(names, &found)
    guard let limits = host.limits else { return }
    for name in names {
      guard let datastore = cluster.datastores[name]?.datastore else { continue }
      let access = limits.access(toFormat: datastore.format)
      guard access != .full else { continue }
      let here = vm.vm.disks.contains { $0.datastore == name } && vm.source !== host
      let atSource = here && vm.source?.limits.map { $0.access(toFormat: datastore.format) != .full } ?? false
      found.add(access == .none ? .vmfsUnreadable : .vmfsReadOnly, severity(alsoAtSource: atSource)) {
        """
        Host \(host.name) runs \(host.host.product), which \(access == .none ? "cannot read" : "only reads") \
        \(datastore.format) on datastore \(name).
        """
      }
    }
  }

  /// But for upgrades the old host copies the files: it has to reach the new places, too.
  private func checkCopier(_ names: [String], _ found: inout Findings) {
    guard movesFiles, move.kind.changesHost, move.kind != .upgrade, let source = vm.source else { return }
    for name in names where !(cluster.datastoreNames[name].map { source.datastores.contains($0) } ?? true) {
      found.error(
        .datastoreNotSeen, "Host \(source.name), which copies the files, does not see datastore \(name).")
    }
  }

  /// The datastores on which its files will be, each once.
  private var targets: [String] {
    if !movesFiles, move.kind.changesHost, vm.datastores.isSubset(of: host.datastores), vm.vm.disks.count < 2 {
      return vm.vm.disks.map(\.datastore)
    }
    var names: [String] = []
    for number in vm.vm.disks.indices {
      let name = target(ofDisk: number)
      if !names.contains(name) { names.append(name) }
    }
    if names.isEmpty, let home = move.datastore { names.append(home) }
    return names
  }

  /// Mapped LUNs: the host has to see each under the number under which the present host sees it.
  func checkMappings(_ found: inout Findings) {
    for (number, disk) in vm.vm.disks.enumerated() {
      guard let mapping = disk.mapping else { continue }
      let name = mapping.lun.map { "LUN \($0)" } ?? "A LUN that is not known"
      if mapping.mode == .physical, movesFiles, vm.isRunning, move.diskWay == .redoLog {
        found.error(
          .rdmPhysicalNoLog,
          "\(name) is mapped into VM \(vm.name) in physical mode: no log can take its writes.")
      }
      guard move.kind.changesHost else { continue }
      if let lun = mapping.lun {
        check(lun, &found)
      } else {
        found.warn(
          .rdmLUNUnknown,
          """
          Which LUN is mapped into VM \(vm.name) as \(disk.name(number)) is not known: perhaps host \(host.name) does not \
          see it, and perhaps another VM uses it, too.
          """)
      }
    }
  }

  private func check(_ id: String, _ found: inout Findings) {
    guard let lun = cluster.luns[id], !lun.numbers.isEmpty else {
      found.warn(
        .rdmLUNUnknown,
        "Which hosts see LUN \(id), mapped into VM \(vm.name), is not known: perhaps host \(host.name) does not.")
      return
    }
    guard let number = lun.numbers[host.name] else {
      found.error(.rdmLUNNotSeen, "Host \(host.name) does not see LUN \(id), which is mapped into VM \(vm.name).")
      return
    }
    guard let source = vm.source, let own = lun.numbers[source.name] else {
      found.warn(
        .rdmLUNUnknown,
        """
        Host \(host.name) sees LUN \(id), mapped into VM \(vm.name), under number \(number); under which its present \
        host does is not known.
        """)
      return
    }
    if number != own {
      found.error(
        .rdmLUNNumberDiffers,
        "LUN \(id), mapped into VM \(vm.name), has number \(number) on host \(host.name) and \(own) on \(source.name).")
    }
  }
}
