internal import Foundation

/// A text that equals another only byte for byte.
///
/// Swift's own equality holds two spellings of one letter for the same; the database and the hash do not.
struct ExactText: Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: ExactText, right: ExactText) -> Bool { left.text.hasSameBytes(as: right.text) }

  func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }
}

extension String {
  // Byte by byte through an iterator these were a twentieth of an append: texts lie in one piece nearly always.

  func hasSameBytes(as other: String) -> Bool {
    let isSame = utf8.withContiguousStorageIfAvailable { left in
      other.utf8.withContiguousStorageIfAvailable { right in
        guard let here = left.baseAddress, let there = right.baseAddress else { return left.count == right.count }
        return left.count == right.count && memcmp(here, there, left.count) == 0
      }
    }
    return (isSame ?? nil) ?? utf8.elementsEqual(other.utf8)
  }

  func hashBytes(into hasher: inout Hasher) {
    if utf8.withContiguousStorageIfAvailable({ hasher.combine(bytes: UnsafeRawBufferPointer($0)) }) != nil { return }
    for byte in utf8 { hasher.combine(byte) }
  }
}
