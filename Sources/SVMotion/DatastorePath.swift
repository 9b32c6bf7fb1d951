internal import Foundation
internal import Inventory

/// The name of a file on a datastore, as the tools of VI 3 write it: `[datastore] folder/file`.
package struct DatastorePath: Sendable, Equatable {
  /// The kinds of files that are named so; the raw value is how their names end.
  package enum Kind: String, Sendable {
    /// What a VM is made of: it stands for the VM's home.
    case configuration = ".vmx"
    /// A virtual disk, or the mapping of a LUN.
    case disk = ".vmdk"
  }

  /// As it was written, without blanks around it.
  package let text: String

  /// - Throws: `usage` where it has another form.
  package init(_ text: String, _ kind: Kind) throws {
    self.text = text.trimmingCharacters(in: .whitespaces)
    if let problem = problem(kind) {
      throw YadokariError(
        .usage, "\"\(self.text)\": \(problem); write it in the form [datastore] folder/name\(kind.rawValue)")
    }
  }

  /// Whether this names a file of a datastore; behind the bracket there may be any number of blanks.
  package func isFile(_ file: String, on datastore: String) -> Bool {
    let bracket = "[\(datastore)]"
    return text.hasPrefix(bracket) && text.dropFirst(bracket.count).drop(while: \.isWhitespace) == file
  }

  /// The names of its folders and the file's own without its ending: what it may be about, where it names no file that is
  /// known.
  package var words: [String] {
    let file = text[(text.firstIndex(of: "]").map(text.index(after:)) ?? text.startIndex)...]
    return file.split(separator: "/").map { part in
      let word = part.trimmingCharacters(in: .whitespaces)
      return word.lastIndex(of: ".").map { String(word[..<$0]) } ?? word
    }
  }

  private func problem(_ kind: Kind) -> String? {
    guard text.hasPrefix("["), let end = text.firstIndex(of: "]") else {
      return "the datastore in brackets is missing at its beginning"
    }
    let (datastore, file) = (text[..<end].dropFirst(), text[text.index(after: end)...].drop(while: \.isWhitespace))
    if datastore.allSatisfy(\.isWhitespace) { return "the brackets are empty" }
    if file.isEmpty { return "there is no file behind the brackets" }
    return Self.ends(text, kind) ? nil : "the file does not end with \(kind.rawValue)"
  }

  /// Whether a text ends as the names of such files do, blanks left aside.
  static func ends(_ text: some StringProtocol, _ kind: Kind) -> Bool {
    guard let last = text.lastIndex(where: { !$0.isWhitespace }) else { return false }
    return text[...last].suffix(kind.rawValue.count).lowercased() == kind.rawValue
  }
}
