internal import Inventory

/// Reads what `Get-VIEvent | Export-Csv` and the scripts around it write: events, or a list of moves.
///
/// Columns are known by their names. An export has those of its first object only, in whatever selection a script made of
/// them; times are those of a wall clock, in the form of some country.
struct PowerCLIReader {
  private let path: InputPath
  private let header: CSVHeader
  private let times: RowTimes
  /// The times at which moves began, where the list has them, too.
  private var starts: RowTimes?

  /// Reads the file once, for the times of its rows.
  init(path: InputPath, dateOrder: DateOrder?, zone: String?, columns: ColumnChoice? = nil) throws {
    guard let header = try CSVHeader.find(path: path, columns) else {
      throw YadokariError(
        .failed,
        "\(path): no line names a column for the time, such as CreatedTime, and one for the text, or for VM and hosts of "
          + "moves; export with the header line, or say with --columns what the columns are")
    }
    (self.path, self.header) = (path, header)
    var times = RowTimes()
    var starts = RowTimes()
    var order = RowOrder()
    try Self.forEachRow(path, header) { item in
      switch item {
      case .piece(let row, _):
        if let text = header.has(.start) ? header.text(row, .start) : nil {
          try starts.add(text, key: nil, path: path)
        } else {
          starts.addUnreadable()
        }
        guard let text = header.text(row, .time) else { return times.addUnreadable() }
        try times.add(text, key: header.text(row, .key).flatMap { Int64($0) }, path: path)
        if order.isOpen, let (type, vm) = Self.subject(of: row, header) { order.add(time: text, type: type, object: vm) }
      case .broken(CSVRowReader.notUTF8, let line) where path.encoding == nil:
        throw YadokariError(
          .usage,
          "\(path), line \(line): not UTF-8; say with --encoding how it was saved: windows-1252 for the \"ANSI\" of Western "
            + "Windows, or utf-8 to set such rows aside")
      case .broken:
        starts.addUnreadable()
        times.addUnreadable()
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
    guard header.has(.start) else { return }
    try starts.settle(dateOrder: times.order ?? dateOrder, zone: zone, isNewestFirst: true, path: path)
    self.starts = starts
  }

  /// Times in an hour that comes twice in its zone.
  var doubtfulTimes: Int { times.doubtful }
  var dateOrder: DateOrder? { times.order }
  /// Whether the rows are in no order of time.
  var isOutOfOrder: Bool { times.isOutOfOrder }

  /// Calls `body` with each record, or with what keeps a row from being one.
  func forEachRecord(_ body: (ReadItem<SparseRecord>) throws -> Void) throws {
    var number = 0
    try Self.forEachRow(path, header) { item in
      defer { number += 1 }
      let (row, line): ([String], Int)
      switch item {
      case .broken(let reason, let line): return try body(.broken(reason: reason, line: line))
      case .piece(let read, let begun): (row, line) = (read, begun)
      }
      guard let at = times.moment(number) else {
        let (name, text) = (header.name(of: .time), header.text(row, .time) ?? "")
        return try body(
          .broken(
            reason:
              "\(name) \"\(text.prefix(40))\" has no seconds, or is not a valid time; "
              + "a spreadsheet may have cut it: export again",
            line: line))
      }
      var record = SparseRecord(at: at)
      record.hasWholeSeconds = times.hasWholeSeconds(number)
      record.actor = header.text(row, .user)
      guard header.isMoves else {
        fillEvent(&record, row)
        return try body(.piece(record, line: line))
      }
      fillMove(&record, row)
      if let start = start(of: row, number, before: &record) { try body(.piece(start, line: line)) }
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
    let type = header.text(row, .type)
    if let type, let vm = header.text(row, .vm) { return (type, vm) }
    guard let message = header.text(row, .message),
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
    record.key = header.text(row, .key).flatMap { Int64($0) }
    record.chain = header.text(row, .chain)
    record.foreignType = header.text(row, .type)
    record.severity = header.text(row, .severity)
    record.message = header.text(row, .message)
    record.cluster = object(.cluster, header.text(row, .cluster))
    record.host = object(.host, header.text(row, .host))
    record.vm = object(.vm, header.text(row, .vm))
    record.datastore = object(.datastore, header.text(row, .datastore))
    if let kind = header.text(row, named: "objecttype").flatMap({ ObjectKind(vCenterType: $0) }) {
      let subject = ObjectReference(
        kind: kind, foreignID: header.text(row, named: "objectid") ?? "", name: header.text(row, named: "objectname") ?? "")
      switch kind {
      case .vm: record.vm = subject
      case .host where record.vm == nil: record.host = subject
      case .cluster where record.vm == nil && record.host == nil: record.cluster = subject
      default: break
      }
    }
    let hasSubject = header.text(row, named: "objecttype").flatMap({ ObjectKind(vCenterType: $0) }) != nil
    let known = header.indices(of: Self.known)
    record.rest = rest(row, besides: hasSubject ? known.union(Self.subject.compactMap { header.index(of: $0) }) : known)
  }

  /// What the columns hold that nothing else took: those of a script's own making, objects of other kinds.
  private func rest(_ row: [String], besides known: Set<Int>) -> [JSONValue.Member] {
    header.names.indices.compactMap { index in
      guard !known.contains(index), let text = CSVHeader.text(row, at: index) else { return nil }
      return JSONValue.Member(header.names[index], .string(text))
    }
  }

  private static let known: [ListColumn] = [
    .key, .chain, .time, .user, .message, .type, .severity, .cluster, .host, .vm, .datastore,
  ]
  /// They name an object, where its type is one that we know.
  private static let subject = ["objectid", "objecttype", "objectname"]
  private static let knownOfMoves: [ListColumn] = [
    .key, .chain, .time, .start, .duration, .user, .type, .vm, .targetHost, .sourceHost, .targetDatastore,
    .sourceDatastore,
  ]

  /// A row of a motion history. What has no target stayed where it was.
  private func fillMove(_ record: inout SparseRecord, _ row: [String]) {
    func object(_ kind: ObjectKind, _ columns: ListColumn...) -> ObjectReference? {
      columns.lazy.compactMap { header.text(row, $0) }.first.map { ObjectReference(kind: kind, foreignID: "", name: $0) }
    }
    record.key = header.text(row, .key).flatMap { Int64($0) }
    record.chain = header.text(row, .chain)
    record.foreignType = header.text(row, .type)
    record.move = .ended
    record.vm = object(.vm, .vm)
    record.host = object(.host, .targetHost, .sourceHost)
    record.otherHost = object(.host, .sourceHost)
    record.datastore = object(.datastore, .targetDatastore, .sourceDatastore)
    record.otherDatastore = object(.datastore, .sourceDatastore)
    let vm = Set([header.index(of: .vm)].compactMap(\.self))
    record.rest = rest(row, besides: header.indices(of: Self.knownOfMoves).union(vm))
    // Get-VMotion writes that where vCenter names no user. DRS moves what runs.
    if record.actor == "DRS" {
      record.rest = [.init("type", JSONValue(record.foreignType))] + record.rest
      record.foreignType = "DrsVmMigratedEvent"
    }
  }

  /// The beginning of a move whose row tells it, as a record of its own.
  /// - Parameter end: the record of the end; where the row has the duration instead, its time is moved to the end.
  private func start(of row: [String], _ number: Int, before end: inout SparseRecord) -> SparseRecord? {
    guard let starts, let at = starts.moment(number) else { return nil }
    if header.index(of: .start) == header.index(of: .time) {
      guard let seconds = header.text(row, .duration).flatMap(Self.seconds) else { return nil }
      end.at = Instant(microseconds: at.microseconds + seconds * 1_000_000)
    }
    // Within one second nothing tells which came first, nor how long it took.
    guard at.wholeSeconds < end.at.wholeSeconds else { return nil }
    var start = end
    start.at = at
    start.hasWholeSeconds = starts.hasWholeSeconds(number)
    start.move = .began
    start.key = nil
    // The end names the host where the VM arrived, the beginning the one that it left.
    (start.host, start.otherHost) = (end.otherHost ?? end.host, end.otherHost == nil ? nil : end.host)
    (start.datastore, start.otherDatastore) = (
      end.otherDatastore ?? end.datastore, end.otherDatastore == nil ? nil : end.datastore
    )
    start.foreignType = header.text(row, .type)
    return start
  }

  /// The seconds of a duration such as `00:03:05`, `1.02:03:04` or `00:03:05.25`; nil for anything else.
  private static func seconds(_ text: String) -> Int64? {
    var parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3 else { return nil }
    var days: Int64 = 0
    if let point = parts[0].firstIndex(of: ".") {
      guard let number = Int64(parts[0][..<point]) else { return nil }
      days = number
      parts[0] = String(parts[0][parts[0].index(after: point)...])
    }
    let numbers = parts.map { Int64($0.prefix { $0 != "." }) }
    guard let hours = numbers[0], let minutes = numbers[1], let seconds = numbers[2], (0..<10_000).contains(days),
      (0..<24).contains(hours), (0..<60).contains(minutes), (0..<60).contains(seconds)
    else { return nil }
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
  }
}
