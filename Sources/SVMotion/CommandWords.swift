internal import Inventory

/// The words of a command line as a shell handed them over, made whole again.
///
/// The command prompt of Windows does not know single quotes: what stands in them arrives as several words, with the quotes.
package struct CommandWords {
  private var rest: ArraySlice<String>
  private var words: [String] = []
  private var seen: Set<String> = []

  /// The options of the old command that have a value.
  private static let valued = Set(
    ["--datacenter", "--vm", "--disks"]
      + ConnectionOption.allCases.filter { !$0.isFlag }.map { "--\($0.rawValue)" })

  /// - Throws: `usage` for a quote that is not closed, an option that is given twice, or one with a long dash. No message
  ///   holds a value.
  package static func repaired(_ words: [String]) throws -> [String] {
    var all = CommandWords(rest: words[...])
    while let word = all.rest.popFirst() { try all.take(word) }
    return all.words
  }

  private init(rest: ArraySlice<String>) { self.rest = rest }

  private mutating func take(_ word: String) throws {
    if word.hasPrefix("\u{2013}") || word.hasPrefix("\u{2014}") {
      throw YadokariError(.usage, "an option begins with a long dash, as word processors make it; write two short ones, --")
    }
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = parts.first.map(String.init), Self.valued.contains(name) else { return words.append(word) }
    guard seen.insert(name).inserted else { throw YadokariError(.usage, "\(name) is given twice; give it once") }
    if parts.count == 2 {
      words.append(try "\(name)=\(whole(String(parts[1]), of: name))")
    } else if let value = rest.first, !value.hasPrefix("--") {
      rest.removeFirst()
      // So it stays a value, whatever it begins with.
      words.append(try "\(name)=\(whole(value, of: name))")
    } else {
      words.append(name)
    }
    // What follows may be the rest of a password, which no message may hold.
    if name == "--password", let next = rest.first, !next.hasPrefix("--"), !["-o", "-y", "-h"].contains(next) {
      throw YadokariError(.usage, "behind the value of --password stands a word that belongs to no option; quote the value")
    }
  }

  /// A value with the words that belong to it, where a quote was left over.
  private mutating func whole(_ value: String, of name: String) throws -> String {
    guard let quote = value.first, let end = LeftOverQuotes.closing[quote] else { return value }
    if value.count > 1, value.last == end { return LeftOverQuotes.removed(from: value) }
    guard let last = rest.prefix(while: { !$0.hasPrefix("--") }).firstIndex(where: { $0.last == end }) else {
      if name == "--password" { return value }
      throw YadokariError(
        .usage, "the value of \(name) begins with a quote that nothing closes; the command prompt of Windows wants \"…\"")
    }
    let joined = ([value] + rest[...last]).joined(separator: " ")
    rest = rest[(last + 1)...]
    return LeftOverQuotes.removed(from: joined)
  }
}
