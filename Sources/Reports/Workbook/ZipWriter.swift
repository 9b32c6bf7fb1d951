internal import Inventory

/// Makes a zip archive in memory whose entries are stored as they are, and which bears no time: the same entries give the
/// same bytes. After PKWARE's APPNOTE, 4.3.7, 4.3.12 and 4.3.16.
struct ZipWriter {
  private var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  /// Without its extensions such an archive holds no more.
  private static let limit = 0xffff_fffe

  /// - Throws: `refused` for an archive that would be too large.
  mutating func add(_ name: String, _ content: [UInt8]) throws {
    guard bytes.count + content.count + directory.count + 1024 < Self.limit else {
      throw YadokariError(.refused, "the workbook would be larger than 4 GiB; narrow what is asked for")
    }
    let place = bytes.count
    var header = LittleEndian()
    // Version 2.0, names in UTF-8, stored, 1 January 1980.
    for number in [20, 0x800, 0, 0, 0x21] as [UInt16] { header.append(number) }
    for number in [Self.checksum(content), UInt32(content.count), UInt32(content.count)] { header.append(number) }
    header.append(UInt16(name.utf8.count))
    header.append(UInt16(0))
    bytes += [0x50, 0x4b, 3, 4] + header.bytes + name.utf8
    bytes += content
    directory += [0x50, 0x4b, 1, 2, 20, 0] + header.bytes
    var rest = LittleEndian()
    for number in [0, 0, 0] as [UInt16] { rest.append(number) }
    for number in [0, UInt32(place)] { rest.append(number) }
    directory += rest.bytes + name.utf8
    count += 1
  }

  /// The whole archive.
  func finished() -> [UInt8] {
    var end = LittleEndian()
    for number in [0, 0, UInt16(count), UInt16(count)] { end.append(number) }
    for number in [UInt32(directory.count), UInt32(bytes.count)] { end.append(number) }
    end.append(UInt16(0))
    return bytes + directory + [0x50, 0x4b, 5, 6] + end.bytes
  }

  private struct LittleEndian {
    var bytes: [UInt8] = []

    mutating func append(_ number: some FixedWidthInteger) {
      withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
  }

  /// CRC-32 as in ISO 3309: what zip archives check their entries by.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in table[Int((sum ^ UInt32(byte)) & 0xff)] ^ (sum >> 8) }
  }

  private static let table: [UInt32] = (0..<256).map { number in
    (0..<8).reduce(UInt32(number)) { sum, _ in sum & 1 == 1 ? 0xedb8_8320 ^ (sum >> 1) : sum >> 1 }
  }
}
