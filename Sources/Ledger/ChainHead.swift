/// Where the chain ends.
package struct ChainHead: Sendable, Equatable {
  /// Zero in an empty ledger.
  package let seq: Int64
  package let hash: ChainHash

  package init(seq: Int64, hash: ChainHash) {
    self.seq = seq
    self.hash = hash
  }
}
