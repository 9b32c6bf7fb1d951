internal import Inventory

/// The dates of workbooks: days since 30 December 1899, by a clock whose zone nothing tells.
enum WorkbookDate {
  private static let daysBefore1970 = 25_569.0
  /// The end of the year 9999.
  private static let lastDay = 2_958_466.0

  /// Seconds since 1970 as if the clock showed UTC; nil for a text that is no such number.
  static func seconds(of text: String) -> Int64? {
    guard let days = Double(text), days > 0, days < lastDay else { return nil }
    return Int64(((days - daysBefore1970) * 86_400).rounded())
  }

  /// A date as `2024-05-01 09:30:00`; one in the order of some country stays as it is.
  static func text(of text: String) -> String {
    let wall = WallTime(text)
    guard let seconds = seconds(of: text) ?? (wall?.isYearFirst == true ? wall?.seconds(.yearMonthDay) : nil) else {
      return text
    }
    return String(Instant(microseconds: seconds * 1_000_000).description.prefix(19)).replacing("T", with: " ")
  }
}
