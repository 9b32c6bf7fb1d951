internal import Hypervisor
internal import Inventory
internal import Planning

/// What follows from what both hosts said, while a running VM is handed from one to the other.
extension Migration {
  private var stage: RecoveryTable.Stage {
    switch phase {
    case .stopped: .stopped
    case .commit: .committed
    case .running: .handedOver
    default: .copying
    }
  }

  mutating func decide(_ found: Inquiry, _ sourceTruth: Truth, _ targetTruth: Truth, _ turn: inout Turn) {
    leftOn = nil
    if let files, kind == .liveStorage {
      let reports = [found.source, found.target].compactMap { $0 }.map { DiskTruth($0, of: files) }
      hasOpened = hasOpened || reports.contains { $0.isSeen && $0.home == .target }
    }
    hasLogs = hasLogs || [found.source, found.target].contains { $0?.disks.contains { !$0.logs.isEmpty } == true }
    noteStandstill(
      sourceTruth == .paused && targetTruth == .running ? .running : sourceTruth, on: source, found.source, &turn)
    var verdict = RecoveryTable.verdict(
      stage, source: sourceTruth, target: targetTruth, targetNeverRan: Self.targetNeverRan(found), owner: owner(found))
    // It was told to, and cannot; as long as it never did, the source can.
    if verdict == .resumeTarget, targetCannotRun, sourceTruth == .paused, Self.targetNeverRan(found) == true {
      verdict = .removeTarget
    }
    let why = found.why
    switch verdict {
    case .removeTarget:
      awaited = []
      order(.destroy, on: target, &turn)
    case .rollBack
    where kind == .upgrade && phase != .prepare && targetTruth == .unreachable && sourceTruth == .running
      && turn.now.seconds(since: found.begun) < Self.patienceSeconds:
      // Nobody else can remove the new files, and the VM runs.
      inquiry?.nextTry = turn.now.adding(seconds: Self.retrySeconds)
    case .rollBack:
      let isThere = targetTruth != .unreachable && targetTruth != .none
      if kind == .upgrade, phase != .prepare, targetTruth == .unreachable { leftOn = target }
      conclude(
        cancelledBy == nil ? .rolledBack : .cancelled,
        tasksBack(
          isTargetThere: isThere, isStopped: sourceTruth == .paused, canReachTarget: targetTruth != .unreachable),
        because: leftOn == nil
          ? why : "\(why); what was begun on \(target.name) is left there until it answers", &turn)
    case .resumeTarget:
      inquiry = nil
      if phase != .commit { enter(.commit, because: "the source has lost it, the target has everything", &turn) }
      handOver(&turn)
    case .finish: finish(sourceTruth, why, &turn)
    case .finishStopped:
      conclude(
        .completed, [Task(action: .destroy, host: source)],
        because: "\(why); its copy on \(target.name) stands still, as others left it", &turn)
    case .down: goDown(sourceTruth, targetTruth, why, &turn)
    case .park(let freezeSource, let freezeTarget, let reason):
      let frozen = (freezeSource ? [source] : []) + (freezeTarget ? [target] : [])
      waitsFor = silentHosts(found)
      park("\(why): \(reason)", freezing: frozen, &turn)
    case .wait(let reason): wait(found, because: reason, &turn)
    }
  }

  /// The disks' generation grows with each start: as long as it is that of the source's memory, the target never ran.
  private static func targetNeverRan(_ found: Inquiry) -> Bool? {
    guard let generation = found.source?.generation ?? found.target?.generation else { return nil }
    // The target's memory is as of the source's stop.
    guard let memory = found.source?.memoryGeneration ?? found.target?.memoryGeneration else { return nil }
    return memory == generation
  }

  private func owner(_ found: Inquiry) -> RecoveryTable.Side? {
    switch found.source?.owner ?? found.target?.owner {
    case source.name?: .source
    case target.name?: .target
    default: nil
    }
  }

  /// What leads back to a VM that runs on its old host, with its old files: unless the copies were opened already.
  func tasksBack(isTargetThere: Bool, isStopped: Bool, canReachTarget: Bool = true) -> [Task] {
    var tasks: [Task] = []
    if isTargetThere { tasks.append(Task(action: .destroy, host: target)) }
    // The old host does not see where the logs are; nobody has written into them yet.
    if kind == .upgrade, phase == .commit, hasLogs, canReachTarget { tasks.append(Task(action: .lastCommit, host: target)) }
    if isStopped { tasks.append(Task(action: .resume, host: source)) }
    tasks.append(Task(action: .endCopying, host: source))
    if phase != .prepare, canReachTarget || worker == source { tasks += tasksToRemoveFiles(on: worker) }
    return tasks
  }

  /// Removes the files that the VM does not have.
  private func tasksToRemoveFiles(on host: ObjectReference) -> [Task] {
    guard let files else { return [] }
    return [Task(action: .removeDisks(from: hasOpened ? files.oldPlaces : files.places), host: host)]
  }

  /// The target runs it.
  private mutating func finish(_ sourceTruth: Truth, _ why: String, _ turn: inout Turn) {
    inquiry = nil
    if phase != .running { arrive(&turn, isFound: true) }
    guard sourceTruth == .unreachable else { return order(.destroy, on: source, &turn) }
    // Its copy of the memory is removed when it is back; nobody waits for that.
    if kind == .upgrade { return copyFrozen(&turn) }
    let begun = found?.begun ?? turn.now
    guard kind == .liveStorage else {
      return end(.completed, because: "\(why); \(source.name) does not answer and has to be cleaned", &turn)
    }
    // Nobody else can remove the old files.
    if turn.now.seconds(since: begun) < Self.patienceSeconds {
      inquiry = Inquiry(why: why, begun: begun, nextTry: turn.now.adding(seconds: Self.retrySeconds))
    } else {
      leftOn = source
      end(
        .completed,
        because: "\(why); \(source.name) does not answer and has to be cleaned, of the old files of its disks, too", &turn)
    }
  }

  /// Nothing runs, and there is no memory that could: the VM is down.
  private mutating func goDown(_ sourceTruth: Truth, _ targetTruth: Truth, _ why: String, _ turn: inout Turn) {
    let home = stage == .committed || stage == .handedOver ? target : source
    noteDown(on: home, "\(why): no host has it any more", &turn)
    if kind == .upgrade, hasArrived, targetTruth != .unreachable {
      // Its files lie in two places: they are brought together all the same.
      inquiry = nil
      return sourceTruth == .none || sourceTruth == .unreachable
        ? copyFrozen(&turn) : order(.destroy, on: source, &turn)
    }
    var tasks: [Task] = []
    for (host, truth) in [(source, sourceTruth), (target, targetTruth)] where truth != .unreachable {
      if truth != .none { tasks.append(Task(action: .destroy, host: host)) }
    }
    let workerTruth = worker == source ? sourceTruth : targetTruth
    if workerTruth == .unreachable, phase != .prepare { leftOn = worker }
    if workerTruth != .unreachable, phase != .prepare {
      tasks += [Task(action: .endCopying, host: worker)] + tasksToRemoveFiles(on: worker)
    }
    conclude(.failed, tasks, because: "\(why): no host has it any more", &turn)
  }

  /// The VM is off, though nobody asked for it.
  mutating func noteDown(on host: ObjectReference, _ why: String, _ turn: inout Turn) {
    guard isOn else { return }
    isOn = false
    var down = Event(occurredAt: turn.now, type: .vmPoweredOff)
    (down.vm, down.host, down.migration, down.reason) = (vm, host, id, why)
    turn.step.events.append(down)
    turn.tell(vm.name, "on", "off", because: why)
  }
}
