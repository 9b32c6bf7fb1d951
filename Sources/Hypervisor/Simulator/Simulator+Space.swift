internal import Foundation
internal import Inventory

/// Logs grow, datastores fill.
extension Simulator {
  /// The guest begins or ends to write, or does it at another speed.
  func settleWrites(of vm: Int) {
    guard !storage.disks[vm].isEmpty else { return }
    let writer = copies[vm].first { $0.stint != nil && hosts[$0.host].hasStorage }
    storage.clocks[vm].set(speed: writer?.speed ?? 0, at: now)
    for disk in storage.disks[vm].indices { planGrowth(of: vm, disk) }
  }

  /// Plans for the first moment at which the top log of a disk needs more room.
  func planGrowth(of vm: Int, _ disk: Int) {
    let (state, clock) = (storage.disks[vm][disk], storage.clocks[vm])
    guard let log = state.logs.last else { return }
    storage.disks[vm][disk].logs[state.logs.count - 1].plans += 1
    let rate = state.writeMiBPerSecond * clock.speed
    guard rate > 0, LogFile.size(for: state.writeSetMiB, of: state.sizeMiB) > log.sizeMiB else { return }
    let seconds = max(0, (log.sizeMiB - state.written(for: log, at: clock.seconds(at: now))) / rate)
    // A guest that takes a century to write a step never does.
    guard seconds < 3e9 else { return }
    let moment = Instant(microseconds: now.microseconds + Int64((seconds * 1_000_000).rounded(.down)) + 1)
    queue.add(.logFills(vm: vm, disk: disk, version: log.plans + 1), at: moment)
  }

  func growLog(of vm: Int, _ disk: Int, version: Int) {
    let state = storage.disks[vm][disk]
    guard let log = state.logs.last, log.plans == version else { return }
    let size = LogFile.size(for: state.written(for: log, at: storage.clocks[vm].seconds(at: now)), of: state.sizeMiB)
    if size > log.sizeMiB {
      guard size - log.sizeMiB <= storage.volumes[log.volume].freeMiB else {
        return stopForSpace(vm, "\(storage.volumes[log.volume].name) has no space for the log of disk \(disk)")
      }
      storage.volumes[log.volume].filesMiB += size - log.sizeMiB
      storage.disks[vm][disk].logs[state.logs.count - 1].sizeMiB = size
      checkSpace(of: log.volume)
    }
    planGrowth(of: vm, disk)
  }

  /// A guest whose write finds no space stands still, and keeps its disks.
  private func stopForSpace(_ vm: Int, _ reason: String) {
    guard let index = copies[vm].firstIndex(where: { $0.stint != nil }) else { return }
    endStint(vm, index)
    (copies[vm][index].state, copies[vm][index].lacksSpace) = (.paused, true)
    let host = hosts[copies[vm][index].host]
    if host.answers { say(.vmStopped(vm: guests[vm].name, host: host.name, because: reason)) }
  }

  /// Why a guest that lacked space still cannot go on; nil where it can.
  func refusal(toWrite vm: Int, _ copy: GuestCopy) -> String? {
    guard copy.lacksSpace else { return nil }
    for (disk, state) in storage.disks[vm].enumerated() {
      guard let log = state.logs.last, state.writeMiBPerSecond > 0,
        LogFile.size(for: state.writeSetMiB, of: state.sizeMiB) > log.sizeMiB
      else { continue }
      let what = "the log of disk \(disk) needs"
      if let refusal = storage.volumes[log.volume].refusal(of: LogFile.stepMiB, for: what) { return refusal }
    }
    return nil
  }

  /// Something else fills a datastore up to so many percent; what is fuller stays so.
  func fill(_ datastore: String, percent: Double) {
    guard let volume = storage.volumeNumbers[datastore] else { return }
    let wanted = storage.volumes[volume].capacityMiB * min(percent, 100) / 100 - storage.volumes[volume].filesMiB
    storage.volumes[volume].otherMiB = max(storage.volumes[volume].otherMiB, wanted)
    checkSpace(of: volume)
  }

  func checkSpace(of volume: Int) {
    let state = storage.volumes[volume]
    guard state.isOverfull else { return }
    objections.append(
      "\(now): datastore overfull: \(state.usedMiB) MiB are on \(state.name), which has \(state.capacityMiB)")
  }
}
