package import Inventory

/// A report as a value: what it says, before anybody decided how to show it.
package struct Report: Sendable {
  /// A part with a heading, sentences, a table and remarks.
  package struct Section: Sendable {
    package var heading: String
    /// Moments with their names, such as "declared".
    package var times: [(name: String, at: Instant)] = []
    package var columns: [TableColumn] = []
    package var rows: [[Cell]] = []
    /// When each row happened, for whoever shows them one after the other; empty for rows that are no happenings.
    package var rowTimes: [Instant] = []
    package var notes: [String] = []
    /// What only pages show besides: facts in words, how many of which kind, and a drawing.
    package var facts: [(name: String, cell: Cell)] = []
    package var counts: [(name: String, count: Int, tone: Tone)] = []
    package var timeLine: TimeLine?
    package var moveLine: MoveLine?
    package var barChart: BarChart?
    package var lineChart: LineChart?
    /// What the table holds, and what the notes are.
    package var caption: String?
    package var notesHeading = "Remarks"

    package init(heading: String) { self.heading = heading }
  }

  /// A table of values with a name of its own.
  package struct Table: Sendable {
    package let name: String
    package let columns: [TableColumn]
    package var rows: [[Cell]] = []
  }

  /// The name of the document's schema, such as `yadokari.ha-affected/1`.
  package let schema: String
  /// The time that the report is of.
  package let at: Instant
  /// What a person has to know before the answer: how old the evidence is.
  package var warnings: [String] = []
  /// The answer in words: the first lines.
  package var answer: [String] = []
  /// Whether each line of the answer is about the section of the same number, so that a page links them.
  package var hasSectionForEachAnswer = true
  package var sections: [Section] = []
  /// The whole document, where it is not a list of items.
  package var document: JSONValue?
  /// Key of the array that the document consists of, and its elements: the lines of NDJSON.
  package let itemsKey: String
  package var items: [JSONValue] = []
  /// Further members of the document.
  package var extra: [JSONValue.Member] = []
  /// The whole report as one flat table, for CSV.
  package var flatColumns: [TableColumn] = []
  package var flatRows: [[Cell]] = []
  /// The whole report as several tables, for CSV; none where the flat one says it all.
  package var tables: [Table] = []
  /// What the answer rests on, in words: the foot of a page.
  package var evidence: [(name: String, text: String)] = []

  /// The report with what limits it as a whole: said before the answer, and in the document's gaps.
  package func limited(by reach: EvidenceReach) -> Report {
    guard !reach.gaps.isEmpty else { return self }
    func joined(_ members: [JSONValue.Member]) -> [JSONValue.Member] {
      let others = members.filter { $0.key != "gaps" }
      let gaps = members.first { $0.key == "gaps" }?.value.arrayValue ?? []
      return others + [JSONValue.Member("gaps", .array(reach.gaps.map(\.json) + gaps))]
    }
    var report = self
    report.warnings = reach.warnings + warnings
    // Whatever the answer says was not seen could not have been.
    if reach.holdsNothing { report.answer = [EvidenceReach.nothing] }
    if case .object(let members) = document { report.document = .object(joined(members)) }
    report.extra = joined(extra)
    return report
  }

  package init(schema: String, at: Instant, itemsKey: String) {
    self.schema = schema
    self.at = at
    self.itemsKey = itemsKey
  }
}
