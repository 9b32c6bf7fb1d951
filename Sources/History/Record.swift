package import Inventory

/// An event as history is made from it: objects by number, and the facts of its detail.
package struct Record: Sendable {
  package var seq: Int64
  package var at: Instant
  package let type: EventType
  package var foreignType: String? { didSet { meaning = Self.meaning(of: type, foreignType) } }
  /// Name of the source; with key and time it gives the order.
  package var source: String
  package var foreignKey: String?
  package var cluster: ObjectID?
  package var host: ObjectID?
  package var vm: ObjectID?
  package var datastore: ObjectID?
  package var otherHost: ObjectID?
  package var otherDatastore: ObjectID?
  package var actor: String?
  package var reason: String?
  package var message: String?
  /// The number of the name under which the record knows its subject.
  package var nameID: Int64?
  package var facts: Facts

  /// What the source's type proves, where we have none of our own for it. Looked up once: histories ask for it four times.
  package private(set) var meaning: ForeignMeaning?

  /// Whether HA says that it did not restart the VM, and not of which host: then any failure of its cluster may be meant.
  package var isFailoverWithoutHost: Bool { (type == .vmNotProtected || type == .vmRestartFailed) && host == nil }

  package init(
    seq: Int64, at: Instant, type: EventType, foreignType: String? = nil, source: String, facts: Facts = Facts()
  ) {
    self.seq = seq
    self.at = at
    self.type = type
    self.foreignType = foreignType
    meaning = Self.meaning(of: type, foreignType)
    self.source = source
    self.facts = facts
  }

  private static func meaning(of type: EventType, _ foreignType: String?) -> ForeignMeaning? {
    type == .foreignOther ? ForeignMeaning(foreignType) : nil
  }
}

extension Record {
  /// The order of happening: time, source, foreign key (as numbers where both are), and our own number last. What has no
  /// key we did ourselves, and knew then what the others tell: it comes after them. It is never the order of import: two
  /// orders of import give one history.
  package struct Order: Sendable, Comparable {
    /// The time of the record.
    package let at: Instant
    let source: String
    let foreignKey: String?
    let seq: Int64

    /// The place in the order of a record with these values.
    package init(at: Instant, source: String, foreignKey: String?, seq: Int64) {
      self.at = at
      self.source = source
      self.foreignKey = foreignKey
      self.seq = seq
    }

    package static func < (left: Order, right: Order) -> Bool {
      if left.at != right.at { return left.at < right.at }
      if left.source != right.source { return left.source < right.source }
      if left.foreignKey != right.foreignKey {
        guard let leftKey = left.foreignKey, let rightKey = right.foreignKey else { return left.foreignKey != nil }
        switch (Int64(leftKey), Int64(rightKey)) {
        case (let leftNumber?, let rightNumber?) where leftNumber != rightNumber: return leftNumber < rightNumber
        // Numbers before other keys, so that the order is one for all three of them.
        case (_?, nil): return true
        case (nil, _?): return false
        default: return leftKey < rightKey
        }
      }
      return left.seq < right.seq
    }
  }

  /// Where the record stands in that order.
  package var order: Order { Order(at: at, source: source, foreignKey: foreignKey, seq: seq) }
}

extension Record: Comparable {
  package static func < (left: Record, right: Record) -> Bool { left.order < right.order }

  package static func == (left: Record, right: Record) -> Bool { left.seq == right.seq }
}
