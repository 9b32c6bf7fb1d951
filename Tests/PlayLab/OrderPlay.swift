internal import Hypervisor
internal import Inventory
internal import Planning

/// Makes the moves of a lab on simulated hardware by orders alone, with no journal and no doubts: each order is sent when the
/// one before it has been answered. No move waits for its turn.
package struct OrderPlay {
  /// What one move waits for, and what it did.
  private struct Course {
    let request: MoveRequest
    let source: String
    var order: Order
    var played = PlayedMove()
    var passes = 0
    var stoppedAt: Instant?
    var throttle = 0
    /// Whether the files are the copies already, and logs are being committed into them.
    var isReopened = false
    /// What the last pass copied.
    var lastMiB = 0.0

    var movesMemory: Bool { request.kind != .storage }
    var movesDisks: Bool { request.kind != .live }
    var target: String { request.host ?? source }
  }

  private let lab: MovesLab
  private let settings: MigrationSettings
  private let simulator: Simulator
  private var courses: [Course] = []
  private var lastOrder = 0

  private init(_ lab: MovesLab) {
    self.lab = lab
    settings = lab.cluster.clusters.first?.migration ?? MigrationSettings()
    simulator = Simulator(lab.cluster, start: MovesLab.start)
  }

  /// - Returns: what each move took, in the order of the moves.
  /// - Throws: `failed` where the checker objects, or an order ends otherwise than it should.
  package static func run(_ lab: MovesLab) throws -> [PlayedMove] {
    var play = OrderPlay(lab)
    for (at, request) in lab.moves {
      try play.run(until: MovesLab.start.adding(seconds: at))
      play.begin(request)
    }
    try play.run(until: MovesLab.start.adding(seconds: 1e8))
    guard play.simulator.objections.isEmpty else {
      throw YadokariError(.failed, "seed \(lab.seed): \(play.simulator.objections[0])")
    }
    return play.courses.map(\.played)
  }

  private mutating func run(until moment: Instant) throws {
    while courses.contains(where: { $0.played.ends == nil }) || simulator.now < moment {
      guard let message = simulator.next(until: moment) else { return }
      guard case .answer(let order, let result) = message,
        let index = courses.firstIndex(where: { $0.order.number == order && $0.played.ends == nil })
      else { continue }
      try goOn(index, result)
    }
  }

  private mutating func begin(_ request: MoveRequest) {
    let source = lab.cluster.vms.first { $0.name == request.vm }?.host ?? ""
    let places = request.kind == .live ? [:] : request.disks
    let first: Order.Action = places.isEmpty ? .prepare(source: source) : .createDisks(to: places)
    let host = places.isEmpty ? request.host ?? source : source
    lastOrder += 1
    let order = Order(number: lastOrder, epoch: 1, host: host, vm: request.vm, action: first)
    var course = Course(request: request, source: source, order: order)
    course.played.begins = simulator.now
    courses.append(course)
    simulator.send(order)
  }

  private mutating func order(_ action: Order.Action, _ index: Int, at target: Bool = false) {
    lastOrder += 1
    let course = courses[index]
    let host = target ? course.target : course.source
    courses[index].order = Order(number: lastOrder, epoch: 1, host: host, vm: course.request.vm, action: action)
    simulator.send(courses[index].order)
  }

  /// The next order after an answer.
  private mutating func goOn(_ index: Int, _ result: Message.Result) throws {
    let course = courses[index]
    let isCommitting = course.request.way == .redoLog && course.movesDisks
    switch (course.order.action, result) {
    case (.createDisks, .done):
      let firsts: [RelocationWay: Order.Action] = [
        .mirror: .mirror, .changedBlocks: .diskPass, .redoLog: .freezeBase(logDatastore: nil),
      ]
      order(firsts[course.request.way] ?? .mirror, index)
    case (.freezeBase, .done): order(.copyBase, index)
    case (.mirror, .copied(let pass)):
      note(pass, index)
      if course.movesMemory { order(.prepare(source: course.source), index, at: true) } else { order(.stop, index) }
    case (.prepare, .done):
      courses[index].passes = 0
      order(.copyPass(target: course.target), index)
    case (.copyPass, .copied(let pass)):
      note(pass, index)
      let limit = settings.downtimeLimitMilliseconds / 1000
      let isSmall = pass.seconds > 0 ? pass.dirtyMiB < pass.mib / pass.seconds * limit : pass.dirtyMiB == 0
      passEnded(isSmall || pass.dirtyMiB == 0, pass.dirtyMiB, index)
    case (.diskPass, .copied(let pass)), (.commitLog, .copied(let pass)):
      note(pass, index)
      passEnded(pass.dirtyMiB <= settings.storageThresholdMiB, pass.dirtyMiB, index)
    case (.copyBase, .copied(let pass)):
      note(pass, index)
      order(.stop, index)
    case (.throttle, .done): order(passOrder(courses[index]), index)
    case (.stop, .done):
      courses[index].stoppedAt = simulator.now
      if course.movesMemory {
        order(.copyRest(target: course.target), index)
      } else if course.request.way == .changedBlocks {
        order(.diskRest, index)
      } else {
        order(course.isReopened ? .lastCommit : .openDisks, index)
      }
    case (.copyRest, .copied(let rest)):
      courses[index].played.copiedMiB += rest.mib
      order(course.movesDisks ? .openDisks : .resume, index, at: true)
    case (.diskRest, .copied(let rest)), (.lastCommit, .copied(let rest)):
      courses[index].played.copiedMiB += rest.mib
      order(isCommitting ? .resume : .openDisks, index)
    case (.openDisks, .done): order(.resume, index, at: course.movesMemory)
    case (.resume, .done):
      courses[index].played.downtimeSeconds += simulator.now.seconds(since: course.stoppedAt ?? simulator.now)
      if isCommitting, !course.isReopened { return reopened(index) }
      order(course.movesMemory ? .destroy : .removeDisks(from: oldPlaces(course)), index)
    case (.destroy, .done) where course.movesDisks: order(.removeDisks(from: oldPlaces(course)), index)
    case (.removeDisks, .done), (.destroy, .done): end(index, .completed)
    default:
      throw YadokariError(.failed, "seed \(lab.seed): \(course.order) ended with \(result)")
    }
  }

  private mutating func note(_ pass: Copied, _ index: Int) {
    courses[index].passes += 1
    courses[index].lastMiB = pass.mib
    courses[index].played.passes += 1
    courses[index].played.copiedMiB += pass.mib
    courses[index].played.mirroredMiB += pass.mirroredMiB
  }

  private mutating func reopened(_ index: Int) {
    courses[index].isReopened = true
    let written = simulator.disks(of: courses[index].request.vm).reduce(0) { $0 + $1.restMiB }
    passEnded(written <= settings.storageThresholdMiB, written, index)
  }

  private func passOrder(_ course: Course) -> Order.Action {
    if course.movesMemory { return .copyPass(target: course.target) }
    return course.request.way == .redoLog ? .commitLog : .diskPass
  }

  /// What the engine does after a pass.
  private mutating func passEnded(_ isSmall: Bool, _ restMiB: Double, _ index: Int) {
    let course = courses[index]
    if isSmall { return order(.stop, index) }
    if course.passes < settings.maxPasses, restMiB < course.lastMiB || course.passes == 1 {
      return order(passOrder(course), index)
    }
    switch settings.notConverging {
    case .force: order(.stop, index)
    case .throttle where course.throttle < 99 && course.passes < 2 * settings.maxPasses:
      let throttle = course.throttle == 0 ? 20 : min(99, course.throttle + 10)
      courses[index].throttle = throttle
      order(.throttle(percent: throttle), index)
    case .throttle, .abort: end(index, .givenUp)
    }
  }

  private mutating func end(_ index: Int, _ ending: MoveForecast.Ending) {
    (courses[index].played.ends, courses[index].played.ending) = (simulator.now, ending)
  }

  private func oldPlaces(_ course: Course) -> [Int: String] {
    let disks = lab.cluster.vms.first { $0.name == course.request.vm }?.disks ?? []
    return Dictionary(disks.enumerated().map { ($0, $1.datastore) }, uniquingKeysWith: { first, _ in first })
  }
}
