internal import Foundation
internal import Inventory

/// A file that a command writes: there is none of its name before, and none that is not whole after.
struct NewFile {
  private let path: String
  private var part: String { path + ".part" }

  /// - Throws: `conflict` where a file of that name is there; `notFound` where its folder is not; `failed` where the folder
  ///   cannot be written.
  init(_ path: String) throws {
    guard !path.isEmpty else { throw YadokariError(.usage, "the name of the file is empty") }
    guard !FileManager.default.fileExists(atPath: path) else {
      throw YadokariError(.conflict, "\(path) is there already; name another file, or move it away")
    }
    var status = stat()
    guard lstat(path, &status) != 0 else {
      throw YadokariError(.conflict, "\(path) is a link to a file that is not there; remove it, or name another file")
    }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard FileManager.default.fileExists(atPath: folder) else {
      throw YadokariError(.notFound, "there is no folder \(folder) for \(path); make it first")
    }
    guard FileManager.default.isWritableFile(atPath: folder) else {
      throw YadokariError(.failed, "\(path) cannot be written; check the rights of \(folder)")
    }
    self.path = path
  }

  /// Makes a file and lets `body` write into it.
  /// - Throws: `failed` where it cannot be made.
  static func fill<R>(_ path: String, _ body: (Output) throws -> R) throws -> R {
    guard let handle = FileHandle.empty(path) else {
      throw YadokariError(.failed, "\(path) cannot be written; check the rights of its folder")
    }
    defer { try? handle.close() }
    let output = Output(to: handle)
    let result = try body(output)
    try output.flush()
    return result
  }

  /// Lets `body` write under another name, and gives the file its own when that is done.
  func write<R>(_ body: (_ part: String) throws -> R) throws -> R {
    let files = FileManager.default
    try? files.removeItem(atPath: part)
    Leftovers.add(part)
    defer { Leftovers.forget(part) }
    do {
      let result = try body(part)
      do {
        try files.moveItem(atPath: part, toPath: path)
      } catch {
        throw YadokariError(.conflict, "\(path) came into being meanwhile; name another file")
      }
      return result
    } catch {
      try? files.removeItem(atPath: part)
      throw error
    }
  }
}
