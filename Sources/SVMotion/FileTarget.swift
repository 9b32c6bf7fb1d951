internal import Foundation
internal import Inventory

/// A file and the datastore to which it goes: `[datastore] folder/file:new datastore`.
package struct FileTarget: Sendable, Equatable {
  package let path: DatastorePath
  /// The new datastore, by name or id; a disk that names its own stays.
  package let datastore: String

  package init(_ path: DatastorePath, to datastore: String) { (self.path, self.datastore) = (path, datastore) }

  /// Reads one entry. The last colon behind a file's ending splits it, since paths and datastores may have colons, too.
  /// - Throws: `usage` where it has another form.
  package init(_ text: String, _ kind: DatastorePath.Kind) throws {
    let text = LeftOverQuotes.removed(from: text)
    let colons = text.indices.reversed().filter { text[$0] == ":" }
    guard let colon = colons.first(where: { DatastorePath.ends(text[..<$0], kind) }) else {
      _ = try DatastorePath(text, kind)
      throw Self.withoutDatastore(text)
    }
    path = try DatastorePath(String(text[..<colon]), kind)
    datastore = text[text.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    if datastore.isEmpty { throw Self.withoutDatastore(text) }
  }

  /// Reads a list of disks. A comma ends an entry where the next begins with a bracket, and what is before it is whole:
  /// paths and datastores may have commas, too. Empty entries say nothing.
  /// - Throws: `usage` where an entry has another form, or there is none.
  package static func disks(_ list: String) throws -> [FileTarget] {
    var entries: [String] = []
    var blanks = 0
    for piece in LeftOverQuotes.removed(from: list).split(separator: ",", omittingEmptySubsequences: false) {
      let isBlank = piece.allSatisfy(\.isWhitespace)
      if let last = entries.last, !isBlank, !begins(piece) || !isWhole(last) {
        entries[entries.count - 1] += String(repeating: ",", count: blanks + 1) + piece
      } else if !isBlank {
        entries.append(String(piece))
      }
      blanks = isBlank ? blanks + 1 : 0
    }
    guard !entries.isEmpty else {
      throw YadokariError(.usage, "the list of disks is empty; leave it out, and all disks follow the .vmx file")
    }
    return try entries.map { try FileTarget($0, .disk) }
  }

  /// Whether an entry begins here, perhaps behind a quote.
  private static func begins(_ piece: Substring) -> Bool {
    piece.drop { $0.isWhitespace || LeftOverQuotes.closing[$0] != nil }.first == "["
  }

  /// Whether an entry is one, or lacks its datastore only.
  private static func isWhole(_ entry: String) -> Bool {
    (try? FileTarget(entry, .disk)) != nil || (try? DatastorePath(entry, .disk)) != nil
  }

  private static func withoutDatastore(_ text: String) -> YadokariError {
    YadokariError(.usage, "\"\(text)\": the new datastore is missing; write it behind the path, after a colon")
  }
}
