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

  package init(_ key: String, _ title: String, isNumber: Bool = false, isDataOnly: Bool = false) {
    self.key = key
    self.title = title
    self.isNumber = isNumber
    self.isDataOnly = isDataOnly
  }
}
