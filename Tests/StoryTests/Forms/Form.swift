/// The forms in which a story is written out.
enum Form: String, CaseIterable {
  case xml = "events.xml"
  case wholeJSON = "events-whole.json"
  case listJSON = "events-l.json"
  case plainJSON = "events.json"
  case listText = "events-l.txt"
  case texts = "texts.csv"
  case raw = "raw.csv"
  case syslog = "syslog.log"
  case moves = "moves.csv"
  case motions = "motions.csv"
  case inventories = "inventories"
  case powerCLI = "powercli-inventories"

  /// Whether VM and host stand in texts alone.
  var isText: Bool { [.listJSON, .plainJSON, .listText, .texts, .raw, .syslog].contains(self) }

  /// Whether it has all fields of events.
  var isWhole: Bool { self == .xml || self == .wholeJSON }

  /// Whether it has nothing but moves.
  var isMoves: Bool { self == .moves || self == .motions }

  var isInventories: Bool { self == .inventories || self == .powerCLI }

  /// Whether it has events of all kinds.
  var hasEvents: Bool { !isMoves && !isInventories }

  /// Seconds by which its times may be off.
  var tolerance: Int64 { [.listText, .texts, .raw, .moves, .motions].contains(self) ? 1_000_000 : 0 }

  /// The zone of its times, in seconds east of UTC; nil where they are UTC.
  var hasLocalTimes: Bool { tolerance > 0 }

  static let zone = "Europe/Berlin"
  static let zoneOffset: Int64 = 7200

  /// The file of a life's records.
  func write(_ records: [StoryRecord]) -> String {
    switch self {
    case .xml: records.map(EventForms.xml).joined()
    case .listJSON: records.map { EventForms.json($0, withType: true) }.joined()
    case .plainJSON: records.map { EventForms.json($0, withType: false) }.joined()
    case .listText: records.map(EventForms.line).joined()
    case .texts: EventForms.texts(records)
    case .raw: EventForms.raw(records)
    case .moves: EventForms.moves(records)
    case .motions: EventForms.motions(records)
    case .wholeJSON: WholeJSONForm.text(records)
    case .syslog: SyslogForm.text(records)
    case .inventories, .powerCLI: ""
    }
  }
}
