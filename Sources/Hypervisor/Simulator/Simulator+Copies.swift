internal import Inventory

/// Copies of VMs come, run, stand still and go.
extension Simulator {
  func index(of vm: Int, on host: Int) -> Int? { copies[vm].firstIndex { $0.host == host } }

  func addCopy(of vm: Int, on host: Int, state: GuestCopy.State, isWhole: Bool) {
    copies[vm].append(GuestCopy(token: nextToken(), host: host, state: state, isWhole: isWhole))
    hosts[host].usedMemoryMiB += need(of: vm)
    if hosts[host].usedMemoryMiB > hosts[host].memoryMiB {
      objections.append(
        "\(now): \(hosts[host].name) holds \(hosts[host].usedMemoryMiB) MiB of VMs and has \(hosts[host].memoryMiB)")
    }
  }

  /// Memory that a VM takes on its host, MiB.
  func need(of vm: Int) -> Int64 { guests[vm].memoryMiB + guests[vm].memoryOverheadMiB }

  /// Removes a copy in whatever state it is.
  func removeCopy(of vm: Int, on host: Int, because reason: String) {
    guard let index = index(of: vm, on: host) else { return }
    endStint(vm, index)
    endTransfers(of: vm, touching: host, because: reason)
    endDiskCopying(of: vm, on: host, because: reason)
    copies[vm].remove(at: index)
    hosts[host].usedMemoryMiB -= need(of: vm)
    if locks[vm].owner == host { locks[vm].owner = nil }
  }

  /// A copy begins to run: it holds the disks from now on.
  func run(_ vm: Int, on host: Int) {
    guard let index = index(of: vm, on: host), copies[vm][index].state != .running else { return }
    copies[vm][index].state = .running
    copies[vm][index].lacksSpace = false
    copies[vm][index].trackedSince = nil
    copies[vm][index].stint = stints.count
    locks[vm].owner = host
    locks[vm].generation += 1
    copies[vm][index].generation = locks[vm].generation
    stints.append(Stint(vm: guests[vm].name, host: hosts[host].name, since: now, until: nil))
    for other in hosts.indices where other != host && isWorking(other, onDisksOf: vm) {
      endDiskCopying(of: vm, on: other, because: "\(hosts[host].name) runs it")
    }
    for disk in storage.disks[vm].indices { storage.disks[vm][disk].isWritten() }
    settleWrites(of: vm)
    let running = copies[vm].filter { $0.state == .running && $0.stint != nil }
    if running.count > 1 {
      let places = running.map { hosts[$0.host].name }.joined(separator: " and ")
      objections.append("\(now): \(guests[vm].name) runs on \(places)")
    }
  }

  /// A running copy stands still: it lets go of the disks, whose state its memory fits.
  func pause(_ vm: Int, on host: Int) {
    guard let index = index(of: vm, on: host) else { return }
    endStint(vm, index)
    copies[vm][index].state = .paused
    copies[vm][index].generation = locks[vm].generation
    if locks[vm].owner == host { locks[vm].owner = nil }
  }

  func endStint(_ vm: Int, _ index: Int) {
    guard let stint = copies[vm][index].stint else { return }
    stints[stint].until = now
    copies[vm][index].stint = nil
    settleWrites(of: vm)
  }

  /// What the guest wrote since the last pass began: all of its memory where there was none.
  func dirtyMiB(_ vm: Int, _ copy: GuestCopy) -> Double {
    let guest = guests[vm]
    guard let since = copy.trackedSince else { return Double(guest.memoryMiB) }
    let workingSet = min(guest.workingSetMiB ?? guest.memoryActiveMiB ?? Double(guest.memoryMiB), Double(guest.memoryMiB))
    return min(workingSet, copy.writtenMiB + guest.dirtyMiBPerSecond * copy.speed * now.seconds(since: since))
  }

  // MARK: Transfers

  func beginTransfer(_ order: Order, _ vm: Int, from source: Int, to target: Int, isRest: Bool) {
    guard let index = index(of: vm, on: source) else { return }
    let transfer = nextToken()
    let mib = dirtyMiB(vm, copies[vm][index])
    copies[vm][index].transfer = transfer
    (copies[vm][index].trackedSince, copies[vm][index].writtenMiB) = (now, 0)
    transfers[transfer] = MemoryTransfer(
      order: order, vm: vm, source: source, target: target, mib: mib, began: now, isRest: isRest)
    schedule(
      field.begin(
        transfer, mib: mib, over: [2 * source, 2 * target + 1], most: order.mostMiBPerSecond ?? .infinity, at: now))
  }

  /// A copy of memory has come to its end.
  func finish(_ number: Int) {
    guard let transfer = transfers.removeValue(forKey: number) else { return finishDiskTransfer(number) }
    schedule(field.end(number, at: now))
    guard let source = index(of: transfer.vm, on: transfer.source),
      let target = index(of: transfer.vm, on: transfer.target)
    else { return }
    copies[transfer.vm][source].transfer = nil
    if transfer.isRest {
      copies[transfer.vm][target].isWhole = true
      copies[transfer.vm][target].generation = copies[transfer.vm][source].generation
    }
    let isStill = copies[transfer.vm][source].state != .running
    let copied = Copied(
      mib: transfer.mib, seconds: now.seconds(since: transfer.began),
      dirtyMiB: isStill ? 0 : dirtyMiB(transfer.vm, copies[transfer.vm][source]))
    end(transfer.order, .copied(copied))
  }

  /// Breaks off what is copied from or to a host.
  func endTransfers(of vm: Int? = nil, touching host: Int, because reason: String) {
    let broken = transfers.filter { _, transfer in
      (vm == nil || transfer.vm == vm) && (transfer.source == host || transfer.target == host)
    }
    for number in broken.keys.sorted() {
      guard let transfer = transfers.removeValue(forKey: number) else { continue }
      schedule(field.end(number, at: now))
      if let source = index(of: transfer.vm, on: transfer.source) {
        copies[transfer.vm][source].transfer = nil
        // What was on its way is yet to be copied.
        copies[transfer.vm][source].trackedSince = nil
      }
      end(transfer.order, .failed(reason))
    }
  }

  func schedule(_ changes: [TransferField.Change]) {
    for change in changes { queue.add(.transferEnds(change.transfer, version: change.version), at: change.endsAt) }
  }
}
