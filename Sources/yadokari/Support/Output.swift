internal import Foundation
internal import Inventory

/// Standard output, or a file, written in large pieces.
final class Output {
  private var buffer: [UInt8] = []
  private let handle: FileHandle

  init(to handle: FileHandle = .standardOutput) { self.handle = handle }

  func write(_ text: String) throws {
    buffer.append(contentsOf: text.utf8)
    if buffer.count > 1 << 16 { try flush() }
  }

  /// - Throws: `failed` where the other end has gone, or the disk is full.
  func flush() throws {
    defer { buffer.removeAll(keepingCapacity: true) }
    do {
      try handle.write(contentsOf: Data(buffer))
    } catch {
      throw YadokariError(.failed, "the output cannot be written: \(error.localizedDescription)")
    }
  }
}

/// Says something to the person, beside the data.
func say(_ text: String) {
  // Nobody can be told that nobody can be told.
  try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
}
