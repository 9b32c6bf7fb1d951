internal import Inventory

/// A row under the headings of its tab.
struct TabRow {
  let header: TabHeader
  let row: SheetRow
  /// Whether it is of a list, where numbers are as in some country; in a sheet they are as in programs.
  let isList: Bool

  /// No name, path or key is longer, in bytes.
  static let textLimit = 4096

  var number: Int { row.number }

  /// The name of what the row is about; nil where it is about nothing.
  func key() throws -> String? { try header.keyColumn.flatMap { try text(column: $0) } }

  /// The text under a heading; nil where it is blank, or there is no such column.
  /// - Throws: `RecordProblem` for a text that is longer than any that could be meant.
  func text(_ heading: String) throws -> String? { try header[heading].flatMap { try text(column: $0) } }

  private func text(column: Int) throws -> String? {
    let cell = row[column]
    guard cell.size <= Self.textLimit else {
      throw RecordProblem(
        reason: "cell \(SheetRow.name(ofColumn: column))\(number) holds \(cell.size) bytes; no name is longer than "
          + "\(Self.textLimit)")
    }
    return cell.text
  }

  /// True or false, in any case of letters; nil for anything else.
  func flag(_ heading: String) throws -> Bool? {
    switch try text(heading)?.lowercased() {
    case "true": true
    case "false": false
    default: nil
    }
  }

  /// A number of any precision, with a point or a comma; nil where there is none.
  func number(_ heading: String) throws -> Double? {
    guard let text = try text(heading) else { return nil }
    return Self.number(isList ? text.replacing(",", with: ".") : text)
  }

  private static func number(_ text: String) -> Double? {
    let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
    guard isPlain, let number = Double(text), number.isFinite else { return nil }
    return number
  }

  /// A whole amount, such as MiB, MHz or a count; nil where it is unknown, negative (`-1` is no limit) or beyond all
  /// machines. In lists digits may stand in groups of three, such as `43,107` or `43.107`: RVTools writes no fractions of
  /// amounts.
  func amount(_ heading: String) throws -> Int64? {
    guard var text = try text(heading) else { return nil }
    if isList {
      text.removeAll { $0.isWhitespace || $0 == "'" || $0 == "’" }
      for sign in [",", "."] as [Character] where Self.isGrouped(text, by: sign) { text.removeAll { $0 == sign } }
    }
    guard let number = Self.number(text)?.rounded(), number >= 0, number <= Self.largest else { return nil }
    return Int64(number)
  }

  /// Whether a text is digits in groups of three with a sign between them.
  private static func isGrouped(_ text: String, by sign: Character) -> Bool {
    let groups = text.split(separator: sign, omittingEmptySubsequences: false)
    let areDigits = groups.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    return groups.count > 1 && areDigits && (1...3).contains(groups[0].count)
      && groups.dropFirst().allSatisfy { $0.count == 3 }
  }

  /// 16 PiB in MiB: sums of such amounts, and bytes, fit into 64 bits.
  private static let largest = Double(1 << 34)

  /// A share that stands there in percent.
  func ratio(_ heading: String) throws -> Double? { try number(heading).map { $0 / 100 } }
}
