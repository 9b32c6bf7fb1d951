internal import Hypervisor
internal import Inventory
internal import Planning

/// No VM finds its datastore full because of a migration: while logs grow, what is free is watched. Before they reach what
/// is kept in reserve the guest is slowed; where that does not help, the logs go back into the old files.
extension Migration {
  mutating func watchSpace(from now: Instant) {
    hasLogs = true
    if watch == nil { watch = SpaceWatch(next: now, began: now) }
  }

  /// The datastores that have to be looked at now.
  func watchedDatastores(at now: Instant) -> Set<String> {
    guard let watch, watch.next <= now, !isOver else { return [] }
    return files?.logDatastores ?? []
  }

  /// What was found there.
  mutating func take(_ space: [String: DatastoreSpace], _ turn: inout Turn) {
    guard var open = watch, let files, open.next <= turn.now else { return }
    let seconds = open.lookedAt.map { turn.now.seconds(since: $0) } ?? 0
    open.next = turn.now.adding(seconds: SpaceWatch.interval)
    open.lookedAt = turn.now
    var isTight: (name: String, why: String)?
    var mustEnd: String?
    for name in files.logDatastores.sorted() {
      guard let found = space[name], found.capacityMiB > 0 else { continue }
      let commit = files.commitMiBPerSecond(on: name)
      let rate =
        open.last[name].map { seconds > 0 ? max(0, found.usedMiB - $0) / seconds : 0 }
        ?? files.writeMiBPerSecond(on: name)
      let logs = max(0, found.usedMiB - (open.first[name] ?? found.usedMiB))
      if open.first[name] == nil { open.first[name] = found.usedMiB }
      let reserve = open.reserve(on: name, of: found, for: files.logsMiB[name] ?? 0)
      open.last[name] = found.usedMiB
      let spare = found.freeMiB - reserve
      // While a log is committed, the next one grows.
      let copying = hasOpened || phase == .rollback ? 0 : max(0, files.slowestSeconds - turn.now.seconds(since: open.began))
      let need = rate * (copying + (logs + rate * copying) / commit)
      if rate > 0 { open.next = min(open.next, turn.now.adding(seconds: max(1, reserve / (4 * rate)))) }
      guard need > spare else { continue }
      isTight = (
        name,
        "\(Self.rounded(found.freeMiB)) MiB are free on \(name), \(Self.rounded(reserve)) of them in reserve; the logs grow "
          + "by \(Self.rounded(rate)) MiB/s and would need \(Self.rounded(need)) more"
      )
      if rate * logs / commit * 1.5 >= spare || throttle >= 80 { mustEnd = isTight?.why }
    }
    watch = open
    guard inquiry == nil, conclusion == nil, let isTight else { return }
    if !hasOpened, phase != .rollback, let mustEnd { return reverse(mustEnd, &turn) }
    guard throttle < 99 else { return }
    throttle = hasOpened || phase == .rollback ? 99 : min(99, throttle + 20)
    enter(phase, because: isTight.why, &turn, [.init("throttle_percent", .int(Int64(throttle)))])
    order(.throttle(percent: throttle), on: worker, &turn)
  }
}
