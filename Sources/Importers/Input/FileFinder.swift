internal import Foundation
internal import Inventory

/// Finds the files that an import is given: those named, and those in the folders named.
struct FileFinder {
  private enum Kind { case file, folder, pipe, other, none }

  /// The files at a path, in the order of their names. What cannot be read is among them, with its error.
  /// - Throws: `notFound` where there is neither a file nor a folder, `usage` where no name is given.
  static func files(at path: String) throws -> [FoundFile] {
    guard !path.isEmpty else {
      throw YadokariError(.usage, "the name of a file is empty; name a file or a folder, or - for standard input")
    }
    switch kind(of: path) {
    case .none: throw YadokariError(.notFound, "there is no file or folder \(path)")
    case .folder:
      var seen: Set<String> = []
      return files(in: path, seen: &seen)
    case .file: return [candidate(path, isNamed: true)]
    case .pipe: return [piped(path)]
    case .other:
      var device = candidate(path, isNamed: true)
      device.report.error = YadokariError(.usage, "\(path) is no file, folder or pipe")
      return [device]
    }
  }

  private static func candidate(_ path: String, isNamed: Bool) -> FoundFile {
    FoundFile(
      report: FileReport(path: path), path: InputPath(path), folder: (path as NSString).deletingLastPathComponent,
      isNamed: isNamed)
  }

  /// What comes through a pipe lies in no folder with others.
  private static func piped(_ path: String) -> FoundFile {
    var report = FileReport(path: path)
    var input: PipedInput?
    do { input = try PipedInput(copying: path) } catch { report.error = error }
    return FoundFile(report: report, path: InputPath(path, piped: input), folder: path, isNamed: true)
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
      case .pipe, .other, .none: break
      }
    }
    return found
  }

  private static func kind(of path: String) -> Kind {
    if path == PipedInput.standardInput { return .pipe }
    var status = stat()
    guard stat(path, &status) == 0 else { return .none }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    case S_IFIFO: return .pipe
    default: return .other
    }
  }
}
