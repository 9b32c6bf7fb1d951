internal import Inventory

/// Reads what `Get-VIEvent | Export-Csv` and the scripts around it write: events, or a list of moves.
///
/// Columns are known by their names. An export has those of its first object only, in whatever selection a script made of
/// them; times are those of a wall clock, in the form of some country.
struct PowerCLIReader {
  private let path: InputPath
  private let header: CSVHeader
  private let times: RowTimes

  /// Whether a header is that of a list of moves, as "motion history" scripts write it.
  static func isMoves(_ header: CSVHeader) -> Bool {
    header["vm"] != nil && (header["srcvmhost"] != nil || header["tgtvmhost"] != nil)
  }

  /// Whether a header is that of events.
  static func isEvents(_ header: CSVHeader) -> Bool {
    header["fullformattedmessage"] != nil || header["message"] != nil
  }

  /// Reads the file once, for the times of its rows.
  init(path: InputPath, dateOrder: DateOrder?, zone: String?) throws {
    guard let header = try CSVHeader.find(path: path) else {
      throw YadokariError(.failed, "\(path): no line names the column CreatedTime; export with its header line")
    }
    (self.path, self.header) = (path, header)
    var times = RowTimes()
    var order = RowOrder()
    try Self.forEachRow(path, header) { item in
      switch item {
      case .piece(let row, _):
        guard let text = header.text(row, "createdtime") else { return times.addUnreadable() }
        try times.add(text, key: header.text(row, "key").flatMap { Int64($0) }, path: path)
        if order.isOpen, let (type, vm) = Self.subject(of: row, header) { order.add(time: text, type: type, object: vm) }
      case .broken(CSVRowReader.notUTF8, let line) where path.encoding == nil:
        throw YadokariError(
          .usage,
          "\(path), line \(line): not UTF-8; say with --encoding how it was saved: windows-1252 for the \"ANSI\" of Western "
            + "Windows, or utf-8 to set such rows aside")
      case .broken: times.addUnreadable()
      }
    }
    order.close()
    guard times.count > 0 else {
      throw YadokariError(
        .failed, "\(path) has a header and no row: that is no data, not \"no events\"; look at the script that wrote it")
    }
    // Get-VIEvent gives the newest event first.
    try times.settle(dateOrder: dateOrder, zone: zone, isNewestFirst: true, rowOrder: order, path: path)
    self.times = times
  }

  /// Times in an hour that comes twice in its zone.
  var doubtfulTimes: Int { times.doubtful }
  var dateOrder: DateOrder? { times.order }
  /// Whether the rows are in no order of time.
  var isOutOfOrder: Bool { times.isOutOfOrder }

  /// Calls `body` with each record, or with what keeps a row from being one.
  func forEachRecord(_ body: (ReadItem<SparseRecord>) throws -> Void) throws {
    let isMoves = Self.isMoves(header)
    var number = 0
    try Self.forEachRow(path, header) { item in
      defer { number += 1 }
      let (row, line): ([String], Int)
      switch item {
      case .broken(let reason, let line): return try body(.broken(reason: reason, line: line))
      case .piece(let read, let begun): (row, line) = (read, begun)
      }
      guard let at = times.moment(number) else {
        let text = header.text(row, "createdtime") ?? ""
        return try body(
          .broken(
            reason:
              "CreatedTime \"\(text.prefix(40))\" has no seconds, or is not a valid time; "
              + "a spreadsheet may have cut it: export again",
            line: line))
      }
      var record = SparseRecord(at: at)
      record.hasWholeSeconds = times.hasWholeSeconds(number)
      record.actor = header.text(row, "username")
      if isMoves { fillMove(&record, row) } else { fillEvent(&record, row) }
      try body(.piece(record, line: line))
    }
  }

  private static func forEachRow(
    _ path: InputPath, _ header: CSVHeader, _ body: (ReadItem<[String]>) throws -> Void
  ) throws {
    let reader = try CSVRowReader(path: path, separator: header.separator)
    var isBehindHeader = false
    while let item = try reader.next() {
      switch item {
      case .piece(let row, let line):
        if header.isHeader(row) {
          isBehindHeader = true
        } else if isBehindHeader, row.contains(where: { !$0.trimmed.isEmpty }) {
          if let reason = header.misfit(row, hasLineEnd: reader.hasLineEnd) {
            try body(.broken(reason: reason, line: line))
          } else {
            try body(item)
          }
        }
      case .broken: if isBehindHeader { try body(item) }
      }
    }
  }

