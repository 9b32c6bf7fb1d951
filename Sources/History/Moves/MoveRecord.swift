package import Inventory

/// An event as moves are joined from it.
package struct MoveRecord: Sendable {
  package let seq: Int64
  package var at: Instant
  package let type: EventType
  /// The source's own type in lower case, without its prefix; nil for our own events.
  package let foreignType: String?
  package let source: String
  package var foreignKey: String?
  package var chain: String?
  package let vm: ObjectID
  package var cluster: ObjectID?
  package var host: ObjectID?
  package var otherHost: ObjectID?
  package var datastore: ObjectID?
  package var otherDatastore: ObjectID?
  /// Number of the request that the event belongs to.
  package var migration: Int64?
  package var actor: String?
  package var reason: String?
  package var detail: MoveDetail?
  /// Its objects were read from the text of a message.
  package var isText = false
  /// Its time is known to the second.
  package var hasWholeSeconds = false

  package init(seq: Int64, at: Instant, type: EventType, foreignType: String? = nil, source: String, vm: ObjectID) {
    (self.seq, self.at, self.type, self.source, self.vm) = (seq, at, type, source, vm)
    guard var name = foreignType?.lowercased() else {
      self.foreignType = nil
      return
    }
    if name.hasPrefix("vim.event.") { name.removeFirst("vim.event.".count) }
    self.foreignType = name
  }

  /// The types that moves are made from.
  package static let types: [EventType] = [
    .migrationRequested, .migrationRefused, .migrationStarted, .migrationPhase, .migrationCompleted, .migrationFailed,
    .migrationCancelled, .migrationRolledBack, .migrationParked, .vmRestarted, .vmRestartFailed,
  ]

  /// Whether it comes first in the order of happening.
  func happened(before other: MoveRecord) -> Bool { at == other.at ? order < other.order : at < other.at }

  private var order: Record.Order { Record.Order(at: at, source: source, foreignKey: foreignKey, seq: seq) }

  /// Whether the source numbered the operation, and began it with another record than this.
  var hasChain: Bool { chain != nil && chain != foreignKey }

  /// The VM ran when the move began.
  var isHotStart: Bool { foreignType == "vmbeinghotmigratedevent" }

  /// What set the move off, as far as the source's type shows it.
  var trigger: Move.Trigger? {
    switch type {
    case .vmRestarted, .vmRestartFailed: .ha
    case .migrationCompleted where foreignType == "drsvmmigratedevent": .drs
    case .migrationCompleted where foreignType != nil: .user
    default: nil
    }
  }

  /// The moment, as exactly as it is known.
  var moment: Instant { hasWholeSeconds ? at.inWholeSeconds : at }
}
