package import Inventory

/// What several moves will take that begin at different times and share links and datastores.
///
/// Copies are taken as even flows, and the forecast goes from the end of one to the end of the next: what happens between
/// them is worked out in one step. Moments are whole microseconds, as in the journal: where a guest writes exactly as fast
/// as it is copied, a further pass hangs on them. Guests are taken to go on as they do, and
/// datastores to have room.
///
/// Moves wait their turn as the engine lets them: a host and a datastore take part in so many at once, the one with the
/// highest priority goes first, then the oldest, and one that has to wait does not hold up those behind it.
package struct MovesForecast: Sendable {
  /// In the order in which the moves were given.
  package let moves: [MoveForecast]

  /// - Parameter cluster: whose links and datastores they share, and nothing else with them.
  package init(_ moves: [PlannedMove], in cluster: ClusterSnapshot) {
    var run = Run(moves, SharedLinks(cluster))
    while run.goOn() {}
    self.moves = run.courses.map(\.forecast)
  }
}

/// The moves under way.
private struct Run {
  var courses: [MoveCourse]
  private var links: SharedLinks
  private var now = Instant.distantPast
  /// Not yet asked for, the latest first.
  private var coming: [Int]
  /// The highest priority first, then in the order in which they were asked for.
  private var queue: [Int] = []
  /// Whose copies they are, and of how many each move waits for the end.
  private var owners: [Int: Int] = [:]
  private var awaited: [Int: Int] = [:]
  /// Waits, by the move, and when they end.
  private var waits: [Int: Instant] = [:]

  init(_ moves: [PlannedMove], _ links: SharedLinks) {
    (courses, self.links) = (moves.map(MoveCourse.init), links)
    coming = moves.indices.sorted { (moves[$0].start, $0) > (moves[$1].start, $1) }
  }

  /// Goes on to the next moment at which something ends or begins.
  /// - Returns: whether there was one.
  mutating func goOn() -> Bool {
    let moments = [links.nextEnd, waits.values.min(), coming.last.map { courses[$0].move.start }]
    guard let next = moments.compactMap(\.self).min() else { return false }
    now = next
    for copy in links.takeEnded(at: now) {
      guard let move = owners.removeValue(forKey: copy) else { continue }
      awaited[move, default: 1] -= 1
      if awaited[move] == 0 { proceed(move) }
    }
    for move in waits.filter({ $0.value <= now }).keys.sorted() {
      waits[move] = nil
      proceed(move)
    }
    while let move = coming.last, courses[move].move.start <= now { enqueue(coming.removeLast()) }
    beginWaiting()
    return true
  }

  private mutating func enqueue(_ index: Int) {
    let place = queue.firstIndex { courses[$0].move.priority < courses[index].move.priority }
    queue.insert(index, at: place ?? queue.endIndex)
  }

  private mutating func proceed(_ move: Int) {
    let alone = courses[move].move.memory.map { links.speed(over: $0.links) }
    follow(courses[move].goOn(at: now, alone: alone ?? 0), move)
  }

  private mutating func follow(_ next: MoveCourse.Next, _ move: Int) {
    switch next {
    case .copy(let parts):
      awaited[move] = parts.count
      for part in parts { owners[links.begin(mib: part.mib, over: part.links, at: now)] = move }
    case .wait(let seconds): waits[move] = now.adding(seconds: seconds)
    case .over: break
    }
  }

  private mutating func beginWaiting() {
    guard !queue.isEmpty else { return }
    var (hosts, datastores): ([String: Int], [String: Int]) = ([:], [:])
    func note(_ move: PlannedMove) {
      for host in move.hosts { hosts[host, default: 0] += 1 }
      for datastore in move.datastores { datastores[datastore, default: 0] += 1 }
    }
    for course in courses where course.isUnderWay { note(course.move) }
    for index in queue {
      let move = courses[index].move
      guard move.hosts.allSatisfy({ hosts[$0, default: 0] < move.settings.perHost }),
        move.datastores.allSatisfy({ datastores[$0, default: 0] < move.settings.perDatastore })
      else { continue }
      note(move)
      follow(courses[index].begin(at: now), index)
    }
    queue.removeAll { !courses[$0].isQueued }
  }
}
