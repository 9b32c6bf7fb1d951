internal import Inventory
internal import Ledger

/// One file being read into one transaction.
struct FileImport {
  let path: InputPath
  var report: FileReport
  let format: ImportFormat
  let source: Source
  let transaction: LedgerTransaction
  private let isSourceNamed: Bool
  private var firstKey: Int64?
  private var lastKey: Int64?
  private var textRecords = 0
  private var unread = UnreadTexts()
  private var lasting: [ImportGap] = []
  private var zone: String?
  private var dateOrder: DateOrder?
  /// Of the content, where the same times may be read in several zones.
  private var digest: String?
  /// Whether some record tells that a VM was started or stopped.
  private var tellsPower = false
  private static let powerTypes: Set<EventType> = [.vmPoweredOn, .vmPoweredOff, .vmSuspended, .vmResumed]
  /// Of an inventory: what it tells that is not known.
  var news = SnapshotNews.new
  /// Number of the first event that the file adds, if it adds any.
  let firstSeq: Int64

  /// - Parameter isSourceNamed: whether a person or the file itself says which vCenter it is from.
  init(
    _ found: FoundFile, format: ImportFormat, source: Source, isSourceNamed: Bool, transaction: LedgerTransaction
  ) {
    self.isSourceNamed = isSourceNamed
    path = found.path
    report = found.report
    self.format = format
    self.source = source
    self.transaction = transaction
    self.report.source = source.name
    firstSeq = transaction.nextSeq
  }

  /// Reads whatever is not read as lists of objects.
  mutating func read(_ scenario: Scenario?, _ snapshot: SnapshotTime?, _ options: ImportOptions) throws {
    switch format {
    case .govcEventsXML: try readEvents()
    case .vcenterEventsJSON: try readWholeEvents()
    case .govcAbout: try readAbout(snapshot)
    case .govcEventsListJSON, .govcEventsJSON, .govcEventsList, .vcenterSyslog, .powerCLIEvents, .powerCLIMoves:
      try readSparseEvents(options)
    case .clusterFile: try readCluster(scenario?.cluster, snapshot)
    case .govcCollectClusters, .govcCollectHosts, .govcCollectVMs, .govcList, .govcHostInfo, .govcVMInfo,
      .govcDatastoreInfo, .govcCollectDatastores:
      try readObjects(snapshot)
    case .rvtoolsWorkbook, .rvtoolsLists, .powerCLIInventory: break
    }
  }

  /// Reads `govc events -xml`.
  private mutating func readEvents() throws {
    var reader = try XMLEventReader(path: path)
    var mapper = VCenterEventMapper()
    while let item = try reader.next() {
      switch item {
      case .broken(let reason, let line): report.skip(line: line, reason: reason)
      case .piece(let record, let line): try take(line: line) { try mapper.event(from: record) }
      }
    }
  }

  /// Reads whole events as JSON.
  mutating func readWholeEvents() throws {
    let reader = try WholeEventReader(path: path)
    let sparseMapper = SparseEventMapper(names: KnownNames(transaction, source))
    var mapper = VCenterEventMapper()
    while let item = try reader.next() {
      switch item {
      case .broken(let reason, let line): report.skip(line: line, reason: reason)
      case .piece(let event, let line):
        try take(line: line) {
          let whole = try mapper.event(from: event.record)
          return event.isSparse ? try sparseMapper.event(from: SparseRecord(event.record, whole)) : whole
        }
      }
    }
    noteTexts()
  }

  /// Notes how much is known from texts only.
  private mutating func noteTexts() {
    guard textRecords > 0 else { return }
    report.gaps.append(
      ImportGap(
        code: "text-only", text: "the objects of \(textRecords) records are known from the text of their messages only"))
  }

  /// Reads a format that keeps only some of the fields: JSON and text of `govc events`, lists of PowerCLI.
  mutating func readSparseEvents(_ options: ImportOptions) throws {
    let mapper = SparseEventMapper(names: KnownNames(transaction, source))
    func take(_ item: ReadItem<SparseRecord>) throws {
      switch item {
      case .broken(let reason, let line): report.skip(line: line, reason: reason)
      case .piece(let record, let line): try self.take(line: line) { try mapper.event(from: record) }
      }
    }
    if format.hasWallTimes {
      zone = options.zone
      try checkZone(zone)
    }
    switch format {
    case .govcEventsList:
      let reader = try TextEventReader(path: path, zone: options.zone)
      try reader.forEachRecord(take)
      noteDoubtful(reader.doubtfulTimes)
    case .powerCLIEvents, .powerCLIMoves:
      let reader = try PowerCLIReader(
        path: path, dateOrder: options.dateOrder, zone: options.zone, columns: options.columns)
      try reader.forEachRecord(take)
      noteDoubtful(reader.doubtfulTimes)
      dateOrder = reader.dateOrder
      if reader.isOutOfOrder {
        lack(
          "order-unknown",
          "the rows are not in the order of time: what came first within a second is not known, and VMs may be missing or "
            + "wrong; retract the import, and import a list that was not sorted")
      }
    case .vcenterSyslog:
      var reader = SyslogEventReader(path: path)
      try reader.forEachRecord(take)
      report.otherKinds = reader.otherLines
    default: try JSONEventReader(path: path).forEachRecord(take)
    }
    noteTexts()
  }

