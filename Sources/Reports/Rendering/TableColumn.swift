internal import Inventory

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

  /// Left out of a terminal before texts are cut.
  package let isMinor: Bool

  /// - Parameter isOnPages: nil for the same as in other tables for people.
  package init(
    _ key: String, _ title: String, isNumber: Bool = false, isDataOnly: Bool = false, isOnPages: Bool? = nil,
    isMinor: Bool = false
  ) {
    self.key = key
    self.title = title
    self.isNumber = isNumber
    self.isDataOnly = isDataOnly
    self.isOnPages = isOnPages ?? !isDataOnly
    self.isMinor = isMinor
  }

  /// A cell of it for a person: numbers in people's units, a dash for what is unknown.
  func text(_ cell: Cell, in zone: DisplayZone) -> String {
    guard let unit = TableUnit(key: key), let number = cell.json.doubleValue else { return cell.shown(in: zone) }
    return unit.text(number)
  }
}
