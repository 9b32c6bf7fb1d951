internal import Inventory

/// How the times of one table are written: what all of them share stands above the table once.
struct TableClock {
  private let zone: DisplayZone
  /// `2026-10-13`, where all are of that day; `2026`, where all are of that year.
  private let date: String?
  private let year: String?
  /// `Z` or `+01:00`, where all are in it.
  private let offset: String?

  /// - Parameters:
  ///   - times: those of the table; none for times in full.
  ///   - isWhole: whether these are all of them.
  init(zone: DisplayZone, times: [Instant], isWhole: Bool) {
    self.zone = zone
    let calendars = isWhole ? times.map { zone.calendar($0) } : []
    func shared(_ part: (CalendarTime) -> String) -> String? {
      let parts = Set(calendars.map(part))
      return parts.count == 1 ? parts.first : nil
    }
    offset = shared(\.zone)
    date = offset == nil ? nil : shared(\.date)
    year = offset == nil ? nil : shared { String($0.date.prefix(4)) }
  }

  /// What all times share; nil where it is nothing, or nothing was taken out of them.
  var remark: String? {
    guard let offset else { return nil }
    let zoneName = offset == "Z" ? "UTC" : offset
    return (date ?? year).map { "\($0), \(zoneName)" } ?? "Times in \(zoneName)"
  }

  /// A cell for a person.
  func text(_ cell: Cell, _ column: TableColumn) -> String {
    guard offset != nil, case .time(let instant?) = cell else { return column.text(cell, in: zone) }
    let calendar = zone.calendar(instant)
    guard date == nil else { return calendar.clock }
    return "\(year == nil ? calendar.date : String(calendar.date.dropFirst(5))) \(calendar.clock)"
  }
}
