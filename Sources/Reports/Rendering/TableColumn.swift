/// A column of a table.
package struct TableColumn: Sendable, Equatable {
  /// The key in JSON and the heading in CSV.
  package let key: String
  /// The heading for people.
  package let title: String
  /// Numbers stand to the right.
  package let isNumber: Bool
  /// Left out of tables for people, who would not read it.
  package let isDataOnly: Bool
  /// Shown on pages, which have more room than a terminal.
  package let isOnPages: Bool

  /// - Parameter isOnPages: nil for the same as in other tables for people.
  package init(
    _ key: String, _ title: String, isNumber: Bool = false, isDataOnly: Bool = false, isOnPages: Bool? = nil
  ) {
    self.key = key
    self.title = title
    self.isNumber = isNumber
    self.isDataOnly = isDataOnly
    self.isOnPages = isOnPages ?? !isDataOnly
  }
}
