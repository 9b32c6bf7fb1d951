/// What `event verify` found.
package struct ChainVerdict: Sendable, Equatable {
  /// How many events were read and are right.
  package var verified: Int64
  package var head: ChainHead
  /// The first event that is wrong, and how; nil where the whole chain holds.
  package var firstBad: (seq: Int64, problem: String)?
  /// Whether the hash that was asked for occurs in the chain; nil where none was.
  package var containsHead: Bool?

  package static func == (left: ChainVerdict, right: ChainVerdict) -> Bool {
    left.verified == right.verified && left.head == right.head && left.firstBad?.seq == right.firstBad?.seq
      && left.containsHead == right.containsHead
  }
}
