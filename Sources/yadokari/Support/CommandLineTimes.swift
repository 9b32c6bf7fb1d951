internal import Inventory

/// Offsets such as `-1h` among the words of a command line, which the parser would take for options: `-1` and `-h`.
enum CommandLineTimes {
  /// The option under which the second time of `replay --diff` is found.
  static let secondOfDiff = "diff-to"

  /// The words with the second time of `--diff` given to an option.
  /// - Throws: `usage` for an offset that belongs to no option.
  static func repaired(_ words: [String]) throws -> [String] {
    var result: [String] = []
    for (place, word) in words.enumerated() {
      if word == "--" { return result + words[place...] }
      if isOffset(word), place > 0, !words[place - 1].hasPrefix("--") {
        let isSecond = (place > 1 && words[place - 2] == "--diff") || words[place - 1].hasPrefix("--diff=")
        guard isSecond else {
          throw YadokariError(.usage, "\(word) belongs to no option; use one that takes a time, such as --since \(word)")
        }
        result.append("--\(secondOfDiff)=\(word)")
      } else {
        result.append(word)
      }
    }
    return result
  }

  private static func isOffset(_ word: String) -> Bool {
    guard word.hasPrefix("-"), case .offset = TypedTime(word) else { return false }
    return true
  }
}
