internal import Inventory

/// Which columns of a table are shown, and how wide: where the rows are wider than the terminal, headings are wrapped, empty
/// columns go, then those that hold one value, then minor ones, then long texts are cut, then columns go from the right.
struct TableLayout {
  /// What a column that is not shown would have said.
  private enum Omission {
    case empty
    case always(String)
    case narrow
  }

  /// The places of the columns that are shown.
  private(set) var shown: [Int]
  /// Columns of the terminal for each column of the table.
  private(set) var widths: [Int]
  /// The lines of each heading, for the columns that are shown.
  private(set) var headings: [Int: [String]] = [:]
  /// How times are written.
  let clock: TableClock
  private let columns: [TableColumn]
  private var omitted: [Int: Omission] = [:]

  /// The narrowest that a text is cut to.
  private static let least = 8
  private static let gap = 2

  /// - Parameters:
  ///   - margin: columns before the first.
  ///   - isWhole: whether these are all rows there will be.
  init(_ columns: [TableColumn], rows: [[Cell]], zone: DisplayZone, style: TextStyle, margin: Int, isWhole: Bool) {
    self.columns = columns
    shown = columns.indices.filter { style.shows(columns[$0]) }
    clock = TableClock(zone: zone, times: style.width == nil ? [] : Self.times(rows, shown), isWhole: isWhole)
    widths = [Int](repeating: 0, count: columns.count)
    for index in shown {
      let title = printable(columns[index].title.uppercased())
      headings[index] = [title]
      widths[index] = ColumnCount.of(title)
      for row in rows {
        widths[index] = max(widths[index], ColumnCount.of(printable(clock.text(row[index], columns[index]))))
      }
    }
    guard let width = style.width else { return }
    let room = width - margin
    if total > room { wrapHeadings(rows) }
    if isWhole { omit(rows, room) }
    for index in shown.reversed() where columns[index].isMinor && total > room { leave(index, .narrow) }
    shrink(to: room, texts: shown.filter { index in !columns[index].isNumber && rows.allSatisfy { $0[index].mayBeCut } })
    while total > room, shown.count > 1, let last = shown.last { leave(last, .narrow) }
    for index in shown where ColumnCount.of(headings[index]?.first ?? "") > widths[index] {
      headings[index] = WordWrap.lines(headings[index]?.first ?? "", width: widths[index])
    }
  }

  /// What is not shown, in words; nil where all is.
  var remark: String? {
    guard !omitted.isEmpty else { return nil }
    let parts = omitted.keys.sorted().map { index in
      switch omitted[index] {
      case .always(let text): "\(columns[index].title) (\(text))"
      case .empty: "\(columns[index].title) (none)"
      case .narrow, nil: columns[index].title
      }
    }
    return "Not shown: \(parts.joined(separator: ", ")). -o wide shows all."
  }

  private static func times(_ rows: [[Cell]], _ shown: [Int]) -> [Instant] {
    rows.flatMap { row in
      shown.compactMap { if case .time(let instant?) = row[$0] { instant } else { nil } }
    }
  }

  private var total: Int { shown.reduce(-Self.gap) { $0 + widths[$1] + Self.gap } }

  private mutating func leave(_ index: Int, _ omission: Omission) {
    omitted[index] = omission
    shown.removeAll { $0 == index }
  }

  /// Makes columns no wider than their cells and the longest word above them.
  private mutating func wrapHeadings(_ rows: [[Cell]]) {
    for index in shown {
      let words = columns[index].title.split(separator: " ").map { ColumnCount.of($0) }
      let cells = rows.map { ColumnCount.of(printable(clock.text($0[index], columns[index]))) }
      widths[index] = (words + cells).max() ?? 0
    }
  }

  /// Leaves out columns in which nothing or only one thing is said, from the right, as many as have to go. The first says
  /// what a row is about.
  private mutating func omit(_ rows: [[Cell]], _ room: Int) {
    let values = Dictionary(
      uniqueKeysWithValues: shown.map { index in (index, Set(rows.map { clock.text($0[index], columns[index]) })) })
    func leaveWhere(_ omission: (Int, String) -> Omission?) {
      for index in shown.dropFirst().reversed() where total > room {
        guard let set = values[index], set.count == 1, let only = set.first, let reason = omission(index, only) else {
          continue
        }
        leave(index, reason)
      }
    }
    leaveWhere { index, only in only == "-" || (columns[index].isNumber && only == "0") ? .empty : nil }
    if rows.count > 1 { leaveWhere { _, only in .always(printable(only)) } }
  }

  /// No word of a heading is broken.
  private func least(of index: Int) -> Int {
    columns[index].title.split(separator: " ").reduce(Self.least) { max($0, ColumnCount.of($1)) }
  }

  /// Cuts texts, the widest first. Numbers, times and outcomes cut would be other ones.
  private mutating func shrink(to room: Int, texts: [Int]) {
    while total > room {
      let wide = texts.filter { widths[$0] > least(of: $0) }
      guard let widest = wide.max(by: { (widths[$0], $1) < (widths[$1], $0) }) else { return }
      let next = wide.filter { $0 != widest }.map { widths[$0] }.max() ?? 0
      widths[widest] = max(least(of: widest), min(widths[widest] - 1, max(next - 1, widths[widest] - (total - room))))
    }
  }
}

extension Cell {
  /// Whether the beginning of it says something true.
  fileprivate var mayBeCut: Bool {
    switch self {
    case .value: true
    case .time, .seconds, .state: false
    }
  }
}
