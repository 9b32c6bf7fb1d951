/// Bytes of bound texts and blobs, kept in one buffer for as long as their statement needs them.
///
/// SQLite may then read them in place (STATIC) instead of making a copy of each. Statements are lent in nested closures,
/// so the buffer is a stack: whoever binds remembers the height before and goes back to it after.
struct BindBuffer: ~Copyable {
  private let base: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  /// How many bytes are in use: the height to go back to.
  private(set) var height = 0

  init(capacity: Int = 1 << 18) {
    base = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  deinit { base.deallocate() }

  /// A copy of the bytes that stays valid until the height sinks below it; nil where they do not fit.
  mutating func push(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeMutablePointer<UInt8>? {
    guard bytes.count <= capacity - height else { return nil }
    let place = base + height
    if let start = bytes.baseAddress { place.update(from: start, count: bytes.count) }
    height += bytes.count
    return place
  }

  mutating func sink(to earlier: Int) { height = earlier }
}
