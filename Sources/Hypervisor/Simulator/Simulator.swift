package import Inventory

/// The built-in hypervisor: hosts, their links, the VMs on them and what befalls them, played in simulated time.
///
/// It has its own truth, which no message need tell: which host really ran a VM, and when. Everything it does follows from
/// the cluster, what befalls it and the orders it gets: the same ones give the same play.
package final class Simulator: Driver {
  /// What is to happen in the hardware.
  enum Happening: Sendable {
    case transferEnds(Int, version: Int)
    /// A copy that was told to run does so.
    case runs(vm: Int, token: Int, order: Order?)
    case arrives(Order)
    case befalls(TimelineAction)
    case boots(host: Int, turn: Int)
    case isMissed(host: Int, turn: Int)
    /// More is written into a log than there is room for in its file.
    case logFills(vm: Int, disk: Int, version: Int)
    /// The VM's files become the copies.
    case opensDisks(Order, vm: Int, host: Int)
    /// A file of an upgrade of virtual hardware is written.
    case writesHardware(Order, vm: Int, token: Int)
    case installsTools(Order, vm: Int, token: Int)
  }

  /// A copy of memory under way.
  struct MemoryTransfer {
    let order: Order
    let vm: Int
    let source: Int
    let target: Int
    let mib: Double
    let began: Instant
    let isRest: Bool
  }

  package let abilities: Abilities
  package internal(set) var now: Instant
  /// When copies of VMs really ran, in the order in which they began.
  package internal(set) var stints: [Stint] = []
  /// What must never be and was: two running copies, a host over its memory, a datastore over its capacity, the only
  /// complete copy of a disk removed.
  package internal(set) var objections: [String] = []
  /// Happenings so far.
  package private(set) var steps = 0
  /// Called when an order has reached its host, before anything is done; the record of the hardware listens. Where it
  /// throws, the order is not carried out: what was done could not be told.
  package var onArrival: ((Order) throws -> Void)?
  /// Why the record of the hardware cannot go on; nil where it can.
  package internal(set) var recordFailure: (any Error)?
  /// Called when an order was carried out, with how many were sent before its own.
  package var onCarriedOut: ((Int) -> Void)?

  let guests: [VirtualMachine]
  /// What a hand-over to each host takes besides copying.
  let switchSeconds: [Double]
  let hostNumbers: [String: Int]
  let guestNumbers: [String: Int]
  var hosts: [HostMachine]
  /// The copies of each VM; at most one on a host.
  var copies: [[GuestCopy]]
  var locks: [DiskLock]
  var field: TransferField
  var transfers: [Int: MemoryTransfer] = [:]
  var storage: SimulatedStorage
  /// The virtual hardware of each VM.
  var hardware: [GuestHardware]
  /// The copying of disks under way, by VM.
  var diskJobs: [Int: DiskJob] = [:]
  /// Its parts, by their numbers in the field.
  var diskTransfers: [Int: DiskTransfer] = [:]
  var queue = EventQueue<Happening>()
  private var outbox: [Message] = []
  private var outboxStart = 0
  private var lastToken = 0
  /// Whether nobody reaches the hosts, nor hears them.
  package var isCutOff = false
  private let faults: OrderFaults
  private var sent = 0
  /// Numbers of orders whose answers get lost.
  private var lostAnswers: Set<Int> = []

  /// - Parameters:
  ///   - cluster: as it is at `start`.
  ///   - timeline: what befalls the hardware; what people ask for in it is for others.
  package init(
    _ cluster: ClusterSnapshot, timeline: [TimelineEntry] = [], start: Instant, faults: OrderFaults = OrderFaults(),
    abilities: Abilities = Abilities(refusesOldEpochs: true, locksDisks: true)
  ) {
    (self.abilities, self.faults, now) = (abilities, faults, start)
    guests = cluster.vms
    let settings = Dictionary(cluster.clusters.map { ($0.name, $0.migration) }, uniquingKeysWith: { first, _ in first })
    switchSeconds = cluster.hosts.map { (settings[$0.cluster]?.switchMilliseconds ?? 0) / 1000 }
    hostNumbers = Dictionary(cluster.hosts.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    guestNumbers = Dictionary(cluster.vms.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    hosts = cluster.hosts.map { host in
      HostMachine(name: host.name, memoryMiB: host.memoryMiB - host.nodeMemoryMiB, hasPower: host.isConnected)
    }
    storage = SimulatedStorage(cluster)
    let products = Dictionary(cluster.hosts.map { ($0.name, $0.product) }, uniquingKeysWith: { first, _ in first })
    hardware = cluster.vms.map {
      GuestHardware(version: $0.hardware, product: products[$0.host] ?? "", disks: $0.disks.count)
    }
    // Each host has a link out and a link in; each datastore one for what is read, written and committed.
    field = TransferField(
      capacities: cluster.hosts.flatMap { [$0.linkMiBPerSecond, $0.linkMiBPerSecond] } + storage.speeds)
    copies = Array(repeating: [], count: cluster.vms.count)
    locks = Array(repeating: DiskLock(), count: cluster.vms.count)
    for (number, vm) in cluster.vms.enumerated() where vm.power == .on && !vm.isTemplate {
      guard let host = hostNumbers[vm.host], hosts[host].hasPower else { continue }
      addCopy(of: number, on: host, state: .starting, isWhole: true)
      run(number, on: host)
    }
    for volume in storage.volumes.indices { checkSpace(of: volume) }
    for entry in timeline where entry.action.isOfHardware {
      queue.add(.befalls(entry.action), at: start.adding(seconds: entry.at))
    }
  }

  // MARK: Driver

  package func connect() {
    forgetMessages()
    for host in hosts.indices {
      hosts[host].isKnownLost = !hosts[host].answers
      say(hosts[host].answers ? .hostFound(hosts[host].name) : .hostLost(hosts[host].name))
    }
  }

  package func inventory(of host: String) -> (running: [String], others: [String])? {
    guard let number = hostNumbers[host], hosts[number].answers else { return nil }
    var (running, others): ([String], [String]) = ([], [])
    for (vm, all) in copies.enumerated() {
      guard let copy = all.first(where: { $0.host == number }) else { continue }
      if copy.state == .running { running.append(guests[vm].name) } else { others.append(guests[vm].name) }
    }
    return (running, others)
  }

  package func send(_ order: Order) {
    sent += 1
    if isCutOff { return }
    if faults.loseAnswer == sent { lostAnswers.insert(order.number) }
    if faults.lateOrder == sent {
      queue.add(.arrives(order), at: now.adding(seconds: Self.lateness))
      return
    }
    arrive(order)
    if faults.repeatOrder == sent { arrive(order) }
    onCarriedOut?(sent)
  }

  package func next(until deadline: Instant) -> Message? {
    while outboxStart == outbox.count {
      guard step(until: deadline) else { return nil }
    }
    let message = outbox[outboxStart]
    outboxStart += 1
    if outboxStart == outbox.count {
      outbox.removeAll(keepingCapacity: true)
      outboxStart = 0
    }
    return message
  }

  /// Seconds by which a late order is late.
  static let lateness = 30.0

  /// Templates never run, whatever their power is said to be.
  package func isTemplate(_ vm: String) -> Bool { guestNumbers[vm].map { guests[$0].isTemplate } ?? false }

  // MARK: Time

  /// Lets the next thing happen, unless it is later than `deadline`: then time goes on until there.
  package func step(until deadline: Instant) -> Bool {
    guard let first = queue.first, first.at <= deadline, let entry = queue.removeFirst() else {
      now = max(now, deadline)
      return false
    }
    now = max(now, entry.at)
    // Orders come from outside: they are no steps of the hardware, whenever they arrive.
    if case .arrives = entry.happening {} else { steps += 1 }
    happen(entry.happening)
    return true
  }

  /// Lets time go on with nobody there: what hosts say is heard by nobody.
  package func run(until moment: Instant) {
    while step(until: moment) {}
    forgetMessages()
  }

  /// Drops what nobody heard.
  package func forgetMessages() {
    outbox.removeAll()
    outboxStart = 0
  }

  private func happen(_ happening: Happening) {
    switch happening {
    case .transferEnds(let transfer, let version): if field.ends(transfer, version: version) { finish(transfer) }
    case .runs(let vm, let token, let order): begin(vm, token: token, order: order)
    case .arrives(let order): arrive(order)
    case .befalls(let action): befall(action)
    case .boots(let host, let turn): boot(host, turn: turn)
    case .isMissed(let host, let turn): miss(host, turn: turn)
    case .logFills(let vm, let disk, let version): growLog(of: vm, disk, version: version)
    case .opensDisks(let order, let vm, let host): openDisks(order, vm, host)
    case .writesHardware(let order, let vm, let token): hardwareFileIsWritten(order, vm, token: token)
    case .installsTools(let order, let vm, let token): toolsAreInstalled(order, vm, token: token)
    }
  }

  func say(_ message: Message) {
    if case .answer(let order, _) = message, lostAnswers.remove(order) != nil { return }
    outbox.append(message)
  }

  func nextToken() -> Int {
    lastToken += 1
    return lastToken
  }
}
