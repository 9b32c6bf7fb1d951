internal import Foundation
internal import Inventory

/// Finds the files that an import is given: those named, and those in the folders named.
struct FileFinder {
  private enum Kind { case file, folder, other, none }

  /// - Throws: `notFound` where there is neither a file nor a folder.
  static func checkExists(_ path: String) throws {
    if kind(of: path) == .none { throw YadokariError(.notFound, "there is no file or folder \(path)") }
  }

  /// The files at a path, in the order of their names. What cannot be read is among them, with its error.
  static func files(at path: String) throws -> [FoundFile] {
    try checkExists(path)
    switch kind(of: path) {
    case .folder:
      var seen: Set<String> = []
      return files(in: path, seen: &seen)
    case .file: return [candidate(path, isNamed: true)]
    case .other, .none:
      var piped = candidate(path, isNamed: true)
      piped.report.error = YadokariError(
        .usage, "\(path) is no file; pipes cannot be imported yet, write it to a file first")
      return [piped]
    }
  }

  private static func candidate(_ path: String, isNamed: Bool) -> FoundFile {
    FoundFile(
      report: FileReport(path: path), folder: (path as NSString).deletingLastPathComponent, isNamed: isNamed)
  }

  /// Links are followed, and folders within folders, each once.
  private static func files(in folder: String, seen: inout Set<String>) -> [FoundFile] {
    var status = stat()
    guard stat(folder, &status) == 0, seen.insert("\(status.st_dev) \(status.st_ino)").inserted else { return [] }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      var unread = candidate(folder, isNamed: false)
      unread.report.error = YadokariError(.failed, "the folder \(folder) cannot be read; check its rights")
      return [unread]
    }
    var found: [FoundFile] = []
    for name in names.sorted() where !name.hasPrefix(".") {
      let path = (folder as NSString).appendingPathComponent(name)
      switch kind(of: path) {
      case .folder: found += files(in: path, seen: &seen)
      case .file:
        var file = candidate(path, isNamed: false)
        if !FileManager.default.isReadableFile(atPath: path) {
          file.report.error = YadokariError(.failed, "\(path) cannot be read; check its rights")
        }
        found.append(file)
      case .other, .none: break
      }
    }
    return found
  }

  private static func kind(of path: String) -> Kind {
    var status = stat()
    guard stat(path, &status) == 0 else { return .none }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .other
    }
  }
}
