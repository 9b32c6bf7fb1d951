internal import CZlib
internal import Foundation
internal import Inventory

/// Unpacks gzip data piece by piece: one member or several in a row. Zeros behind one are padding, as of a tape.
final class Gunzip {
  /// What gzip data begins with.
  static let mark: [UInt8] = [0x1f, 0x8b]

  /// The C library keeps the address of its stream.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let packed = UnsafeMutablePointer<UInt8>.allocate(capacity: ChunkedFile.chunkSize)
  private let unpacked = UnsafeMutablePointer<UInt8>.allocate(capacity: ChunkedFile.chunkSize)
  private var isInMember = false
  /// Whether a member has begun, whether it has ended or not.
  private var hasMember = false
  /// Whether the last piece was full, so that more may come without further input.
  private var mayHoldMore = false

  init() throws {
    stream.initialize(to: z_stream())
    // 15: the largest window; 16: gzip and nothing else.
    guard inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw YadokariError(.failed, "the library that unpacks compressed files cannot be used")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    packed.deallocate()
    unpacked.deallocate()
  }

  /// The next piece, never empty; nil at the end.
  /// - Parameter read: gives the next piece of packed data, of `ChunkedFile.chunkSize` at most, and nil at the end.
  func next(_ read: () throws -> Data?) throws -> Data? {
    while true {
      if stream.pointee.avail_in == 0, !mayHoldMore {
        guard let data = try read() else {
          if isInMember { throw GzipDamage(problem: "is cut off") }
          return nil
        }
        data.copyBytes(to: packed, count: data.count)
        stream.pointee.next_in = packed
        stream.pointee.avail_in = UInt32(data.count)
      }
      if !isInMember, hasMember, skipPadding() { continue }
      if let piece = try inflateOnce() { return piece }
    }
  }

  /// Goes to the first byte that is not zero; true where there is none so far.
  private func skipPadding() -> Bool {
    while stream.pointee.avail_in > 0, let next = stream.pointee.next_in, next.pointee == 0 {
      stream.pointee.next_in = next + 1
      stream.pointee.avail_in -= 1
    }
    return stream.pointee.avail_in == 0
  }

  private func inflateOnce() throws -> Data? {
    if !isInMember {
      inflateReset(stream)
      (isInMember, hasMember) = (true, true)
    }
    stream.pointee.next_out = unpacked
    stream.pointee.avail_out = UInt32(ChunkedFile.chunkSize)
    let code = inflate(stream, Z_NO_FLUSH)
    switch code {
    case Z_OK, Z_BUF_ERROR: mayHoldMore = stream.pointee.avail_out == 0
    case Z_STREAM_END: (isInMember, mayHoldMore) = (false, false)
    default:
      let detail = stream.pointee.msg.map { " (\(String(cString: $0)))" } ?? ""
      throw GzipDamage(problem: "is damaged\(detail)")
    }
    let count = ChunkedFile.chunkSize - Int(stream.pointee.avail_out)
    return count > 0 ? Data(bytes: unpacked, count: count) : nil
  }
}
