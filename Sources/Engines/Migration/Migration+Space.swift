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
    let company = turn.company
    open.copy(until: turn.now, of: files.copySeconds * company.copying)
    watch = open
    var isTight: String?
    var mustEnd = false
    // The part of its writes that the guest may keep.
    var part = 1.0
    for name in files.logDatastores.sorted() {
      guard let found = space[name], found.capacityMiB > 0 else { continue }
      let reserve = open.reserve(on: name, of: found, for: files.logsMiB()[name] ?? 0)
      // The next log begins with a whole step, and the last step of this one may be empty but for a block.
      let spare = found.freeMiB - reserve - files.logStepsMiB(on: name)
      let own = logRate(on: name)
      let rate = own + company.rate(on: name)
      // While a log is committed, the next one grows; and all the time those of others.
      let seconds = secondsToCommit(on: name, company, at: turn.now)
      let need = own * seconds + company.growthMiB(on: name, in: seconds)
      var back = 0.0
      if open.committing == nil {
        let log = files.logMiB(on: name, after: turn.now.seconds(since: open.began))
        back = rate * log / files.commitMiBPerSecond(on: name)
      }
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
