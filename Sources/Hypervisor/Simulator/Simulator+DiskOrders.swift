internal import Inventory

/// Orders about the disks of a VM are carried out or refused.
extension Simulator {
  /// - Returns: how it ended; nil where it goes on.
  func carryOutOnDisks(_ order: Order, _ vm: Int, _ host: Int) -> Message.Result? {
    guard hosts[host].hasStorage else { return .failed("\(hosts[host].name) has lost its storage") }
    if case .removeDisks(let places) = order.action { return removeDisks(of: vm, places, host) }
    // A new file is nobody's yet.
    if case .createDisks(let places) = order.action { return createDisks(of: vm, places, host) }
    if let owner = locks[vm].owner, owner != host { return .refused("\(hosts[owner].name) holds its disks") }
    switch order.action {
    case .mirror: return beginDiskJob(order, .mirror, vm, host)
    case .diskPass: return beginDiskJob(order, .pass, vm, host)
    case .diskRest: return beginDiskJob(order, .rest, vm, host)
    case .copyBase: return beginDiskJob(order, .base, vm, host)
    case .commitLog: return beginDiskJob(order, .commit, vm, host)
    case .lastCommit: return beginDiskJob(order, .lastCommit, vm, host)
    case .freezeBase(let datastore): return freezeBase(of: vm, log: datastore, host)
    case .openDisks: return askToOpenDisks(order, vm, host)
    default: return nil
    }
  }

  /// Disks of which there is a copy that the VM does not have yet.
  func movingDisks(of vm: Int) -> [Int] { storage.disks[vm].indices.filter { storage.disks[vm][$0].isMoving } }

  /// Whether a host runs it, or is about to.
  func isHeld(_ vm: Int) -> Bool {
    locks[vm].owner != nil || copies[vm].contains { $0.state == .running || $0.state == .starting }
  }

  // MARK: Files

  private func createDisks(of vm: Int, _ places: [Int: String], _ host: Int) -> Message.Result {
    guard !places.isEmpty else { return .refused("no disk is named") }
    var missing: [(disk: Int, volume: Int)] = []
    for (disk, name) in places.sorted(by: { $0.key < $1.key }) {
      guard storage.disks[vm].indices.contains(disk) else { return .refused("it has no disk \(disk)") }
      guard let volume = storage.volumeNumbers[name] else { return .refused("there is no datastore \(name)") }
      guard storage.sees(hosts[host], volume) else { return .refused("\(hosts[host].name) does not see \(name)") }
      let state = storage.disks[vm][disk]
      // A copy may have become the disk's only file: then another one may be made of it.
      if let target = state.target, state.home == .source || state.source != nil {
        guard target.volume == volume else {
          return .refused("a copy of disk \(disk) is on \(storage.volumes[target.volume].name) already")
        }
        continue
      }
      guard let file = state[state.home] else { return .refused("disk \(disk) is gone") }
      guard file.volume != volume else { return .refused("disk \(disk) is on \(name) already") }
      guard state.logs.isEmpty else { return .refused("the log of disk \(disk) has to be committed first") }
      missing.append((disk, volume))
    }
    for volume in Set(missing.map(\.volume)).sorted() {
      let need = missing.filter { $0.volume == volume }.reduce(0) { $0 + storage.disks[vm][$1.disk].sizeMiB }
      if let refusal = storage.volumes[volume].refusal(of: need, for: "its disks need") { return .refused(refusal) }
    }
    for (disk, volume) in missing {
      storage.create(disk, of: vm, on: volume)
      checkSpace(of: volume)
    }
    return .done
  }

  /// What a host has open it does not remove. All else is the business of whoever orders it, and of the checker.
  private func removeDisks(of vm: Int, _ places: [Int: String], _ host: Int) -> Message.Result {
    var found: [(disk: Int, side: DiskSide)] = []
    for (disk, name) in places.sorted(by: { $0.key < $1.key }) {
      guard storage.disks[vm].indices.contains(disk) else { return .refused("it has no disk \(disk)") }
      let state = storage.disks[vm][disk]
      guard let volume = storage.volumeNumbers[name],
        let side = DiskSide.allCases.first(where: { state[$0]?.volume == volume })
      else { continue }
      guard storage.sees(hosts[host], volume) else { return .refused("\(hosts[host].name) does not see \(name)") }
      let isUsed = diskJobs[vm] != nil || state.isMirrored || state.trackedSince != nil
      if isUsed { return .refused("disk \(disk) is still being copied") }
      if isHeld(vm), state.home == side { return .refused("it has disk \(disk) open there") }
      guard state.source != nil, state.target != nil else { return .refused("it is the only file of disk \(disk)") }
      found.append((disk, side))
    }
    for (disk, side) in found {
      let state = storage.disks[vm][disk]
      let what = "disk \(disk) of \(guests[vm].name) was removed from \(places[disk] ?? "")"
      if state.isComplete(side), !state.isComplete(side == .source ? .target : .source) {
        objections.append("\(now): the only complete copy of \(what)")
      } else if state.home == side {
        objections.append("\(now): \(what), where its logs and the VM look for it")
      }
      storage.remove(disk, of: vm, side)
    }
    return .done
  }

