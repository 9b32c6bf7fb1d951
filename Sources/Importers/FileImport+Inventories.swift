internal import Inventory
internal import Ledger

/// Inventories: what they list is news as a whole, or not.
extension FileImport {
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
  mutating func readTabs(_ inventory: ListedInventory, _ snapshot: SnapshotTime) throws {
    if snapshot.origin == .fileDate, let time = inventory.metaDataTime {
      report.gaps.append(
        ImportGap(code: "zone-unknown", text: "vMetaData says \"\(time)\", but not in which zone (--tz sets it)"))
    }
    let isKnown = try isTold(snapshot)
    try ListedMapper(inventory, at: snapshot.at, keyPrefix: snapshot.keyPrefix).forEachEvent { row, event in
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

  /// Tells where another inventory of the same moment says otherwise: which of them is right, nothing shows.
  mutating func refuseContradiction(_ snapshot: SnapshotTime) throws {
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
}
