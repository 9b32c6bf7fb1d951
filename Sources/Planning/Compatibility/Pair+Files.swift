internal import Inventory

extension Pair {
  /// Space at the target, and whether the copy can keep up with the guest.
  func checkFiles(_ found: inout Findings) {
    let moving = vm.vm.disks.indices.filter { target(ofDisk: $0) != vm.vm.disks[$0].datastore }
    if vm.vm.disks.isEmpty, cluster.isComplete, move.kind == .storage || move.kind == .upgrade {
      found.error(.alreadyThere, "VM \(vm.name) has no disks: there are no files to move.")
    } else if moving.isEmpty, !vm.vm.disks.isEmpty, move.kind == .storage {
      found.error(.alreadyThere, "The files of VM \(vm.name) are there already.")
    }
    var needs: [String: Double] = [:]
    for number in moving where vm.vm.disks[number].mapping == nil {
      needs[target(ofDisk: number), default: 0] += vm.vm.disks[number].sizeMiB
    }
    for (name, size) in needs.sorted(by: { $0.key < $1.key }) { checkSpace(for: size, on: name, &found) }
    if vm.isRunning { checkSpeed(of: moving, besides: needs, &found) }
  }

  private func checkSpace(for size: Double, on name: String, _ found: inout Findings) {
    guard let datastore = cluster.datastores[name], let free = datastore.freeMiB, size > 0 else {
      found.unknown.insert(.space)
      return
    }
    let capacity = datastore.datastore.capacityMiB
    let sum = "\(text(capacity)) MiB less \(text(datastore.usedMiB)) used or promised leave \(text(free))"
    if size > free {
      found.error(
        .spaceMissing, "The disks of VM \(vm.name) need \(text(size)) MiB on datastore \(name): \(sum).")
    } else if free - size < capacity * Self.reserve {
      found.warn(
        .spaceTight,
        """
        The disks of VM \(vm.name) need \(text(size)) MiB on datastore \(name): \(sum), of which \(text(free - size)) \
        would be left, less than \(Int(Self.reserve * 100)) %.
        """)
    }
  }

  /// The part of a datastore that should stay free.
  private static let reserve = 0.05

  private func checkSpeed(of moving: [Int], besides copies: [String: Double], _ found: inout Findings) {
    var logs: [String: Double] = [:]
    for number in moving {
      let disk = vm.vm.disks[number]
      guard let source = cluster.datastores[disk.datastore]?.datastore,
        let target = cluster.datastores[target(ofDisk: number)]?.datastore
      else { continue }
      let load = StorageForecast.Load(disk, from: source, to: target, settings: host.settings)
      let forecast = StorageForecast(load, way: move.diskWay)
      logs[move.placeOfLogs ?? disk.datastore, default: 0] +=
        StorageForecast(shared(load, from: source, to: target), way: move.diskWay).logPeakMiB
      let (writes, speed) = (load.writeMiBPerSecond, load.copyMiBPerSecond)
      if !forecast.converges {
        found.warn(
          .diskNotConverging,
          """
          Disk \(number) of VM \(vm.name) is written at \(text(writes)) MiB/s and copied at \(text(speed)) MiB/s: the \
          rest does not get small.
          """)
      } else if forecast.slowsGuest {
        found.warn(
          .guestSlowed,
          """
          Disk \(number) of VM \(vm.name) is written at \(text(writes)) MiB/s and mirrored at \(text(speed)) MiB/s: \
          the guest will wait for its disk.
          """)
      }
    }
    for (name, peak) in logs.sorted(by: { $0.key < $1.key }) where peak > 0 {
      checkLog(peak, on: name, besides: copies[name] ?? 0, &found)
    }
  }

  /// What is left of the speeds beside the moves that copy from or to the same datastores.
  private func shared(_ load: StorageForecast.Load, from source: Datastore, to target: Datastore) -> StorageForecast.Load {
    var load = load
    for datastore in [source, target] {
      let share = datastore.copyMiBPerSecond / Double(1 + (cluster.datastores[datastore.name]?.moves ?? 0))
      load.copyMiBPerSecond = min(load.copyMiBPerSecond, share)
    }
    return load
  }

  private func checkLog(_ peak: Double, on name: String, besides copies: Double, _ found: inout Findings) {
    guard let datastore = cluster.datastores[name], let free = datastore.freeMiB else {
      found.unknown.insert(.space)
      return
    }
    let left = free - copies - peak
    let sum = "\(text(free)) MiB are free\(copies > 0 ? " less \(text(copies)) for the copies" : "")"
    if left < 0 {
      found.error(
        .logSpaceMissing,
        "The logs of VM \(vm.name) will grow to \(text(peak)) MiB on datastore \(name), where \(sum).")
    } else if left < datastore.datastore.capacityMiB * Self.reserve {
      found.warn(
        .logSpaceTight,
        """
        The logs of VM \(vm.name) will grow to \(text(peak)) MiB on datastore \(name), where \(sum): \(text(left)) would be \
        left, less than \(Int(Self.reserve * 100)) %. If they grow faster, the guest is slowed or the move given up.
        """)
    }
  }
}