  private func freezeBase(of vm: Int, log datastore: String?, _ host: Int) -> Message.Result {
    let moving = movingDisks(of: vm)
    guard !moving.isEmpty else { return .refused("there is no copy to fill") }
    if let disk = storage.disks[vm].firstIndex(where: \.isPhysical) {
      return .refused("disk \(disk) is a LUN that is passed through: there is no log for it")
    }
    let bases = moving.filter { !storage.disks[vm][$0].isMapping && storage.disks[vm][$0].logs.isEmpty }
    var needs: [Int: Double] = [:]
    var places: [Int: Int] = [:]
    for disk in bases {
      let state = storage.disks[vm][disk]
      if state.watcher != nil { return .refused("disk \(disk) is being copied in another way") }
      guard let volume = datastore.map({ storage.volumeNumbers[$0] }) ?? state.source?.volume else {
        return .refused("there is no datastore \(datastore ?? "for the log of disk \(disk)")")
      }
      guard storage.sees(hosts[host], volume) else {
        return .refused("\(hosts[host].name) does not see \(storage.volumes[volume].name)")
      }
      places[disk] = volume
      if state.writeMiBPerSecond > 0 { needs[volume, default: 0] += min(state.sizeMiB, LogFile.stepMiB) }
    }
    for (volume, need) in needs.sorted(by: { $0.key < $1.key }) {
      if let refusal = storage.volumes[volume].refusal(of: need, for: "its logs need") { return .refused(refusal) }
    }
    for disk in bases {
      guard let volume = places[disk] else { continue }
      storage.disks[vm][disk].addLog(on: volume, at: storage.clocks[vm].seconds(at: now))
      planGrowth(of: vm, disk)
    }
    return .done
  }

  // MARK: The switch

  private func askToOpenDisks(_ order: Order, _ vm: Int, _ host: Int) -> Message.Result? {
    if let early = refusal(toSwitch: vm, host) { return early }
    // Where its memory has just come to, the start of the copy there takes that time: it is one hand-over.
    let isArriving = index(of: vm, on: host).map { copies[vm][$0].state == .incoming } ?? false
    guard switchSeconds[host] > 0, !isArriving else { return switchDisks(of: vm) }
    queue.add(.opensDisks(order, vm: vm, host: host), at: now.adding(seconds: switchSeconds[host]))
    return nil
  }

  /// The time that the switch takes is over.
  func openDisks(_ order: Order, _ vm: Int, _ host: Int) {
    guard hosts[host].isUp else { return }
    guard hosts[host].hasStorage else { return end(order, .failed("\(hosts[host].name) has lost its storage")) }
    end(order, refusal(toSwitch: vm, host) ?? switchDisks(of: vm))
  }

  /// All disks at once: the VM's own file is written anew.
  private func switchDisks(of vm: Int) -> Message.Result {
    for disk in movingDisks(of: vm) {
      storage.disks[vm][disk].endWatching(isBeingWritten: false)
      storage.disks[vm][disk].home = .target
    }
    return .done
  }

  private func refusal(toSwitch vm: Int, _ host: Int) -> Message.Result? {
    let moving = movingDisks(of: vm)
    if moving.isEmpty {
      return storage.disks[vm].contains { $0.home == .target } ? .done : .refused("there is no copy to open")
    }
    if isHeld(vm) { return .refused("it has to be stopped first") }
    if diskJobs[vm] != nil { return .refused("its disks are being copied") }
    for disk in moving where !storage.disks[vm][disk].isComplete(.target) {
      return .refused("the copy of disk \(disk) is not complete")
    }
    return refusal(toSee: vm, .target, from: host).map { .refused($0) }
  }

  func refusal(toSee vm: Int, _ side: DiskSide, from host: Int) -> String? {
    for state in storage.disks[vm] {
      for volume in [state[side]?.volume].compactMap({ $0 }) + state.logs.map(\.volume)
      where !storage.sees(hosts[host], volume) {
        return "\(hosts[host].name) does not see \(storage.volumes[volume].name)"
      }
    }
    return nil
  }

  /// Why a host cannot start a VM on its disks; nil where it can.
  func refusal(toOpenDisksOf vm: Int, on host: Int) -> String? {
    for (disk, state) in storage.disks[vm].enumerated() {
      guard state.isComplete(state.home) else { return "the file of disk \(disk) is gone" }
      for volume in [state[state.home]?.volume].compactMap({ $0 }) + state.logs.map(\.volume)
      where !storage.sees(hosts[host], volume) {
        return "\(hosts[host].name) does not see \(storage.volumes[volume].name)"
      }
    }
    return nil
  }
}
