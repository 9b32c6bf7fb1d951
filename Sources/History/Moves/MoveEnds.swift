package import Inventory

/// Between which places a move went; nil where that is not known.
package struct MoveEnds: Sendable, Equatable {
  package var from: ObjectID?
  package var to: ObjectID?
  package var fromDatastore: ObjectID?
  package var toDatastore: ObjectID?

  /// Nothing is known.
  package init() {}

  /// What a record says: in that of a completed move the host is the destination, in others the source.
  init(_ record: MoveRecord) {
    guard record.type == .migrationCompleted else {
      (from, to, fromDatastore, toDatastore) = (record.host, record.otherHost, record.datastore, record.otherDatastore)
      return
    }
    (from, to, fromDatastore, toDatastore) = (record.otherHost, record.host, record.otherDatastore, record.datastore)
    // One host as both ends is the source named twice, unless the datastore is another.
    if from != nil, from == to, !isStorage { (to, toDatastore) = (nil, nil) }
  }

  /// Whether the datastore changed, as far as is known.
  var isStorage: Bool { fromDatastore != nil && toDatastore != nil && fromDatastore != toDatastore }

  /// Whether nothing in one contradicts the other.
  func agree(with other: MoveEnds) -> Bool {
    func agree(_ left: ObjectID?, _ right: ObjectID?) -> Bool { left == nil || right == nil || left == right }
    return agree(from, other.from) && agree(to, other.to) && agree(toDatastore, other.toDatastore)
  }

  /// Takes over what another record of the same move knows.
  mutating func complete(with other: MoveEnds) {
    from = from ?? other.from
    to = to ?? other.to
    fromDatastore = fromDatastore ?? other.fromDatastore
    toDatastore = toDatastore ?? other.toDatastore
  }
}
