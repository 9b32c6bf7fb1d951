internal import Hypervisor
internal import Inventory
internal import Planning

/// The disks of a VM go to other datastores: they are copied, the VM opens the copies, and the old files are removed. A
/// running guest writes meanwhile, in one of three ways.
extension Migration {
  mutating func created(_ turn: inout Turn) {
    switch files?.way {
    case _ where kind == .upgrade:
      beginPass(&turn)
    case _ where !isOn:
      enter(.copy, because: "there is room for its disks, and nobody writes them", &turn)
      order(.diskRest, on: worker, &turn)
    case .redoLog:
      enter(.freeze, because: "there is room for its disks", &turn)
      order(.freezeBase(logDatastore: files?.logDatastore), on: worker, &turn)
    case let way:
      enter(.copy, because: "there is room for its disks", &turn)
      order(way == .mirror ? .mirror : .diskPass, on: worker, &turn)
    }
  }

  /// Logs take what the guest writes from now on.
  mutating func frozen(_ turn: inout Turn) {
    watchSpace(from: turn.now)
    if phase == .commit { order(.resume, on: target, &turn) } else { copyFrozen(&turn) }
  }

  mutating func copyFrozen(_ turn: inout Turn) {
    watchSpace(from: turn.now)
    enter(.copy, because: "logs take what it writes", &turn)
    order(.copyBase, on: worker, &turn)
  }

  mutating func diskPassEnded(_ pass: Copied, _ turn: inout Turn) {
    let detail = count(pass, of: .copy)
    let left = files?.way == .changedBlocks ? ", \(Self.rounded(pass.dirtyMiB)) MiB were written meanwhile" : ""
    enter(.copy, because: "\(Self.rounded(pass.mib)) MiB are copied\(left)", &turn, detail)
    switch files?.way {
    case .changedBlocks where pass.dirtyMiB > settings.storageThresholdMiB:
      if passesInPhase < settings.maxPasses, pass.dirtyMiB < pass.mib || passesInPhase == 1 {
        order(.diskPass, on: worker, &turn)
      } else {
        disksNotConverging(pass, &turn)
      }
    case .redoLog where settings.notConverging == .abort && files?.converges == false && !hasArrived:
      // Behind the switch there is no way back.
      reverse("what the logs hold would get no smaller: it is written as fast as it is committed", &turn)
    case .mirror where kind == .liveStorage: beginPass(&turn)
    default: stopForFiles(&turn)
    }
  }

  /// Stops the guest so that its files can be changed; one that is off needs no stop.
  private mutating func stopForFiles(_ turn: inout Turn) {
    if isOn { order(.stop, on: worker, &turn) } else { filesStopped(&turn) }
  }

  private mutating func disksNotConverging(_ pass: Copied, _ turn: inout Turn) {
    switch settings.notConverging {
    case .force: order(.stop, on: worker, &turn)
    case .throttle where throttle < 99 && passesInPhase < 2 * settings.maxPasses:
      slow(&turn)
      order(.diskPass, on: worker, &turn)
    case .throttle, .abort:
      reverse(
        "the passes get no smaller: \(Self.rounded(pass.dirtyMiB)) MiB are left after pass \(passesInPhase)", &turn)
    }
  }

  /// The guest stands still so that its files can be changed.
  mutating func filesStopped(_ turn: inout Turn) {
    switch phase {
    case .opened, .merge:
      enter(.lastMerge, because: "what is left fits into a short pause", &turn)
      order(.lastCommit, on: worker, &turn)
    case .copy where hasLogs, .switchFiles where isOneWay:
      switchFiles(because: "the copies are complete under the logs", &turn)
    default:
      enter(.stopped, because: "what is left fits into a short pause", &turn)
      order(.diskRest, on: worker, &turn)
    }
  }

  mutating func diskRestCopied(_ rest: Copied, _ turn: inout Turn) {
    copiedMiB += rest.mib
    if movesMemory { return order(.copyRest(target: target.name), on: source, &turn) }
    switchFiles(because: "the copies are complete", &turn, [.init("bytes", .int(Self.bytes(rest.mib)))])
  }

  /// From here on the VM's files may be the copies.
  mutating func switchFiles(because why: String, _ turn: inout Turn, _ detail: [JSONValue.Member] = []) {
    enter(.switchFiles, because: why, &turn, detail)
    order(.openDisks, on: worker, &turn)
  }

  mutating func disksOpened(_ turn: inout Turn) {
    if movesMemory, !hasArrived { return order(.resume, on: target, &turn) }
    if isOn { order(.resume, on: worker, &turn) } else { filesOpened(&turn) }
  }

  /// The VM has its files on their new datastores.
  mutating func filesOpened(_ turn: inout Turn) {
    if !hasOpened { noteOpened(&turn) }
    guard hasLogs else { return removeSource(&turn) }
    if isOn { commitLog(expectedLogsMiB(at: turn.now), &turn) } else { filesStopped(&turn) }
  }

  mutating func noteOpened(_ turn: inout Turn) {
    hasOpened = true
    enter(.opened, because: "its files are the copies", &turn, files?.settingsAfter ?? [])
    turn.tell(vm.name, "on \(places(\.from))", "on \(places(\.to))", because: "\(kind.rawValue) migration")
  }

  /// The old files are of no use any more.
  mutating func removeSource(_ turn: inout Turn) {
    watch = nil
    order(.removeDisks(from: files?.oldPlaces ?? [:]), on: worker, &turn)
  }

  private func places(_ end: KeyPath<FileMove.Disk, String>) -> String {
    Set(files?.disks.map { $0[keyPath: end] } ?? []).sorted().joined(separator: " and ")
  }

  // MARK: Logs

  /// Orders a log to be committed that holds so many MiB, as far as is known.
  mutating func commitLog(_ mib: Double, _ turn: inout Turn) {
    watch?.committing = (mib, turn.now)
    order(.commitLog, on: worker, &turn)
  }

  /// A log is in the copy, and a fresh one holds what was written meanwhile.
  mutating func logMerged(_ log: Copied, _ turn: inout Turn) {
    let detail = count(log, of: .merge)
    let number = passesInPhase
    enter(
      .merge, because: "a log of \(Self.rounded(log.mib)) MiB is committed, \(Self.rounded(log.dirtyMiB)) were written",
      &turn, detail)
    if log.dirtyMiB <= settings.storageThresholdMiB {
      order(.stop, on: worker, &turn)
    } else if number < settings.maxPasses, log.dirtyMiB < log.mib || number == 1 {
      commitLog(log.dirtyMiB, &turn)
    } else if settings.notConverging == .force || throttle == 99 {
      order(.stop, on: worker, &turn)
    } else {
      // There is no way back: the guest is slowed until the logs get smaller.
      slow(&turn)
      commitLog(log.dirtyMiB, &turn)
    }
  }

  mutating func lastMerged(_ rest: Copied, _ turn: inout Turn) {
    copiedMiB += rest.mib
    hasLogs = false
    if isOn { order(.resume, on: worker, &turn) } else { mergedAll(&turn) }
  }

  mutating func mergedAll(_ turn: inout Turn) {
    enter(.merged, because: "no log is left", &turn)
    removeSource(&turn)
  }
}
