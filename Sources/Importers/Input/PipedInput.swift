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
    var template = Array("\(folder)/yadokari-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else {
      throw YadokariError(.failed, "\(name) cannot be kept in \(folder); check its rights, or name another with TMPDIR")
    }
    unlink(template)
    do {
      try fill(FileHandle(fileDescriptor: descriptor, closeOnDealloc: false))
    } catch {
      throw YadokariError(
        .failed,
        "\(name) cannot be read to its end, or not be kept in \(folder); check that it is open, and the disk's space")
    }
  }

  deinit { close(descriptor) }
}
