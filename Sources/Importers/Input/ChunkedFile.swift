internal import Foundation
internal import Inventory

/// A file read front to back in pieces, so that its size does not matter: unpacked where it is compressed, in UTF-8 whatever
/// its mark or a person says that it is, and without a byte order mark.
final class ChunkedFile {
  private let handle: FileHandle
  private let path: InputPath
  private var gunzip: Gunzip?
  private var transcoder: Transcoder?
  /// What was read to see what the file is, stored and unpacked.
  private var storedAhead: Data?
  private var ahead: Data?

  static let chunkSize = 1 << 18

  /// - Throws: `failed` where the file cannot be opened, `usage` where a person named an encoding that there is not.
  init(path: InputPath) throws {
    guard let handle = FileHandle(forReadingAtPath: path.location) else {
      throw YadokariError(.failed, "\(path) cannot be read; check its name and its rights")
    }
    self.handle = handle
    self.path = path
    storedAhead = try readStored()
    if storedAhead?.starts(with: Gunzip.mark) == true { gunzip = try Gunzip() }
    var head = Data()
    while head.count < 4, let piece = try readUnpacked() { head.append(piece) }
    if let mark = Transcoder.marked(head) {
      transcoder = try Transcoder(encoding: mark.encoding)
      head = Data(head.dropFirst(mark.length))
    } else if head.starts(with: Self.byteOrderMark) {
      head = Data(head.dropFirst(Self.byteOrderMark.count))
    } else if let encoding = path.encoding, !InputPath.isUTF8(encoding) {
      transcoder = try Transcoder(encoding: encoding)
    }
    ahead = head
  }

  deinit { try? handle.close() }

  private static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

  /// Whether its text was in another encoding than UTF-8.
  var isTranscoded: Bool { transcoder != nil }

  /// Whether the file, from here on, holds nothing but blanks.
  func isBlank() throws -> Bool {
    while let piece = try next() {
      let hasInk = piece.withUnsafeBytes { bytes in bytes.contains { $0 > 0x20 } }
      if hasInk { return false }
    }
    return true
  }

  /// Whether every other byte at its beginning is zero, as in Latin text in UTF-16.
  func looksWide() throws -> Bool {
    guard let head = try next()?.prefix(256), head.count > 8 else { return false }
    let isZero = head.map { $0 == 0 }
    let (even, odd) = (stride(from: 0, to: isZero.count, by: 2), stride(from: 1, to: isZero.count, by: 2))
    return even.allSatisfy { !isZero[$0] } && odd.allSatisfy { isZero[$0] }
      || even.allSatisfy { isZero[$0] } && odd.allSatisfy { !isZero[$0] }
  }

  /// The next piece; nil at the end.
  /// - Throws: `GzipDamage` for a compressed file that is cut off or damaged.
  func next() throws -> Data? {
    while let piece = try ahead.take() ?? readUnpacked() {
      let text = transcoder?.utf8(piece) ?? piece
      if !text.isEmpty { return text }
    }
    let rest = transcoder?.finish() ?? Data()
    return rest.isEmpty ? nil : rest
  }

  private func readUnpacked() throws -> Data? {
    guard let gunzip else { return try readStored() }
    return try gunzip.next { try readStored() }
  }

  private func readStored() throws -> Data? {
    if let data = storedAhead.take() { return data }
    do {
      guard let data = try handle.read(upToCount: Self.chunkSize), !data.isEmpty else { return nil }
      return data
    } catch {
      throw YadokariError(.failed, "\(path) cannot be read on: \(error.localizedDescription)")
    }
  }
}