  /// The same times in another zone would be other happenings: a list that is there in one is not taken in another.
  private mutating func checkZone(_ zone: String?) throws {
    let content = try fileDigest(path: path)
    if let zone, let earlier = try transaction.otherZone(ofImport: content, than: zone, from: source) {
      throw YadokariError(
        .conflict,
        "\(path) is import \(earlier.number) already, with --tz \(earlier.zone); if that was wrong, undo it first: "
          + "yadokari import retract \(earlier.number) --reason \"wrong zone\"")
    }
    digest = content
  }

  private mutating func noteDoubtful(_ count: Int) {
    guard count > 0 else { return }
    lack(
      "zone-unknown",
      "\(count) times lie in an hour that clocks in \(zone ?? "") show twice or never: the records' order decided")
  }

  /// Notes what the file lacks, for its report and for every answer.
  mutating func lack(_ code: String, _ text: String) { lack(ImportGap(code: code, text: text)) }

  mutating func lack(_ gap: ImportGap) {
    lasting.append(gap)
    report.gaps.append(gap)
  }

  /// Appends the event of one record, or sets the record aside.
  mutating func take(line: Int, _ event: () throws -> Event) throws {
    let mapped: Event
    do {
      mapped = try event()
    } catch let problem as RecordProblem {
      report.skip(line: line, reason: problem.reason)
      return
    }
    if !format.isEvents, let host = mapped.host { try transaction.list(host, of: source) }
    do {
      if try transaction.append(mapped, source: source) == nil { report.duplicates += 1 } else { report.imported += 1 }
    } catch let error as YadokariError where error.code == .refused {
      report.skip(line: line, reason: error.message)
      return
    }
    report.records += 1
    report.include(mapped.occurredAt)
    if mapped.detail?["grade"] == "text" { textRecords += 1 }
    unread.take(mapped)
    tellsPower = tellsPower || Self.powerTypes.contains(mapped.type)
    if let key = mapped.foreignKey.flatMap({ Int64($0) }) {
      firstKey = min(firstKey ?? key, key)
      lastKey = max(lastKey ?? key, key)
    }
    if mapped.type == .ledgerGap {
      report.gaps.append(
        ImportGap(
          code: "burst-compressed", text: "vCenter kept only some of a burst of equal events before \(mapped.occurredAt)"))
    }
  }

  /// Writes down that the file was imported, if it added anything.
  /// - Throws: `failed` where no record of the file could be used: then nothing of it is kept.
  mutating func finish(_ snapshot: SnapshotTime?, _ options: ImportOptions) throws -> FileReport {
    if report.records == 0, let first = report.skipped.first {
      throw YadokariError(
        .failed, "\(report.path), line \(first.line): \(first.reason); no record of the file can be used, nothing was kept")
    }
    if options.source == nil, transaction.looksForeign {
      throw YadokariError(
        .refused,
        "\(report.path): the hosts of source \(source.name) have other names under these ids: if this is another vCenter, "
          + "name it with --source; if they were renamed, use --source \(source.name)")
    }
    if !isSourceNamed, try transaction.sharesNoHost(with: source) {
      throw ForeignSource(
        error: YadokariError(
          .refused,
          "\(report.path): none of its hosts is known of source \(source.name), and nothing in it says which vCenter it is "
            + "from; if it is another one, name it with --source NAME, and if all hosts are new, use --source \(source.name)"
        ))
    }
    if let snapshot { try refuseContradiction(snapshot) }
    if let time = snapshot?.withoutZone, format != .govcAbout {
      report.gaps.append(
        ImportGap(code: "zone-unknown", text: "its name says \"\(time)\", but not in which zone (--tz sets it)"))
    }
    if snapshot?.origin == .fileDate, format != .govcAbout {
      report.gaps.append(
        ImportGap(
          code: "snapshot-time-from-file-date",
          text: "nothing says when it was taken; \(path.isPiped ? "the time of the import" : "the date of its file"), "
            + "\(snapshot?.at.description ?? ""), was used (--at sets it)"))
    }
    if let gap = unread.gap(ofRecords: report.records) { lack(gap) }
    if report.skippedCount > 0, let first = report.skipped.first {
      lasting.append(
        ImportGap(
          code: "records-set-aside",
          text:
            "\(report.skippedCount) \(report.skippedCount == 1 ? "record" : "records") of \(path) could not be used, the "
            + "first in line \(first.line): \(first.reason)"))
    }
    try transaction.endRecords()
    var sameAs: Int64?
    if case .sameAs(let number) = news, report.records > 0 { sameAs = number }
    guard report.imported > 0 || sameAs != nil else { return report }
    if report.imported > 0, let first = report.firstEvent, let last = report.lastEvent {
      try transaction.repeatSnapshots(between: first, and: last, of: source)
    }
    var batch = ImportBatch(
      source: source.name, format: format.rawValue, path: report.path, records: report.records, imported: report.imported)
    batch.firstAt = report.firstEvent
    batch.lastAt = report.lastEvent
    (batch.firstKey, batch.lastKey) = (firstKey, lastKey)
    (batch.digest, batch.givenAt, batch.timeOrigin) = (snapshot?.digest ?? digest, snapshot?.givenAt, snapshot?.origin)
    batch.firstSeq = firstSeq
    batch.sameAs = sameAs
    batch.lacksPower = format.isEvents && !tellsPower
    (batch.zone, batch.dateOrder, batch.gaps) = (zone, dateOrder?.rawValue, lasting)
    var event = batch.event(at: transaction.now)
    (event.actor, event.reason) = (options.actor, options.reason)
    _ = try transaction.append(event)
    return report
  }
}