  /// The type of a row's record, and the name of its VM.
  private static func subject(of row: [String], _ header: CSVHeader) -> (type: String, vm: String)? {
    let type = header.text(row, "eventtypeid", "eventtype", "type")
    if let type, let vm = header.text(row, "vm", "vmname") { return (type, vm) }
    guard let message = header.text(row, "fullformattedmessage", "message"),
      let reading = MessageReading(
        message, foreignType: type.flatMap { VCenterTypes.isType($0) ? $0 : nil }, isKnown: { _, _ in true }),
      let vm = reading.fields["vm"]
    else { return nil }
    return (reading.foreignType, vm)
  }

  private func fillEvent(_ record: inout SparseRecord, _ row: [String]) {
    func object(_ kind: ObjectKind, _ name: String?) -> ObjectReference? {
      name.map { ObjectReference(kind: kind, foreignID: "", name: $0) }
    }
    record.key = header.text(row, "key").flatMap { Int64($0) }
    record.chain = header.text(row, "chainid")
    record.foreignType = header.text(row, "eventtypeid", "eventtype", "type")
    record.severity = header.text(row, "severity")
    record.message = header.text(row, "fullformattedmessage", "message")
    record.cluster = object(.cluster, header.text(row, "clustername", "cluster", "computeresource"))
    record.host = object(.host, header.text(row, "hostname", "host", "vmhost"))
    record.vm = object(.vm, header.text(row, "vm", "vmname"))
    record.datastore = object(.datastore, header.text(row, "ds", "datastore"))
    if let kind = header.text(row, "objecttype").flatMap({ ObjectKind(vCenterType: $0) }) {
      let subject = ObjectReference(
        kind: kind, foreignID: header.text(row, "objectid") ?? "", name: header.text(row, "objectname") ?? "")
      switch kind {
      case .vm: record.vm = subject
      case .host where record.vm == nil: record.host = subject
      case .cluster where record.vm == nil && record.host == nil: record.cluster = subject
      default: break
      }
    }
    let hasSubject = header.text(row, "objecttype").flatMap({ ObjectKind(vCenterType: $0) }) != nil
    record.rest = rest(row, besides: hasSubject ? Self.known.union(Self.subject) : Self.known)
  }

  /// What the columns hold that nothing else took: those of a script's own making, objects of other kinds.
  private func rest(_ row: [String], besides known: Set<String>) -> [JSONValue.Member] {
    header.names.compactMap { name in
      let isMessage = name == "message" && header["fullformattedmessage"] == nil
      guard !isMessage, !known.contains(name), let text = header.text(row, name) else { return nil }
      return JSONValue.Member(name, .string(text))
    }
  }

  private static let known: Set<String> = [
    "key", "chainid", "createdtime", "username", "fullformattedmessage", "eventtypeid", "eventtype", "type", "severity",
    "clustername", "cluster", "computeresource", "hostname", "host", "vmhost", "vm", "vmname", "ds", "datastore",
  ]
  /// They name an object, where its type is one that we know.
  private static let subject: Set<String> = ["objectid", "objecttype", "objectname"]
  private static let knownOfMoves: Set<String> = [
    "key", "createdtime", "username", "type", "vm", "tgtvmhost", "srcvmhost", "tgtdatastore", "srcdatastore",
  ]

  /// A row of a motion history. What has no target stayed where it was.
  private func fillMove(_ record: inout SparseRecord, _ row: [String]) {
    func object(_ kind: ObjectKind, _ columns: [String]) -> ObjectReference? {
      columns.lazy.compactMap { header.text(row, $0) }.first.map { ObjectReference(kind: kind, foreignID: "", name: $0) }
    }
    record.key = header.text(row, "key").flatMap { Int64($0) }
    record.foreignType = header.text(row, "type")
    record.isMove = true
    record.vm = object(.vm, ["vm"])
    record.host = object(.host, ["tgtvmhost", "srcvmhost"])
    record.otherHost = object(.host, ["srcvmhost"])
    record.datastore = object(.datastore, ["tgtdatastore", "srcdatastore"])
    record.otherDatastore = object(.datastore, ["srcdatastore"])
    record.rest = rest(row, besides: Self.knownOfMoves)
  }
}
