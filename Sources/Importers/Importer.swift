internal import Foundation
package import Inventory
package import Ledger

/// Brings files into a ledger: finds them, recognises them, reads inventories before events, each file in one transaction.
package struct Importer: Sendable {
  private let ledger: Ledger
  private let options: ImportOptions
  /// When we learn of what the files say.
  private let now: Instant

  package init(into ledger: Ledger, options: ImportOptions, now: Instant) {
    self.ledger = ledger
    self.options = options
    self.now = now
  }

  /// Finds and recognises the files, before there has to be a ledger.
  /// - Throws: `notFound` where there is neither a file nor a folder.
  package static func find(_ paths: [String], options: ImportOptions) throws -> [FoundFile] {
    guard paths.count(where: { $0 == PipedInput.standardInput }) < 2 else {
      throw YadokariError(.usage, "standard input can be read only once; give - once")
    }
    var found = try paths.flatMap { try FileFinder.files(at: $0) }
    for index in found.indices where found[index].report.error == nil {
      // What is packed is no text.
      if !ZipArchive.isZip(found[index].path) { found[index].path.encoding = options.encoding }
      recognise(&found[index], options)
    }
    return gathered(found)
  }

  /// Makes one of the lists of each folder that RVTools exported: they are one inventory.
  private static func gathered(_ found: [FoundFile]) -> [FoundFile] {
    var gathered: [FoundFile] = []
    var places: [String: Int] = [:]
    for var file in found {
      guard file.isReadable, file.report.format == .rvtoolsLists else {
        gathered.append(file)
        continue
      }
      file.lists = [file.path]
      if let place = places[file.folder] {
        gathered[place].lists.append(file.path)
        gathered[place].report.path = file.folder.isEmpty ? "." : file.folder
      } else {
        places[file.folder] = gathered.count
        gathered.append(file)
      }
    }
    return gathered
  }

  /// Finds files and imports them.
  package func run(paths: [String]) async throws -> [FileReport] {
    try await run(Self.find(paths, options: options))
  }

  /// Imports files, in the order that the evidence needs.
  /// - Returns: a report for each file. One that failed left nothing behind; the others are there.
  package func run(_ found: [FoundFile]) async throws -> [FileReport] {
    var candidates = found
    let order = candidates.indices.sorted { left, right in
      let (leftRank, rightRank) = (candidates[left].report.format?.rank ?? 99, candidates[right].report.format?.rank ?? 99)
      return (leftRank, left) < (rightRank, right)
    }
    var uuids: [String: String] = [:]
    var dates: [String: [Instant]] = [:]
    for file in found where file.isReadable && file.report.format?.hasTimeOfFile == true {
      if let date = SnapshotTime.date(of: file.path, now: now) { dates[file.folder, default: []].append(date) }
    }
    var foreign: [String: YadokariError] = [:]
    for index in order where candidates[index].isReadable {
      let candidate = candidates[index]
      do {
        // Files of one folder come from one vCenter.
        if let error = foreign[candidate.folder] { throw error }
        let uuid = try instanceUUID(of: candidate) ?? uuids[candidate.folder]
        if let uuid { uuids[candidate.folder] = uuid }
        var report = try await importFile(
          candidate, instanceUUID: uuid, inventoryDates: dates[candidate.folder] ?? [])
        report.gaps += try gaps(beside: report)
        candidates[index].report = report
      } catch let foreigner as ForeignSource {
        foreign[candidate.folder] = foreigner.error
        candidates[index].report.error = foreigner.error
      } catch let error as YadokariError {
        // A message about the choice of a source knows nothing of the file.
        let path = candidate.report.path
        let isBare = error.code == .usage && !error.message.hasPrefix(path)
        let message = isBare ? "\(path): \(error.message)" : error.message
        candidates[index].report.error = YadokariError(error.code, message)
      } catch {
        candidates[index].report.error = YadokariError(.failed, "\(candidate.report.path): \(error)")
      }
    }
    // What was imported is safe already; tidying the file up can wait for the next time.
    try? await ledger.checkpoint()
    return candidates.map(\.report)
  }

  /// The time between this import and the ones beside it, where their keys do not meet.
  private func gaps(beside report: FileReport) throws -> [ImportGap] {
    guard report.format?.isEvents == true, report.imported > 0 else { return [] }
    return try ledger.read { try $0.evidenceGaps() }
      .filter { $0.code == "time-between-imports" && $0.source == report.source }
      .filter { $0.to == report.firstEvent || $0.from == report.lastEvent }
      .map { ImportGap(code: $0.code, text: "no records between \($0.from) and \($0.to)") }
  }

  // MARK: Recognising

  private static func recognise(_ candidate: inout FoundFile, _ options: ImportOptions) {
    do {
      let path = candidate.path
      if try ChunkedFile(path: path).isBlank() {
        candidate.report.isBlank = true
        candidate.report.note =
          "empty: that is no data, not \"no events\"; export again (govc events prints nothing above -n 1000)"
      } else {
        candidate.report.format = try (candidate.isNamed ? options.format : nil) ?? ImportFormat.recognise(path: path, columns: options.columns)
        candidate.report.isBlank = try candidate.report.format == nil && ImportFormat.isEmptyList(path)
        if candidate.report.isBlank { candidate.report.note = "it lists nothing: that is no data" }
        if candidate.report.format == nil, !candidate.report.isBlank {
          candidate.report.note = try UnknownFile.note(path)
        }
      }
      guard let note = candidate.report.note, candidate.isNamed else { return }
      candidate.report.error = YadokariError(.failed, "\(path): \(note)")
    } catch let error as YadokariError {
      // In a folder a file that we cannot make sense of is somebody else's.
      if candidate.isNamed { candidate.report.error = error } else { candidate.report.note = error.message }
    } catch {
      candidate.report.error = YadokariError(.failed, "\(candidate.report.path): \(error)")
    }
  }

  private func instanceUUID(of candidate: FoundFile) throws -> String? {
    guard candidate.report.format == .govcAbout else { return nil }
    guard case .piece(let data, _)? = try JSONValueSplitter(path: candidate.path).next() else { return nil }
    let uuid = (try? JSONValue(parsing: data))?[anyCase: "about"]?[anyCase: "instanceUuid"]?.stringValue
    return uuid.flatMap { $0.isEmpty || $0.utf8.contains(0) ? nil : $0 }
  }

  // MARK: Reading

  private func importFile(
    _ found: FoundFile, instanceUUID: String?, inventoryDates: [Instant]
  ) async throws -> FileReport {
    guard let format = found.report.format else { return found.report }
    let (options, now) = (options, now)
    let scenario = format == .clusterFile ? try ClusterFileReader.scenario(at: found.path) : nil
    let tabs = try rvtools(found, format)
    let snapshot: SnapshotTime? =
      if let tabs {
        try SnapshotTime(
          lists: found.lists.isEmpty ? [found.path] : found.lists,
          stated: tabs.inventory.statedTime(options, at: found.path),
          given: options.at, zone: options.zone, now: now)
      } else if let scenario {
        try SnapshotTime(path: found.path, stated: scenario.start, given: options.at)
      } else {
        format.isEvents
          ? nil
          : try SnapshotTime(
            path: found.path, given: options.at, zone: options.zone, others: inventoryDates, now: now)
      }
    return try await ledger.write(at: now) { transaction in
      // A cluster file says what it is; a vCenter's export beside it says nothing of it.
      let source = try transaction.source(
        named: options.source ?? scenario?.name,
        instanceUUID: tabs?.inventory.instanceUUID ?? (scenario == nil ? instanceUUID : nil))
      try transaction.beginRecords(of: source, format: format.rawValue)
      var found = found
      if let tabs { found.report = tabs.report }
      let uuid = tabs?.inventory.instanceUUID ?? instanceUUID
      let isNamed = options.source != nil || scenario != nil || (uuid != nil && source.instanceUUID == uuid)
      var file = FileImport(found, format: format, source: source, isSourceNamed: isNamed, transaction: transaction)
      switch format {
      case .govcEventsXML: try file.readEvents()
      case .vcenterEventsJSON: try file.readWholeEvents()
      case .govcAbout: try file.readAbout(snapshot)
      case .govcEventsListJSON, .govcEventsJSON, .govcEventsList, .vcenterSyslog, .powerCLIEvents, .powerCLIMoves:
        try file.readSparseEvents(options)
      case .rvtoolsWorkbook, .rvtoolsLists: try file.readTabs(tabs?.inventory, snapshot)
      case .clusterFile: try file.readCluster(scenario?.cluster, snapshot)
      case .govcCollectClusters, .govcCollectHosts, .govcCollectVMs, .govcList, .govcHostInfo, .govcVMInfo,
        .govcDatastoreInfo, .govcCollectDatastores:
        try file.readObjects(snapshot)
      }
      return try file.finish(snapshot, options)
    }
  }

  /// What the tabs of an export say, and what became of their rows; nil for another format.
  private func rvtools(
    _ found: FoundFile, _ format: ImportFormat
  ) throws -> (inventory: RVToolsInventory, report: FileReport)? {
    switch format {
    case .rvtoolsWorkbook: try RVToolsReader.inventory(of: found.path, found.report)
    case .rvtoolsLists: try RVToolsReader.inventory(ofLists: found.lists, found.report)
    default: nil
    }
  }
}
