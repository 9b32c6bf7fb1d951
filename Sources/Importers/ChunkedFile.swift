internal import Foundation
internal import Inventory

/// A file read front to back in pieces, so that its size does not matter.
final class ChunkedFile {
  private let handle: FileHandle
  private let path: String
  private var skipsByteOrderMark: Bool
  private static let chunkSize = 1 << 18

  /// - Parameter skipsByteOrderMark: whether a mark at the beginning, which is no part of the text, is left out.
  /// - Throws: `failed` where the file cannot be opened.
  init(path: String, skipsByteOrderMark: Bool = false) throws {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw YadokariError(.failed, "\(path) cannot be read; check its name and its rights")
    }
    self.handle = handle
    self.path = path
    self.skipsByteOrderMark = skipsByteOrderMark
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
      defer { skipsByteOrderMark = false }
      return skipsByteOrderMark && data.starts(with: [0xef, 0xbb, 0xbf]) ? data.dropFirst(3) : data
    } catch {
      throw YadokariError(.failed, "\(path) cannot be read on: \(error.localizedDescription)")
    }
  }
}
