internal import Inventory
internal import Ledger

/// One file being read into one transaction.
struct FileImport {
  private let path: InputPath
  private var report: FileReport
  private let format: ImportFormat
  private let source: Source
  private let transaction: LedgerTransaction
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
  /// Of an inventory: what it tells that is not known.
  private var news = SnapshotNews.new
  /// Number of the first event that the file adds, if it adds any.
  private let firstSeq: Int64

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

  /// Reads `govc events -xml`.
  mutating func readEvents() throws {
    var reader = try XMLEventReader(path: path)
    var mapper = VCenterEventMapper()
    while let item = try reader.next() {
      switch item {
      case .broken(let reason, let line): report.skip(line: line, reason: reason)
      case .piece(let record, let line): try take(line: line) { try mapper.event(from: record) }
      }
    }
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
    if format != .govcEventsJSON, format != .govcEventsListJSON {
      zone = options.zone
      try checkZone(zone)
    }
    switch format {
    case .govcEventsList:
      let reader = try TextEventReader(path: path, zone: options.zone)
      try reader.forEachRecord(take)
      noteDoubtful(reader.doubtfulTimes)
    case .powerCLIEvents, .powerCLIMoves:
      let reader = try PowerCLIReader(path: path, dateOrder: options.dateOrder, zone: options.zone)
      try reader.forEachRecord(take)
      noteDoubtful(reader.doubtfulTimes)
      dateOrder = reader.dateOrder
      if reader.isOutOfOrder {
        lack(
          "order-unknown",
          "the rows are not in the order of time: what came first within a second is not known, and VMs may be missing or "
            + "wrong; retract the import, and import a list that was not sorted")
      }
    default: try JSONEventReader(path: path).forEachRecord(take)
    }
    if textRecords > 0 {
      report.gaps.append(
        ImportGap(
          code: "text-only",
          text: "the objects of \(textRecords) records are known from the text of their messages only"))
    }
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
  private mutating func lack(_ code: String, _ text: String) { lack(ImportGap(code: code, text: text)) }

  private mutating func lack(_ gap: ImportGap) {
    lasting.append(gap)
    report.gaps.append(gap)
  }

  /// Reads `govc about -json`: who the source is.
  mutating func readAbout(_ snapshot: SnapshotTime?) throws {
    try readValues(snapshot) { value, snapshot in
      guard let about = value[anyCase: "about"], let uuid = about[anyCase: "instanceUuid"]?.stringValue, !uuid.isEmpty,
        !uuid.utf8.contains(0)
      else {
        throw RecordProblem(reason: "no about with an instanceUuid")
      }
      var event = Event(occurredAt: snapshot.at, type: .sourceIdentified)
      event.foreignType = "AboutInfo"
      event.foreignKey = "\(snapshot.keyPrefix):about"
      event.detail = ["instance_uuid": .string(uuid), "foreign": about]
      return [event]
    }
  }

  /// Reads an inventory: `govc collect -json`, or whole objects.
  mutating func readObjects(_ snapshot: SnapshotTime?) throws {
    var otherKinds = 0
    try readValues(snapshot) { value, snapshot in
      guard let object = CollectedObject(value) else { throw RecordProblem(reason: "no object of an inventory") }
      guard object.kind != nil else {
        otherKinds += 1
        return []
      }
      return try CollectMapper.events(from: object, at: snapshot.at, keyPrefix: snapshot.keyPrefix)
    }
    report.otherKinds = otherKinds
  }

  /// Takes the cluster of a cluster file, or of a scenario at its start.
  mutating func readCluster(_ cluster: ClusterSnapshot?, _ snapshot: SnapshotTime?) throws {
    guard let cluster, let snapshot else { return }
    let events = ClusterFileMapper(cluster, at: snapshot.at, keyPrefix: snapshot.keyPrefix).events()
    if try isTold(snapshot) {
      report.records = events.count
      report.duplicates = events.count
      report.include(snapshot.at)
    } else {
      for event in events { try take(line: 1) { event } }
    }
  }

  /// Takes what the tabs of an export say.
  mutating func readTabs(_ inventory: RVToolsInventory?, _ snapshot: SnapshotTime?) throws {
    guard let inventory, let snapshot else { return }
    if snapshot.origin == .fileDate, let time = inventory.metaDataTime {
      report.gaps.append(
        ImportGap(code: "zone-unknown", text: "vMetaData says \"\(time)\", but not in which zone (--tz sets it)"))
    }
    let isKnown = try isTold(snapshot)
    try RVToolsMapper(inventory, at: snapshot.at, keyPrefix: snapshot.keyPrefix).forEachEvent { row, event in
      if isKnown {
        report.records += 1
        report.duplicates += 1
      } else {
        try take(line: row) { event }
      }
    }
    if report.records > 0 { report.include(snapshot.at) }
  }

  /// Whether the records of an inventory are there already: it was imported, or nothing of its kind came between it and an
  /// equal one before it.
  private mutating func isTold(_ snapshot: SnapshotTime) throws -> Bool {
    news = try transaction.news(snapshot.digest, at: snapshot.at, formats: format.kind.map(\.rawValue), from: source)
    return news != .new
  }

  private mutating func readValues(
    _ snapshot: SnapshotTime?, events: (JSONValue, SnapshotTime) throws -> [Event]
  ) throws {
    guard let snapshot else { return }
    let isKnown = try isTold(snapshot)
    let splitter = try JSONValueSplitter(path: path)
    while let item = try splitter.next() {
      switch item {
      case .broken(let reason, let line): report.skip(line: line, reason: reason)
      case .piece(let data, let line):
        let found: [Event]
        do {
          found = try events(JSONValue(parsing: data), snapshot)
        } catch let problem as RecordProblem {
          report.skip(line: line, reason: problem.reason)
          continue
        } catch let error as JSONError {
          report.skip(line: line, reason: "not well-formed JSON: \(error)")
          continue
        }
        if isKnown {
          report.records += found.count
          report.duplicates += found.count
        } else {
          for event in found { try take(line: line) { event } }
        }
      }
    }
    if report.records > 0 { report.include(snapshot.at) }
  }

  /// Appends the event of one record, or sets the record aside.
  private mutating func take(line: Int, _ event: () throws -> Event) throws {
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

  /// Tells where another inventory of the same moment says otherwise: which of them is right, nothing shows.
  private mutating func refuseContradiction(_ snapshot: SnapshotTime) throws {
    guard report.imported > 0 else { return }
    let others = try transaction.contradictions(from: firstSeq, at: snapshot.at, of: source)
    guard let first = others.first else { return }
    let what = "\(others.count == 1 ? "one object" : "\(others.count) objects"), such as \(first)"
    if format.listsEverything {
      throw YadokariError(
        .refused,
        "\(report.path): another inventory of source \(source.name) at \(snapshot.at) says otherwise of \(what); give each "
          + "its own time with --at, or retract the other one")
    }
    lack(
      "inventories-contradict", "\(report.path) and another inventory of \(snapshot.at) contradict each other in \(what)")
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
            + "from; if it is another one, name it with --source NAME, and if all hosts are new, use --source \(source.name)"))
    }
    if let snapshot { try refuseContradiction(snapshot) }
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
    if report.imported > 0, let snapshot {
      try transaction.repeatSnapshots(after: snapshot.at, formats: format.kind.map(\.rawValue), of: source)
    }
    var batch = ImportBatch(
      source: source.name, format: format.rawValue, path: report.path, records: report.records, imported: report.imported)
    batch.firstAt = report.firstEvent
    batch.lastAt = report.lastEvent
    (batch.firstKey, batch.lastKey) = (firstKey, lastKey)
    (batch.digest, batch.givenAt, batch.timeOrigin) = (snapshot?.digest ?? digest, snapshot?.givenAt, snapshot?.origin)
    batch.firstSeq = firstSeq
    batch.sameAs = sameAs
    (batch.zone, batch.dateOrder, batch.gaps) = (zone, dateOrder?.rawValue, lasting)
    var event = batch.event(at: transaction.now)
    (event.actor, event.reason) = (options.actor, options.reason)
    _ = try transaction.append(event)
    return report
  }
}
