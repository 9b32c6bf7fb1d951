internal import Foundation

/// What to measure, how large, and where the files go.
struct BenchOptions: Sendable {
  /// A tenth of everything.
  let isQuick: Bool
  /// The one part to measure: layer, import, append, durable, ledger, compatibility, capacity, replay, migration, engine, forecast,
  /// scale or history; nil for all but the last two.
  let part: String?
  /// The folder in which the ledgers of years stay for the next time.
  let keep: String
  /// An empty folder, which whoever called us removes.
  let folder: String
  /// The export that is repeated for the import.
  let sample: String
  /// Set in a child process that only parses this file.
  let fileToParse: String?

  init(_ arguments: [String]) throws {
    var rest = arguments.dropFirst()
    var (isQuick, folder, sample, fileToParse) = (false, nil as String?, nil as String?, nil as String?)
    var (part, keep) = (nil as String?, "")
    while let argument = rest.popFirst() {
      switch argument {
      case "--quick": isQuick = true
      case "--only": part = rest.popFirst()
      case "--keep": keep = rest.popFirst() ?? ""
      case "--folder": folder = rest.popFirst()
      case "--sample": sample = rest.popFirst()
      case PlainParsing.flag: fileToParse = rest.popFirst()
      default: throw BenchError("\(argument) is unknown; call it by tools/bench")
      }
    }
    guard fileToParse != nil || (folder != nil && sample != nil) else {
      throw BenchError("--folder and --sample are missing; call it by tools/bench")
    }
    self.isQuick = isQuick
    self.part = part
    self.keep = keep
    self.folder = folder ?? ""
    self.sample = sample ?? ""
    self.fileToParse = fileToParse
  }

  /// The program that is measured as a process, and ourselves.
  static let yadokari = beside("yadokari")
  static let ourselves = beside("YadokariBench")

  private static func beside(_ name: String) -> String {
    Bundle.main.bundlePath + "/" + name
  }

  func measures(_ part: String) -> Bool { self.part == nil || self.part == part }

  func path(_ name: String) -> String { folder + "/" + name }
}

/// Why nothing could be measured.
struct BenchError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
