internal import Foundation
internal import Inventory

/// What came through a pipe, in a file that has no name any more: it is gone as soon as nobody holds it open, whatever ends
/// the program.
final class PipedInput: Sendable {
  static let standardInput = "-"

  private let descriptor: Int32

  /// Where it can be opened again, as often as one likes.
  var location: String { "/dev/fd/\(descriptor)" }

  /// Reads a pipe to its end.
  /// - Throws: `failed` where it cannot be read, or the copy cannot be written.
  convenience init(copying path: String) throws(YadokariError) {
    let source = path == Self.standardInput ? FileHandle.standardInput : FileHandle(forReadingAtPath: path)
    guard let source else { throw YadokariError(.failed, "\(path) cannot be read; check its name and its rights") }
    try self.init(path) { copy in
      while let data = try source.read(upToCount: ChunkedFile.chunkSize), !data.isEmpty { try copy.write(contentsOf: data) }
    }
  }

  /// Keeps a text that has no file.
  /// - Throws: `failed` where it cannot be written.
  convenience init(holding text: String, named name: String) throws(YadokariError) {
    try self.init(name) { copy in try copy.write(contentsOf: Data(text.utf8)) }
  }

  private init(_ name: String, fill: (FileHandle) throws -> Void) throws(YadokariError) {
    let folder = FileManager.default.temporaryDirectory.path
    descriptor = Self.fileWithoutName(in: folder)
    guard descriptor >= 0 else {
      throw YadokariError(.failed, "\(name) cannot be kept in \(folder); check its rights, or name another with TMPDIR")
    }
    do {
      try fill(FileHandle(fileDescriptor: descriptor, closeOnDealloc: false))
    } catch {
      throw YadokariError(
        .failed,
        "\(name) cannot be read to its end, or not be kept in \(folder); check that it is open, and the disk's space")
    }
  }

  /// A negative number where none can be made.
  private static func fileWithoutName(in folder: String) -> Int32 {
    let descriptor = open(folder, unnamed | O_RDWR | O_CLOEXEC, 0o600)
    if descriptor >= 0 { return descriptor }
    // Some file systems have no such files: a process that dies at once then leaves an empty one behind.
    var template = Array("\(folder)/yadokari-XXXXXX".utf8CString)
    let named = mkstemp(&template)
    if named >= 0 { unlink(template) }
    return named
  }

  /// `O_TMPFILE`, which Swift does not import; elsewhere than on Linux it stands for nothing, and a folder cannot be opened
  /// for writing.
  #if os(Linux)
    private static let unnamed: Int32 = 0o20_000_000 | O_DIRECTORY
  #else
    private static let unnamed: Int32 = 0
  #endif

  deinit { close(descriptor) }
}
