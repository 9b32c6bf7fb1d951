internal import Hypervisor
package import Inventory

/// A live migration: a VM moves between hosts while it runs. Its memory is copied in passes; then it stands still for a
/// moment, the rest is copied, and the target's copy runs on.
///
/// The value is all that the engine knows of it. Everything that counts is in the journal, the events of the migration; what
/// is not (the order that is awaited, the answers of an inquiry) is asked for anew after a crash.
package struct LiveMigration: Sendable, Equatable {
  /// How far it has come, in the words of the journal.
  package enum Phase: String, Sendable, Equatable {
    case queued, prepare, precopy, stopped, commit, running
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

  /// What is being done to end it.
  struct Conclusion: Sendable, Equatable {
    var orders: [Order.Action]
    let ending: Ending
    let why: String
  }

  struct Awaited: Sendable, Equatable {
    let order: Order
    let deadline: Instant
  }

  /// Number of its request.
  package let id: Int64
  package let vm: ObjectReference
  package let source: ObjectReference
  package let target: ObjectReference
  package let settings: MigrationSettings
  /// Of the slower of its two links, MiB/s.
  let linkMiBPerSecond: Double
  let memoryMiB: Double

  package internal(set) var phase = Phase.queued
  package internal(set) var ending: Ending?
  /// Passes so far, and all that was copied, MiB.
  package internal(set) var passes = 0
  package internal(set) var copiedMiB = 0.0
  package internal(set) var begunAt: Instant?
  package internal(set) var stoppedAt: Instant?
  package internal(set) var resumedAt: Instant?
  /// By how much the guest is slowed, percent.
  var throttle = 0
  var awaited: [Awaited] = []
  var inquiry: Inquiry?
  var inquiries = 0
  var conclusion: Conclusion?
  /// Whether a person asked for its end, and who.
  var cancelledBy: String?

  package init(
    id: Int64, vm: ObjectReference, source: ObjectReference, target: ObjectReference, memoryMiB: Double,
    linkMiBPerSecond: Double, settings: MigrationSettings
  ) {
    (self.id, self.vm, self.source, self.target) = (id, vm, source, target)
    (self.memoryMiB, self.linkMiBPerSecond, self.settings) = (memoryMiB, linkMiBPerSecond, settings)
  }

  /// As people who watch call it.
  var subject: String { "\(vm.name) (migration \(id))" }

  /// Whether it is over, or left to a person.
  package var isOver: Bool { ending != nil }

  /// Whether it has left the queue and takes part of its hosts' links.
  package var isUnderWay: Bool { phase != .queued && !isOver }

  /// When something has to be done although nobody said anything.
  package var deadline: Instant? {
    let deadlines = awaited.map(\.deadline) + [inquiry?.nextTry].compactMap { $0 }
    return deadlines.min()
  }

  // MARK: Limits

  /// How long a host may take to answer an order that copies nothing, seconds.
  static let answerSeconds = 20.0
  /// How long until hosts are asked again that did not help.
  static let retrySeconds = 10.0
  /// How long a migration in doubt waits for hosts before it is left to a person.
  static let patienceSeconds = 900.0
  /// How many doubts one migration may have.
  static let maxInquiries = 20
}
