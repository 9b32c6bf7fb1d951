internal import Inventory

/// Disks are copied, and logs committed.
extension Simulator {
  func beginDiskJob(_ order: Order, _ kind: DiskJob.Kind, _ vm: Int, _ host: Int) -> Message.Result? {
    if let job = diskJobs[vm] {
      guard job.kind == kind, job.host == host else { return .refused("its disks are being copied") }
      diskJobs[vm]?.order = order
      return nil
    }
    if let refusal = refusal(of: kind, vm, host) { return .refused(refusal) }
    let clock = storage.clocks[vm].seconds(at: now)
    let parts = parts(of: kind, vm, at: clock)
    let nothing = Message.Result.copied(Copied(mib: 0, seconds: 0, dirtyMiB: 0))
    guard !parts.isEmpty else { return nothing }
    var job = DiskJob(
      kind: kind, order: order, host: host, began: now, generation: locks[vm].generation, clock: clock,
      mib: parts.reduce(0) { $0 + $1.mib }, left: [])
    var changes: [TransferField.Change] = []
    // All disks together have what the order may have.
    let most = order.mostMiBPerSecond.map { $0 / Double(parts.count) } ?? .infinity
    for part in parts {
      prepare(kind, vm, part.disk, host, at: clock)
      let number = nextToken()
      job.left.insert(number)
      diskTransfers[number] = part
      changes += field.begin(number, mib: part.mib, over: links(of: kind, vm, part.disk), most: most, at: now)
    }
    diskJobs[vm] = job
    schedule(changes)
    return nil
  }

  private func refusal(of kind: DiskJob.Kind, _ vm: Int, _ host: Int) -> String? {
    let moving = storage.disks[vm].filter(\.isMoving)
    let state = index(of: vm, on: host).map { copies[vm][$0].state }
    switch kind {
    case .mirror, .pass:
      if state != .running { return "it does not run here" }
      if moving.contains(where: { !$0.logs.isEmpty }) { return "logs take what it writes" }
      if kind == .pass, moving.contains(where: \.isMirrored) { return "its disks are mirrored" }
    case .rest:
      if isHeld(vm) { return "it has to be stopped first" }
      if moving.contains(where: { !$0.logs.isEmpty }) { return "logs take what it writes" }
    case .base:
      if moving.contains(where: { $0.logs.isEmpty && !$0.isMapping }) { return "its disks are not frozen" }
    case .lastCommit: if isHeld(vm) { return "it has to be stopped first" }
    case .commit: break
    }
    switch kind {
    case .mirror, .pass, .rest, .base:
      if moving.isEmpty { return "there is no copy to fill" }
      if let disk = movingDisks(of: vm).first(where: { !storage.disks[vm][$0].isComplete(.source) }) {
        return "the file of disk \(disk) is gone"
      }
      return refusal(toSee: vm, .source, from: host) ?? refusal(toSee: vm, .target, from: host)
    case .commit, .lastCommit:
      return refusal(toOpenDisksOf: vm, on: host)
    }
  }

  /// What there is to copy of each disk.
  private func parts(of kind: DiskJob.Kind, _ vm: Int, at clock: Double) -> [DiskTransfer] {
    storage.disks[vm].enumerated().compactMap { disk, state in
      switch kind {
      case .mirror:
        return state.isMoving && !(state.isMirrored && state.isComplete(.target))
          ? DiskTransfer(vm: vm, disk: disk, mib: state.sizeMiB) : nil
      case .pass: return state.isMoving ? DiskTransfer(vm: vm, disk: disk, mib: state.restMiB(at: clock)) : nil
      case .rest:
        return state.isMoving && !state.isComplete(.target)
          ? DiskTransfer(vm: vm, disk: disk, mib: state.restMiB(at: clock)) : nil
      case .base:
        guard state.isMoving, !state.isComplete(.target), let target = state.target else { return nil }
        let filled = target.filledVersion == state.version ? target.filledMiB : 0
        return DiskTransfer(vm: vm, disk: disk, mib: state.sizeMiB - filled)
      case .commit: return state.logs.first.map { DiskTransfer(vm: vm, disk: disk, mib: state.written(in: $0, at: clock)) }
      case .lastCommit:
        return state.logs.isEmpty
          ? nil
          : DiskTransfer(vm: vm, disk: disk, mib: state.logs.reduce(0) { $0 + state.written(in: $1, at: clock) })
      }
    }
  }

  private func prepare(_ kind: DiskJob.Kind, _ vm: Int, _ disk: Int, _ host: Int, at clock: Double) {
    switch kind {
    case .mirror:
      storage.disks[vm][disk].target?.version = nil
      (storage.disks[vm][disk].isMirrored, storage.disks[vm][disk].trackedSince) = (true, nil)
      storage.disks[vm][disk].watcher = host
    case .pass, .rest:
      storage.disks[vm][disk].target?.version = nil
      // Only the VM's own process notes what changes.
      guard index(of: vm, on: host) != nil else { return }
      (storage.disks[vm][disk].trackedSince, storage.disks[vm][disk].watcher) = (clock, host)
    case .commit where storage.disks[vm][disk].logs.count == 1:
      guard let log = storage.disks[vm][disk].logs.last else { return }
      storage.disks[vm][disk].addLog(on: log.volume, at: clock)
      planGrowth(of: vm, disk)
    case .base, .commit, .lastCommit: break
    }
  }

