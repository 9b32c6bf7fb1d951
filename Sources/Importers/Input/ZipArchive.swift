internal import CZip
internal import Foundation
internal import Inventory

/// A zip archive whose entries are unpacked piece by piece into memory, never onto the disk.
final class ZipArchive {
  /// What such a file begins with.
  static let mark: [UInt8] = [0x50, 0x4b, 0x03, 0x04]

  /// An entry that unpacks to more than this is none that we read; what is below may be packed as tightly as it likes.
  static let sizeLimit = 512 << 20
  static let looseSize = 16 << 20
  /// Sheets are packed to a tenth or a thirtieth; a bomb to a thousandth.
  static let ratioLimit = 200
  private static let entryLimit: zip_int64_t = 10_000

  private let path: InputPath
  private let archive: OpaquePointer
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  /// Whether a file begins as a zip archive does.
  static func isZip(_ path: InputPath) -> Bool {
    guard let handle = FileHandle(forReadingAtPath: path.location) else { return false }
    defer { try? handle.close() }
    return (try? handle.read(upToCount: mark.count))?.elementsEqual(mark) ?? false
  }

  /// - Throws: `ZipDamage` for a file that is no whole archive, `failed` for one with an entry whose name leads out of it.
  init(path: InputPath) throws {
    var code: Int32 = 0
    guard let archive = zip_open(path.location, ZIP_RDONLY, &code) else {
      throw ZipDamage(problem: "a zip archive or an Excel workbook that is cut off or damaged (\(Self.words(code)))")
    }
    (self.path, self.archive) = (path, archive)
    let count = zip_get_num_entries(archive, 0)
    guard count <= Self.entryLimit else {
      throw YadokariError(
        .failed, "\(path) is a zip archive of \(count) entries; no workbook has more than \(Self.entryLimit)")
    }
    for index in 0..<max(0, count) {
      guard let name = zip_get_name(archive, zip_uint64_t(index), 0).map({ String(cString: $0) }) else { continue }
      let parts = name.split(whereSeparator: { $0 == "/" || $0 == "\\" })
      if name.hasPrefix("/") || name.hasPrefix("\\") || parts.contains("..") {
        throw YadokariError(
          .failed, "\(path) holds an entry named \"\(name)\", which leads out of it: no workbook does; nothing was kept")
      }
    }
  }

  deinit { zip_discard(archive) }

  private static func words(_ code: Int32) -> String {
    var error = zip_error_t()
    zip_error_init_with_code(&error, code)
    defer { zip_error_fini(&error) }
    return String(cString: zip_error_strerror(&error))
  }

  /// Whether it has an entry; the case of letters does not count, as for the parts of a workbook.
  func has(_ name: String) -> Bool { index(of: name) != nil }

  private func index(of name: String) -> zip_uint64_t? {
    zip_uint64_t(exactly: zip_name_locate(archive, name, zip_flags_t(ZIP_FL_NOCASE)))
  }

  /// Unpacks an entry.
  /// - Parameters:
  ///   - limit: the size that it may have, in bytes.
  ///   - body: takes the next piece; false where it has seen enough.
  /// - Returns: whether there is such an entry.
  /// - Throws: `ZipDamage` for one that is damaged, `failed` for one that is encrypted or too large, with its name.
  func read(
    _ name: String, limit: Int = sizeLimit, _ body: (UnsafeRawBufferPointer) throws -> Bool
  ) throws -> Bool {
    guard let index = index(of: name) else { return false }
    var status = zip_stat_t()
    zip_stat_init(&status)
    guard zip_stat_index(archive, index, 0, &status) == 0 else {
      throw ZipDamage(problem: "\(name), an entry of the archive, is damaged")
    }
    if status.encryption_method != UInt16(ZIP_EM_NONE) {
      throw YadokariError(.failed, "\(path), \(name): it is encrypted; save the workbook without a password")
    }
    guard let entry = zip_fopen_index(archive, index, 0) else {
      throw ZipDamage(problem: "\(name), an entry of the archive, cannot be unpacked")
    }
    defer { zip_fclose(entry) }
    let packed = Int(clamping: status.comp_size)
    var total = 0
    while true {
      let count = buffer.withUnsafeMutableBytes { Int(zip_fread(entry, $0.baseAddress, zip_uint64_t($0.count))) }
      if count == 0 { return true }
      if count < 0 { throw ZipDamage(problem: "\(name), an entry of the archive, is damaged") }
      total += count
      try check(name, size: total, packed: packed, limit: limit)
      let goesOn = try buffer.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      if !goesOn { return true }
    }
  }

  private func check(_ name: String, size: Int, packed: Int, limit: Int) throws {
    guard size <= limit else {
      throw YadokariError(
        .failed, "\(path), \(name): it unpacks to more than \(limit >> 20) MiB, the most that is read; export fewer rows")
    }
    guard size <= Self.looseSize || size / Self.ratioLimit <= packed else {
      throw YadokariError(
        .failed,
        "\(path), \(name): \(packed) bytes unpack to more than \(size), and no sheet is packed to less than "
          + "1/\(Self.ratioLimit); if you trust it, save its tabs as CSV")
    }
  }
}
