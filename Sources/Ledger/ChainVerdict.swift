/// What `event verify` found.
package struct ChainVerdict: Sendable {
  /// How many events were read and are right.
  package var verified: Int64
  package var head: ChainHead
  /// The first event that is wrong, and how; nil where the whole chain holds.
  package var firstBad: (seq: Int64, problem: String)?
  /// Whether the hash that was asked for occurs in the chain; nil where none was.
  package var containsHead: Bool?
}
