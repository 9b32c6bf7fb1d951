internal import ArgumentParser
internal import Foundation
internal import Importers

struct FormatsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "formats", abstract: "List the exports that can be imported: how to make each, and what it answers.",
    discussion: Self.text + """


      EXAMPLE
        yadokari formats
      """)

  func run() async throws {
    let output = Output()
    try output.write(Self.text + "\n")
    try output.flush()
  }

  /// Each format with the command that makes it, and what it can and cannot show.
  private static var text: String {
    FormatGuide.all.map { guide in
      let names = guide.formats.map(\.rawValue).joined(separator: ", ")
      let facts = [("read as", names), ("answers", guide.answers), ("lacks", guide.lacks)]
      let lines = facts.flatMap { wrapped($1, after: $0) } + ["  make with"] + guide.make.map { "    \($0)" }
      return ([guide.title] + lines).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  private static let width = 78

  /// The lines of a text behind a word, none longer than a terminal is wide.
  private static func wrapped(_ text: String, after word: String) -> [String] {
    var lines = ["  " + word.padding(toLength: 9, withPad: " ", startingAt: 0)]
    for word in text.split(separator: " ") {
      if lines[lines.count - 1].count + 1 + word.count > width { lines.append(String(repeating: " ", count: 11)) }
      lines[lines.count - 1] += (lines[lines.count - 1].hasSuffix("  ") ? "" : " ") + word
    }
    return lines
  }
}
