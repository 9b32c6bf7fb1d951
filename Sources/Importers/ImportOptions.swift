package import Inventory

/// What a person says of the files.
package struct ImportOptions: Sendable {
  /// The name of the source; nil to find it from the files.
  package var source: String?
  /// The time of a snapshot; nil to take it from the file.
  package var at: Instant?
  /// The format; nil to recognise each file.
  package var format: ImportFormat?
  /// The zone of times that have none, such as `Europe/Berlin`.
  package var zone: String?
  /// The order of dates that can be read in two ways.
  package var dateOrder: DateOrder?
  /// The encoding of texts whose file does not tell it, as `iconv` names it, such as `windows-1252`.
  package var encoding: String?
  /// What the columns of lists of events and moves are; nil to know them by their names.
  package var columns: ColumnChoice?

  /// Who imports, and why: kept with the event that says so.
  package var actor: String?
  package var reason: String?

  package init(source: String? = nil, at: Instant? = nil, format: ImportFormat? = nil) {
    self.source = source
    self.at = at
    self.format = format
  }
}
