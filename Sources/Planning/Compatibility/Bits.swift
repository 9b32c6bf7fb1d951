/// A set of small numbers, for comparisons that are made very often.
struct Bits: Sendable, Equatable {
  private var words: [UInt64] = []

  mutating func insert(_ number: Int) {
    while words.count <= number >> 6 { words.append(0) }
    words[number >> 6] |= 1 << UInt64(number & 63)
  }

  func contains(_ number: Int) -> Bool {
    number >> 6 < words.count && words[number >> 6] & 1 << UInt64(number & 63) != 0
  }

  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  func isSubset(of other: Bits) -> Bool {
    for (index, word) in words.enumerated() {
      if word & ~(index < other.words.count ? other.words[index] : 0) != 0 { return false }
    }
    return true
  }

  /// What is in this set and not in the other, in rising order.
  func subtracting(_ other: Bits) -> [Int] {
    (0..<(words.count << 6)).filter { contains($0) && !other.contains($0) }
  }
}
