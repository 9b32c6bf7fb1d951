internal import Inventory

/// What the logs of a move have to reckon with of other moves that are under way.
struct Company: Sendable {
  /// By how much longer copying takes than for it alone, and committing a log.
  var copying = 1.0
  var committing = 1.0
  /// The other logs on each datastore: how fast each grows, MiB/s, and for how many seconds more.
  var logs: [String: [(rate: Double, seconds: Double)]] = [:]

  /// What other logs grow by in so many seconds, MiB.
  func growthMiB(on datastore: String, in seconds: Double) -> Double {
    (logs[datastore] ?? []).reduce(0) { $0 + $1.rate * min(seconds, $1.seconds) }
  }

  /// How fast all other logs there grow now, MiB/s.
  func rate(on datastore: String) -> Double { (logs[datastore] ?? []).reduce(0) { $0 + $1.rate } }
}

extension MigrationEngine {
  /// The company that a move has.
  func company(of migration: Migration, at now: Instant) -> Company {
    var company = pace(of: migration)
    for other in migrations where other.id != migration.id && other.growsLogs {
      let pace = pace(of: other)
      for name in other.files?.logDatastores ?? [] {
        company.logs[name, default: []].append((other.logRate(on: name), other.secondsToCommit(on: name, pace, at: now)))
      }
    }
    return company
  }

  private func pace(of migration: Migration) -> Company {
    guard let files = migration.files else { return Company() }
    let others = migrations.filter { $0.id != migration.id && $0.isUnderWay }
    var pace = Company()
    pace.copying = files.stretch(beside: others.filter(\.copiesDisks).compactMap(\.files))
    let bases = migration.logBases
    pace.committing = Double(1 + others.count { $0.commitsLogs && !$0.logBases.isDisjoint(with: bases) })
    return pace
  }
}

extension Migration {
  /// Whether its disks are being copied, or are about to be.
  var copiesDisks: Bool { files != nil && [.prepare, .create, .freeze, .copy].contains(phase) }

  /// Whether logs take what its guest writes.
  var growsLogs: Bool { hasLogs && watch != nil && isOn && stoppedAt == nil && !isOver }

  /// Whether a log is being committed, or is about to be.
  var commitsLogs: Bool { [.opened, .merge, .lastMerge, .rollback].contains(phase) && hasLogs }

  /// The datastores into whose files its logs are committed.
  var logBases: Set<String> {
    let isBack = phase == .rollback
    return Set(files?.disks.map { isBack ? $0.from : $0.to } ?? [])
  }

  /// How fast its logs on a datastore grow, MiB/s.
  func logRate(on name: String) -> Double { (files?.writeMiBPerSecond(on: name) ?? 0) * (1 - Double(throttle) / 100) }

  /// For how long its logs on a datastore grow before what they hold is committed, as far as is known.
  func secondsToCommit(on name: String, _ pace: Company, at now: Instant) -> Double {
    guard let files, let watch else { return 0 }
    let commit = files.commitMiBPerSecond(on: name) / pace.committing
    if let (mib, since) = watch.committing { return max(0, mib / commit - now.seconds(since: since)) }
    let isCopied = ![.freeze, .commit, .running, .copy].contains(phase)
    let copying = isCopied ? 0 : (1 - watch.copied) * files.copySeconds * pace.copying
    return copying + files.logMiB(on: name, after: now.seconds(since: watch.began) + copying) / commit
  }
}
