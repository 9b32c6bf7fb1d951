internal import Foundation
internal import Inventory

/// A file read front to back in pieces, so that its size does not matter.
final class ChunkedFile {
  private let handle: FileHandle
  private let path: String
  private static let chunkSize = 1 << 18

  /// - Throws: `failed` where the file cannot be opened.
  init(path: String) throws {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw YadokariError(.failed, "\(path) cannot be read; check its name and its rights")
    }
    self.handle = handle
    self.path = path
  }

  deinit { try? handle.close() }

  /// Whether the file, from here on, holds nothing but blanks.
  func isBlank() throws -> Bool {
    while let piece = try next() { if piece.contains(where: { $0 > 0x20 }) { return false } }
    return true
  }

  /// The next piece; nil at the end.
  func next() throws -> Data? {
    do {
      guard let data = try handle.read(upToCount: Self.chunkSize), !data.isEmpty else { return nil }
      return data
    } catch {
      throw YadokariError(.failed, "\(path) cannot be read on: \(error.localizedDescription)")
    }
  }
}
