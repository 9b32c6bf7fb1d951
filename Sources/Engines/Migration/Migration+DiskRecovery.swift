internal import Hypervisor
internal import Inventory
internal import Planning

/// What follows from what the host said of the disks, and the way back to the old files.
extension Migration {
  private var diskStage: DiskRecoveryTable.Stage {
    if reversal != nil, !isOneWay { return .rollingBack }
    switch phase {
    case .create, .freeze: return .begun
    case .stopped: return .stopped
    case .switchFiles: return .switching
    case .opened, .merge, .merged: return .opened
    case .lastMerge: return .merging
    case .rollback: return .rollingBack
    default: return .copying
    }
  }

  mutating func decide(_ found: Inquiry, on truth: Truth, _ report: CopyReport?, _ turn: inout Turn) {
    guard let files, let report, truth != .unreachable else {
      return wait(found, because: "\(worker.name) does not answer", &turn)
    }
    let disks = DiskTruth(report, of: files)
    let wasOff = !isOn
    if truth == .none { noteDown(on: worker, "\(found.why): \(worker.name) answers and does not run it", &turn) }
    hasLogs = disks.hasLogs
    let verdict = DiskRecoveryTable.verdict(
      diskStage, files.way, guest: truth, lacksSpace: report.lacksSpace, wasOff: wasOff, isOneWay: isOneWay, disks)
    noteStandstill(truth, on: worker, report, &turn)
    switch verdict {
    case .wait(let reason): return wait(found, because: reason, &turn)
    case .park(let freeze, let reason):
      return park("\(found.why): \(reason)", freezing: freeze ? [worker] : [], &turn)
    default: inquiry = nil
    }
    leftMiB = disks.logsMiB > 0 ? disks.logsMiB : nil
    if disks.home == .target, !hasOpened { noteOpened(&turn) }
    if hasLogs { watchSpace(from: turn.now) }
    switch verdict {
    case .rollBack: rollBack(found.why, &turn)
    case .copyOn:
      inquiries = 0
      order(copyAction, on: worker, repeats: 1, &turn)
    case .stop: order(.stop, on: worker, &turn)
    case .open: switchFiles(because: "the copies are complete", &turn)
    case .merge:
      inquiries = 0
      commitLog(disks.logsMiB, &turn)
    case .lastMerge where report.lacksSpace: order(.stop, on: worker, &turn)
    case .lastMerge:
      enter(.lastMerge, because: "the guest stands still", &turn)
      order(.lastCommit, on: worker, &turn)
    case .resume: order(.resume, on: worker, &turn)
    case .clean: removeSource(&turn)
    case .wait, .park: break
    }
  }

  private var copyAction: Order.Action {
    if !isOn, !hasLogs { return .diskRest }
    switch files?.way {
    case .redoLog?: return .copyBase
    case .changedBlocks?: return .diskPass
    default: return .mirror
    }
  }

  // MARK: The way back

  /// Gives up the copies, whatever the hosts say then. Once they are the VM's files there is no way back.
  mutating func reverse(_ why: String, _ turn: inout Turn) {
    guard !isOneWay else { return }
    reversal = reversal ?? why
    doubt(why, &turn)
  }

  /// Removes the copies, and brings what logs hold into the old files.
  private mutating func rollBack(_ why: String, _ turn: inout Turn) {
    reversal = reversal ?? why
    let cancelled: [JSONValue.Member] = cancelledBy.map { [.init("cancelled_by", .string($0))] } ?? []
    if phase != .rollback { enter(.rollback, because: why, &turn, cancelled) }
    order(.endCopying, on: worker, &turn)
  }

  mutating func takeRollback(_ result: Message.Result, _ order: Order, _ turn: inout Turn) {
    switch (order.action, result) {
    case (.endCopying, .done): self.order(.removeDisks(from: files?.places ?? [:]), on: worker, &turn)
    case (.removeDisks, .done): mergeBack(nil, &turn)
    case (.commitLog, .copied(let log)):
      enter(
        .rollback, because: "a log of \(Self.rounded(log.mib)) MiB is committed into the old file",
        &turn, count(log, of: .rollback))
      mergeBack(log, &turn)
    case (.stop, .done):
      (stoppedAt, lacksSpace) = (stoppedAt ?? turn.now, false)
      self.order(.lastCommit, on: worker, &turn)
    case (.lastCommit, .copied(let rest)):
      copiedMiB += rest.mib
      hasLogs = false
      mergeBack(nil, &turn)
    case (.resume, .done):
      goOn(at: turn.now)
      mergeBack(nil, &turn)
    default: doubt("\(order.host) answered something else than it was asked", &turn)
    }
  }

  /// The next step on the way back; at its end the VM is as it was.
  /// - Parameter log: what was committed last; nil where nothing was.
  private mutating func mergeBack(_ log: Copied?, _ turn: inout Turn) {
    if hasLogs, !lacksSpace, stoppedAt != nil || !isOn { return order(.lastCommit, on: worker, &turn) }
    if hasLogs {
      let isLast =
        lacksSpace
        ? true : log.map { $0.dirtyMiB <= settings.storageThresholdMiB || passesInPhase >= settings.maxPasses } ?? false
      if isLast { return order(.stop, on: worker, &turn) }
      return commitLog(log?.dirtyMiB ?? expectedLogsMiB(at: turn.now), &turn)
    }
    if stoppedAt != nil, isOn { return order(.resume, on: worker, &turn) }
    end(cancelledBy == nil ? .rolledBack : .cancelled, because: reversal, &turn)
  }
}
