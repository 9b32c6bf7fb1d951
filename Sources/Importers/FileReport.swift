package import Inventory
package import Ledger

/// What became of one file.
package struct FileReport: Sendable {
  /// A record that could not be used.
  package struct Skipped: Sendable, Equatable {
    package let line: Int
    package let reason: String
  }

  package internal(set) var path: String
  /// Nil where the file is none of ours.
  package var format: ImportFormat?
  package var source: String?
  package var records = 0
  package var imported = 0
  package var duplicates = 0
  package var firstEvent: Instant?
  package var lastEvent: Instant?
  package var gaps: [ImportGap] = []
  /// The first hundred of the records that were set aside.
  package var skipped: [Skipped] = []
  package var skippedCount = 0
  /// How many objects are of kinds that are not kept, such as folders and networks.
  package var otherKinds = 0
  /// The tabs of an export that are not read.
  package var otherTabs: [String] = []
  /// Whether there is nothing in it but blanks: that is no data, never "no events".
  package var isBlank = false
  /// Why a file that was found in a folder is none of ours.
  package var note: String?
  /// Whether the note says what the file is, and what to do.
  package internal(set) var isNamedForWhatItIs = false
  /// Why nothing of the file was kept.
  package var error: YadokariError?

  package init(path: String) { self.path = path }

  /// A report of the same file that counts nothing yet.
  init(copying other: FileReport) {
    self.init(path: other.path)
    format = other.format
  }

  /// Counts a record that could not be used.
  mutating func skip(line: Int, reason: String) {
    skippedCount += 1
    if skipped.count < 100 { skipped.append(Skipped(line: line, reason: reason)) }
  }

  /// Widens the evidence by a record.
  mutating func include(_ time: Instant) {
    firstEvent = min(firstEvent ?? time, time)
    lastEvent = max(lastEvent ?? time, time)
  }
}
