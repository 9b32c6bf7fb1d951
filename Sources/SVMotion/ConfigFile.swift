internal import Foundation
internal import Inventory

/// A configuration file of the Remote CLI: lines of the form `VI_SERVER = vc1`; `#` begins a line that is for people.
struct ConfigFile {
  /// What a line sets.
  struct Setting {
    let value: String
    /// Counted from 1.
    let line: Int
  }

  /// By variable; of several lines the last counts. Those that are not ours are there, too.
  private(set) var settings: [String: Setting] = [:]

  /// - Throws: `usage` for a line of another form; the message does not hold the line.
  init(_ text: String, path: String) throws {
    for (number, line) in text.components(separatedBy: .newlines).enumerated() {
      let line = line.trimmingCharacters(in: .whitespaces)
      if line.isEmpty || line.hasPrefix("#") { continue }
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2, !parts[0].isEmpty, !parts[0].contains(where: \.isWhitespace) else {
        throw YadokariError(.usage, "\(path), line \(number + 1): a line of the form VI_SERVER = vc1 is wanted")
      }
      settings[parts[0]] = Setting(value: LeftOverQuotes.removed(from: parts[1]), line: number + 1)
    }
  }
}