  private func links(of kind: DiskJob.Kind, _ vm: Int, _ disk: Int) -> [Int] {
    let state = storage.disks[vm][disk]
    func link(_ side: DiskSide, _ use: Int) -> [Int] { state[side].map { [2 * hosts.count + 3 * $0.volume + use] } ?? [] }
    return kind == .commit || kind == .lastCommit ? link(state.home, 2) : link(.source, 0) + link(.target, 1)
  }

  /// A disk's part of a job has come to its end.
  func finishDiskTransfer(_ number: Int) {
    guard let part = diskTransfers.removeValue(forKey: number), var job = diskJobs[part.vm] else { return }
    schedule(field.end(number, at: now))
    job.left.remove(number)
    diskJobs[part.vm] = job
    // Whoever ran the VM meanwhile has written.
    let isUndisturbed = job.generation == locks[part.vm].generation && !isHeld(part.vm)
    switch job.kind {
    case .mirror, .base: storage.disks[part.vm][part.disk].copied()
    case .pass: break
    case .rest: if isUndisturbed { storage.disks[part.vm][part.disk].copied() }
    case .commit: storage.merge(part.disk, of: part.vm, logs: 1)
    case .lastCommit:
      if isUndisturbed { storage.merge(part.disk, of: part.vm, logs: storage.disks[part.vm][part.disk].logs.count) }
    }
    guard job.left.isEmpty else { return }
    diskJobs[part.vm] = nil
    end(
      job.order, isUndisturbed || job.kind != .lastCommit ? .copied(result(of: job, part.vm)) : .failed("it ran meanwhile"))
  }

  private func result(of job: DiskJob, _ vm: Int) -> Copied {
    let clock = storage.clocks[vm].seconds(at: now)
    let disks = storage.disks[vm]
    let dirty: Double =
      switch job.kind {
      case .mirror, .base, .lastCommit: 0
      case .pass, .rest: disks.filter { $0.isMoving && !$0.isComplete(.target) }.reduce(0) { $0 + $1.restMiB(at: clock) }
      case .commit: disks.reduce(0) { sum, disk in sum + (disk.logs.last.map { disk.written(in: $0, at: clock) } ?? 0) }
      }
    // Of what is written evenly over a disk that is copied evenly, half is written where the copy has been.
    let mirrored =
      job.kind == .mirror
      ? disks.filter { $0.isMoving && !$0.isMapping }
        .reduce(0) { $0 + $1.writeMiBPerSecond * (clock - job.clock) / 2 } : 0
    return Copied(mib: job.mib, seconds: now.seconds(since: job.began), dirtyMiB: dirty, mirroredMiB: mirrored)
  }

  // MARK: Broken off

  /// Whether a host copies disks of a VM, or notes what changes on them.
  func isWorking(_ host: Int, onDisksOf vm: Int) -> Bool {
    diskJobs[vm]?.host == host || storage.disks[vm].contains { $0.watcher == host }
  }

  /// Breaks off what a host does with the disks of its VMs, or of one.
  func endDiskCopying(of only: Int? = nil, on host: Int, because reason: String) {
    for vm in only.map({ [$0] }) ?? Array(copies.indices) {
      if let job = diskJobs[vm], job.host == host { breakOff(job, vm, because: reason) }
      let isBeingWritten = storage.clocks[vm].speed > 0
      for disk in storage.disks[vm].indices where storage.disks[vm][disk].watcher == host {
        storage.disks[vm][disk].endWatching(isBeingWritten: isBeingWritten)
      }
    }
  }

  private func breakOff(_ job: DiskJob, _ vm: Int, because reason: String) {
    diskJobs[vm] = nil
    for number in job.left.sorted() {
      guard let part = diskTransfers.removeValue(forKey: number) else { continue }
      if job.kind == .base { keepFilled(part, left: field.remaining(number, at: now) ?? part.mib) }
      schedule(field.end(number, at: now))
    }
    end(job.order, .failed(reason))
  }

  /// What was copied of a file that nobody writes need not be copied again, as far as it was flushed.
  private func keepFilled(_ part: DiskTransfer, left: Double) {
    let state = storage.disks[part.vm][part.disk]
    let step = LogFile.stepMiB
    storage.disks[part.vm][part.disk].target?.filledMiB = ((state.sizeMiB - left) / step).rounded(.down) * step
    storage.disks[part.vm][part.disk].target?.filledVersion = state.version
  }
}
