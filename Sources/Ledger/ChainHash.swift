internal import Crypto

/// A link of the chain: SHA-256 over the link before it and the canonical bytes of the event.
package struct ChainHash: Sendable, Equatable {
  /// 32 bytes.
  package let bytes: [UInt8]

  package init(bytes: [UInt8]) { self.bytes = bytes }

  /// What stands before the first event: 32 zero bytes.
  package static let origin = ChainHash(bytes: [UInt8](repeating: 0, count: 32))

  package func next(_ canonical: CanonicalBytes) -> ChainHash {
    var hash = SHA256()
    bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    canonical.bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    // As a sequence the digest would be copied byte by byte.
    return ChainHash(bytes: hash.finalize().withUnsafeBytes { Array($0) })
  }
}
