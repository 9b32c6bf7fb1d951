internal import Foundation
internal import Inventory

/// Says of a file in none of our formats what it looks like, and what to do.
struct UnknownFile {
  /// What it is, and what to do; nil where it looks like nothing that is known.
  static func cure(_ path: InputPath) throws -> String? {
    if try ChunkedFile(path: path).looksWide() {
      return "it looks like UTF-16 without its mark; say so with --encoding utf-16le (or utf-16be)"
    }
    if let form = try screenForm(path) {
      return "it is a \(form) as PowerShell writes it for the screen, in which texts are cut with \"...\"; put "
        + "\"| Export-Csv events.csv -NoTypeInformation -Encoding UTF8\" in place of what writes it, and import that"
    }
    if let columns = try CSVHeader.columns(of: path) {
      return "a list whose columns are not known: \(CSVHeader.listed(columns)); events need a time and a text "
        + "(CreatedTime, FullFormattedMessage), moves a time, a VM and the hosts; say which they are with "
        + "--columns time=…,message=… (\"yadokari help formats\" lists all formats)"
    }
    return nil
  }

  /// What is said of a file that looks like nothing that is known.
  static var note: String {
    let formats = ImportFormat.allCases.map(\.rawValue).joined(separator: ", ")
    return "none of the formats that can be imported (\(formats)); \"yadokari help formats\" says how to make each"
  }

  /// Lines in which the marks of the screen have to stand.
  private static let lookahead = 32

  /// A table of PowerShell has a line of dashes under its names; a list has `Name : value` in each line.
  private static func screenForm(_ path: InputPath) throws -> String? {
    let lines = try LineReader(path: path)
    var (pairs, others, read) = (0, 0, 0)
    while read < lookahead, let line = try lines.next() {
      read += 1
      let text = line.text.trimmed
      guard !text.isEmpty else { continue }
      let words = text.split(separator: " ")
      if words.count > 1, words.allSatisfy({ $0.count > 1 && $0.allSatisfy { $0 == "-" } }) { return "table" }
      if isPair(line.text) { pairs += 1 } else if !line.text.hasPrefix(" ") { others += 1 }
    }
    return pairs > 1 && pairs > others * 2 ? "list" : nil
  }

  /// `CreatedTime          : 3/14/2026 2:21:07 AM`
  private static func isPair(_ line: String) -> Bool {
    guard let mark = line.range(of: " : ") else { return line.hasSuffix(" :") }
    let name = line[..<mark.lowerBound].trimmed
    return !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }
}
