internal import Hypervisor
package import Inventory
package import Planning

/// The move of a VM: to another host, to other datastores, or both.
///
/// The value is all that the engine knows of it. Everything that counts is in the journal, the events of the migration; what
/// is not (the order that is awaited, the answers of an inquiry) is asked for anew after a crash.
package struct Migration: Sendable {
  /// How far it has come, in the words of the journal.
  package enum Phase: String, Sendable, Equatable {
    case queued
    /// The target makes room for the memory.
    case prepare
    /// Files are made for the copies of the disks.
    case create
    /// Logs begin to take what the guest writes.
    case freeze
    /// The disks are copied.
    case copy
    /// The memory is copied while the guest runs.
    case precopy
    /// The guest stands still.
    case stopped
    /// From here on the target may run.
    case commit
    /// The target runs it.
    case running
    /// From here on the VM's files may be the copies.
    case switchFiles = "switch"
    /// The VM's files are the copies.
    case opened
    /// What the logs hold goes into the copies.
    case merge
    /// The same while the guest stands still.
    case lastMerge = "last_merge"
    /// No log is left.
    case merged
    /// The copies of the disks are given up.
    case rollback
  }

  /// How it ended.
  package enum Ending: String, Sendable, Equatable {
    case completed, failed, cancelled
    case rolledBack = "rolled_back"
    case parked
  }

  /// What is asked of the hosts while the migration is in doubt.
  struct Inquiry: Sendable, Equatable {
    let why: String
    let begun: Instant
    var source: CopyReport?
    var target: CopyReport?
    var sourceTruth: Truth?
    var targetTruth: Truth?
    /// When to ask again, where nothing could be done.
    var nextTry: Instant?
  }

  /// An order that is part of an end.
  struct Task: Sendable, Equatable {
    let action: Order.Action
    let host: ObjectReference
  }

  /// What is being done to end it.
  struct Conclusion: Sendable, Equatable {
    var tasks: [Task]
    let ending: Ending
    var why: String
  }

  struct Awaited: Sendable, Equatable {
    let order: Order
    let sent: Instant
    let deadline: Instant
    /// How often it was ordered before, while nobody knows what became of that.
    let repeats: Int
  }

  /// Number of its request.
  package let id: Int64
  package let kind: MoveKind
  package let vm: ObjectReference
  package let source: ObjectReference
  /// The source where it stays on its host.
  package let target: ObjectReference
  /// What becomes of its files; nil where they stay.
  package let files: FileMove?
  package let priority: MovePriority
  package let settings: MigrationSettings
  /// Of the slower of its two links, MiB/s.
  let linkMiBPerSecond: Double
  let memoryMiB: Double

  package internal(set) var phase = Phase.queued
  package internal(set) var ending: Ending?
  /// Passes so far, and all that was copied, MiB.
  package internal(set) var passes = 0
  package internal(set) var copiedMiB = 0.0
  package internal(set) var requestedAt: Instant?
  package internal(set) var begunAt: Instant?
  /// Since when it stands still for the migration; nil while it does not.
  package internal(set) var stoppedAt: Instant?
  /// For how long it stood still before, seconds; unknown once it was found to have gone on, or to stand still.
  package internal(set) var standstill = 0.0
  var isStandstillKnown = true
  /// What was copied while nobody listened is not known.
  var isCopyKnown = true
  /// What is left to be copied, MiB, as of the last pass; nil where nothing is known.
  var leftMiB: Double?
  /// Whether the target was told to run it and said that it cannot.
  var targetCannotRun = false
  /// Hosts whose answer is all that it waits for: when one answers, it is taken up again.
  var waitsFor: [String] = []
  /// Whose files are left over when it ends, since it does not answer.
  var leftOn: ObjectReference?
  /// Whether the VM is on, as far as is known.
  var isOn: Bool
  /// Whether the target runs it, or did.
  var hasArrived = false
  /// Whether its files are the copies.
  var hasOpened = false
  /// Whether logs take what the guest writes, and since when.
  var hasLogs = false
  var frozenAt: Instant?
  /// Whether the guest stands still because there is no space for what it writes.
  var lacksSpace = false
  /// Passes over the same thing: memory, disks or logs.
  var passesInPhase = 0
  /// By how much the guest is slowed, percent.
  var throttle = 0
  var awaited: [Awaited] = []
  var inquiry: Inquiry?
  /// What the last one found.
  var found: Inquiry?
  var inquiries = 0
  /// Why it was in doubt last.
  var lastDoubt: String?
  var conclusion: Conclusion?
  /// Why the copies of the disks are given up, once that is wanted.
  var reversal: String?
  var watch: SpaceWatch?
  /// Whether a person asked for its end, and who.
  var cancelledBy: String?

  /// - Parameter isOn: whether the VM runs, as far as is known.
  package init(
    id: Int64, _ kind: MoveKind, vm: ObjectReference, source: ObjectReference, target: ObjectReference,
    files: FileMove? = nil, priority: MovePriority = .normal, isOn: Bool, memoryMiB: Double, linkMiBPerSecond: Double,
    settings: MigrationSettings
  ) {
    (self.id, self.kind, self.vm, self.source, self.target) = (id, kind, vm, source, target)
    (self.files, self.priority, self.isOn) = (files, priority, isOn)
    (self.memoryMiB, self.linkMiBPerSecond, self.settings) = (memoryMiB, linkMiBPerSecond, settings)
  }

  /// As people who watch call it.
  var subject: String { "\(vm.name) (migration \(id))" }

  /// Whether it is over, or left to a person.
  package var isOver: Bool { ending != nil }

  /// Whether it has left the queue and takes part of its hosts' links.
  package var isUnderWay: Bool { phase != .queued && !isOver }

  /// Whether a running VM goes to another host.
  package var movesMemory: Bool { kind.needsRunning }

  /// Whether its memory is yet to be handed over, or was just now: two hosts have to be asked what is true.
  var concernsTwoHosts: Bool { movesMemory && !(kind == .upgrade && hasArrived && phase != .running) }

  /// The host that works on the disks: the old one, which runs the VM, unless it cannot see the new datastores.
  var worker: ObjectReference { kind == .upgrade ? target : source }

  /// Whether there is no way back to the old files: the VM has the copies, or its new host only reads the old ones.
  var isOneWay: Bool { hasOpened || kind == .upgrade && hasArrived }

  /// When something has to be done although nobody said anything.
  package var deadline: Instant? {
    let deadlines = awaited.map(\.deadline) + [inquiry?.nextTry, watch?.next].compactMap { $0 }
    return deadlines.min()
  }

  /// What was asked for; nil where nothing of it can be asked again.
  package var asRequest: MoveRequest? {
    guard phase == .queued else { return nil }
    var move = MoveRequest(kind, of: vm.name, to: kind.changesHost ? target.name : nil)
    if let files { (move.disks, move.way, move.logDatastore) = (files.places, files.way, files.logDatastore) }
    return move
  }

  // MARK: Limits

  /// How long a host may take to answer an order that copies nothing, seconds.
  static let answerSeconds = 20.0
  /// The same while the guest stands still.
  static let standstillSeconds = 5.0
  /// How long until hosts are asked again that did not help.
  static let retrySeconds = 10.0
  /// How long a migration in doubt waits for hosts before it is left to a person.
  static let patienceSeconds = 900.0
  /// How often a copy that does not end is ordered again, before it is in doubt.
  static let maxRepeats = 20
  /// How many doubts one migration may have.
  static let maxInquiries = 100
}
