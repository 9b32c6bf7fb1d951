internal import Hypervisor
internal import Inventory
internal import Planning

/// No VM finds its datastore full because of a migration: while logs grow, what is free is watched. Before they reach what
/// is kept in reserve the guest is slowed; where that does not help, the logs go back into the old files.
extension Migration {
  mutating func watchSpace(from now: Instant) {
    hasLogs = true
    frozenAt = frozenAt ?? now
    if watch == nil { watch = SpaceWatch(next: now, began: frozenAt ?? now) }
  }

  /// What the logs of one datastore hold at most, as far as is known.
  func expectedLogsMiB(at now: Instant) -> Double {
    guard let files, let watch else { return 0 }
    let seconds = now.seconds(since: watch.began)
    return files.logDatastores.map { files.logMiB(on: $0, after: seconds) }.max() ?? 0
  }

  /// The datastores that have to be looked at now.
  func watchedDatastores(at now: Instant) -> Set<String> {
    guard let watch, watch.next <= now, !isOver else { return [] }
    return files?.logDatastores ?? []
  }

  /// What was found there.
  mutating func take(_ space: [String: DatastoreSpace], _ turn: inout Turn) {
    guard var open = watch, let files, open.next <= turn.now else { return }
    open.next = turn.now.adding(seconds: SpaceWatch.interval)
    var isTight: String?
    var mustEnd = false
    // The part of its writes that the guest may keep.
    var part = 1.0
    for name in files.logDatastores.sorted() {
      guard let found = space[name], found.capacityMiB > 0 else { continue }
      let reserve = open.reserve(on: name, of: found, for: files.logsMiB[name] ?? 0)
      let spare = found.freeMiB - reserve
      let rate = files.writeMiBPerSecond(on: name) * (1 - Double(throttle) / 100)
      let commit = files.commitMiBPerSecond(on: name)
      let elapsed = turn.now.seconds(since: open.began)
      // While a log is committed, the next one grows.
      var (seconds, back) = (0.0, 0.0)
      if let (mib, since) = open.committing {
        seconds = max(0, mib / commit - turn.now.seconds(since: since))
      } else {
        let copying = max(0, files.copySeconds - elapsed)
        seconds = copying + files.logMiB(on: name, after: elapsed + copying) / commit
        back = rate * files.logMiB(on: name, after: elapsed) / commit
      }
      let need = rate * seconds
      if rate > 0 { open.next = min(open.next, turn.now.adding(seconds: max(1, reserve / (4 * rate)))) }
      guard need > spare else { continue }
      part = min(part, max(0, spare) / need)
      isTight =
        "\(Self.rounded(found.freeMiB)) MiB are free on \(name), \(Self.rounded(reserve)) of them in reserve; the logs may "
        + "grow by \(Self.rounded(need)) before they are committed"
      mustEnd = mustEnd || throttle >= 80 || back * 1.5 >= spare
    }
    watch = open
    guard inquiry == nil, conclusion == nil, let isTight else { return }
    let isForward = isOneWay || phase == .rollback
    if mustEnd, !isForward { return reverse(isTight, &turn) }
    guard throttle < 99 else { return }
    // A tenth less than would just do.
    let speed = (1 - Double(throttle) / 100) * part * 0.9
    slow(to: min(99, max(throttle + 10, Int(100 - 100 * speed))), because: isTight, &turn)
  }
}
