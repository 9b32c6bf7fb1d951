/// A file on its way in.
package struct FoundFile: Sendable {
  /// What is known of it so far.
  package internal(set) var report: FileReport
  /// Where its content is read.
  var path: InputPath
  /// Files of one folder come from one vCenter.
  let folder: String
  /// Whether the file was named itself; one found in a folder may be of no use to us.
  let isNamed: Bool
  /// Of an export in lists: all of them, since they are one inventory.
  var lists: [InputPath] = []

  /// Whether there is something in it that can be imported.
  package var isReadable: Bool { report.format != nil && report.error == nil }
}
