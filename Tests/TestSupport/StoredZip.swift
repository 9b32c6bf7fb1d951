package import Foundation

/// Writes zip archives whose entries are not compressed, so that tests can make any: also such as no program would.
package struct StoredZip {
  private var body = Data()
  private var directory = Data()
  private var count: UInt16 = 0

  package init() {}

  /// Adds an entry.
  /// - Parameter flags: the general purpose bits; 1 says that it is encrypted.
  package mutating func add(_ name: String, _ content: some DataProtocol, flags: UInt16 = 0, checksum: UInt32? = nil) {
    let (name, content) = (Data(name.utf8), Data(content))
    var common = Data()
    for field in [20, flags, 0, 0, 0x21] as [UInt16] { common.append(field) }
    common.append(checksum ?? Self.crc32(content))
    for _ in 0..<2 { common.append(UInt32(content.count)) }
    common.append(UInt16(name.count))
    common.append(0 as UInt16)
    let offset = UInt32(body.count)
    body.append(0x0403_4b50 as UInt32)
    body += common + name + content
    directory.append(0x0201_4b50 as UInt32)
    directory.append(20 as UInt16)
    directory += common
    for _ in 0..<3 { directory.append(0 as UInt16) }
    directory.append(0 as UInt32)
    directory.append(offset)
    directory += name
    count += 1
  }

  /// The archive.
  package var data: Data {
    var end = Data()
    end.append(0x0605_4b50 as UInt32)
    for field in [0, 0, count, count] { end.append(field) }
    end.append(UInt32(directory.count))
    end.append(UInt32(body.count))
    end.append(0 as UInt16)
    return body + directory + end
  }

  /// The checksum of zip (reflected polynomial 0xEDB88320).
  private static func crc32(_ data: Data) -> UInt32 {
    var value = UInt32.max
    for byte in data { value = table[Int((value ^ UInt32(byte)) & 0xff)] ^ value >> 8 }
    return ~value
  }

  private static let table: [UInt32] = (0..<256).map { number in
    (0..<8).reduce(UInt32(number)) { value, _ in value & 1 == 1 ? 0xedb8_8320 ^ value >> 1 : value >> 1 }
  }
}

extension Data {
  fileprivate mutating func append(_ number: UInt16) {
    for shift in [0, 8] { append(UInt8(truncatingIfNeeded: number >> shift)) }
  }
  fileprivate mutating func append(_ number: UInt32) {
    for shift in [0, 8, 16, 24] as [UInt32] { append(UInt8(truncatingIfNeeded: number >> shift)) }
  }
}
