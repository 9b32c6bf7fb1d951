package import Inventory

/// The bytes of an event that its hash is taken over; docs/ledger.md describes them so that other programs can make them.
///
/// Each field is one byte of kind and then its value, all numbers big-endian: 0 for nothing, 1 and an integer of eight
/// bytes, 2 and a text (length in four bytes, UTF-8), 3 and an object as four texts: source, kind, foreign id, name.
package struct CanonicalBytes {
  package private(set) var bytes: [UInt8] = []

  package init() { bytes.reserveCapacity(1024) }

  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  package mutating func append(_ number: Int64?) {
    guard let number else {
      bytes.append(0)
      return
    }
    bytes.append(1)
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }

  package mutating func append(_ text: String?) {
    guard let text else {
      bytes.append(0)
      return
    }
    if text.utf8.withContiguousStorageIfAvailable({ append(utf8: $0) }) != nil { return }
    append(utf8Bytes: Array(text.utf8))
  }

  /// A text by its bytes.
  package mutating func append(utf8: UnsafeBufferPointer<UInt8>) {
    bytes.append(2)
    append(counted: utf8)
  }

  mutating func append(utf8Bytes: [UInt8]?) {
    if let utf8Bytes { utf8Bytes.withUnsafeBufferPointer { append(utf8: $0) } } else { bytes.append(0) }
  }

  /// A detail as one text, its parts put together as `DetailText.whole` does it.
  mutating func append(_ detail: DetailText) {
    guard let foreign = detail.foreign else { return append(detail.own) }
    bytes.append(2)
    appendCount((detail.own?.utf8.count ?? 1) + 11 + foreign.utf8.count)
    if let own = detail.own {
      bytes.append(contentsOf: own.utf8.dropLast())
      bytes.append(UInt8(ascii: ","))
    } else {
      bytes.append(UInt8(ascii: "{"))
    }
    bytes.append(contentsOf: #""foreign":"#.utf8)
    bytes.append(contentsOf: foreign.utf8)
    bytes.append(UInt8(ascii: "}"))
  }

  /// An object, by the bytes that `encode` made of it.
  package mutating func append(encodedObject: [UInt8]?) {
    if let encodedObject { bytes.append(contentsOf: encodedObject) } else { bytes.append(0) }
  }

  /// An object as the canonical bytes hold it.
  package static func encode(_ reference: ObjectReference, source: String) -> [UInt8] {
    encode([source, reference.kind.rawValue, reference.foreignID, reference.name].map { Array($0.utf8) })
  }

  /// The same by the bytes of its four texts.
  static func encode(_ texts: [[UInt8]]) -> [UInt8] {
    var canonical = CanonicalBytes()
    canonical.bytes.append(3)
    for text in texts { text.withUnsafeBufferPointer { canonical.append(counted: $0) } }
    return canonical.bytes
  }

  private mutating func append(counted utf8: UnsafeBufferPointer<UInt8>) {
    appendCount(utf8.count)
    bytes.append(contentsOf: utf8)
  }

  private mutating func appendCount(_ count: Int) {
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: count).bigEndian) { bytes.append(contentsOf: $0) }
  }
}
