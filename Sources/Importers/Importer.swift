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

  /// Makes one of the lists of one export: they lie in one folder, and where their names have a time it is the same. RVTools
  /// names what it writes day by day so.
  private static func gathered(_ found: [FoundFile]) -> [FoundFile] {
    struct Export: Hashable {
      let folder: String
      let format: ImportFormat
      let time: String?
    }
    var gathered: [FoundFile] = []
    var places: [Export: Int] = [:]
    for var file in found {
      guard file.isReadable, let format = file.report.format, format.isInLists else {
        gathered.append(file)
        continue
      }
      file.lists = [file.path]
      let time = NamedTime(URL(fileURLWithPath: file.path.location).lastPathComponent)?.text
      let export = Export(folder: file.folder, format: format, time: time)
      if let place = places[export] {
        gathered[place].lists.append(file.path)
        gathered[place].report.path = file.folder.isEmpty ? "." : file.folder
      } else {
        places[export] = gathered.count
        gathered.append(file)
      }
    }
    return gathered
  }

  /// Finds files and imports them.
  package func run(paths: [String]) async throws -> [FileReport] {
    try await run(Self.find(paths, options: options))
  }

  /// Imports a text whose file may be gone.
  /// - Parameter name: what its file was called.
  package func run(_ text: String, named name: String) async throws -> [FileReport] {
    let input = InputPath(name, piped: try PipedInput(holding: text, named: name))
    var file = FoundFile(report: FileReport(path: name), path: input, folder: name, isNamed: true)
    Self.recognise(&file, options)
    return try await run([file])
  }

  /// Imports files, in the order that the evidence needs.
  /// - Returns: a report for each file, or for each vCenter of one. One that failed left nothing behind;
  ///   the others are there.
  package func run(_ found: [FoundFile]) async throws -> [FileReport] {
    // A file that holds several vCenters has a report for each.
    var reports = found.map { [$0.report] }
    let order = found.indices.sorted { left, right in
      let (leftRank, rightRank) = (found[left].report.format?.rank ?? 99, found[right].report.format?.rank ?? 99)
      return (leftRank, left) < (rightRank, right)
    }
    var uuids: [String: String] = [:]
    var dates: [String: [Instant]] = [:]
    for file in found where file.isReadable && file.report.format?.hasTimeOfFile == true {
      if let date = SnapshotTime.date(of: file.path, now: now) { dates[file.folder, default: []].append(date) }
    }
    var foreign: [String: YadokariError] = [:]
    for index in order where found[index].isReadable {
      let candidate = found[index]
      do {
        // Files of one folder come from one vCenter.
        if let error = foreign[candidate.folder] { throw error }
        let uuid = try instanceUUID(of: candidate) ?? uuids[candidate.folder]
        if let uuid { uuids[candidate.folder] = uuid }
        reports[index] = try await importFile(
          candidate, instanceUUID: uuid, inventoryDates: dates[candidate.folder] ?? []
        ).map { report in
          var report = report
          report.gaps += try gaps(beside: report)
          return report
        }
      } catch let foreigner as ForeignSource {
        foreign[candidate.folder] = foreigner.error
        reports[index][0].error = foreigner.error
      } catch let error as YadokariError {
        // A message about the choice of a source knows nothing of the file.
        let path = candidate.report.path
        let isBare = error.code == .usage && !error.message.hasPrefix(path)
        let message = isBare ? "\(path): \(error.message)" : error.message
        reports[index][0].error = YadokariError(error.code, message)
      } catch {
        reports[index][0].error = YadokariError(.failed, "\(candidate.report.path): \(error)")
      }
    }
    // What was imported is safe already; tidying the file up can wait for the next time.
    try? await ledger.checkpoint()
    return reports.flatMap(\.self)
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
        candidate.report.format =
          try (candidate.isNamed ? options.format : nil) ?? ImportFormat.recognise(path: path, columns: options.columns)
        candidate.report.isBlank = try candidate.report.format == nil && ImportFormat.isEmptyList(path)
        if candidate.report.isBlank { candidate.report.note = "it lists nothing: that is no data" }
        if candidate.report.format == nil, !candidate.report.isBlank {
          let known = try UnknownFile.cure(path)
          candidate.report.isNamedForWhatItIs = known != nil
          candidate.report.note = known ?? UnknownFile.note
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
  ) async throws -> [FileReport] {
    guard let format = found.report.format else { return [found.report] }
    let (options, now) = (options, now)
    let scenario = format == .clusterFile ? try ClusterFileReader.scenario(at: found.path) : nil
    let parts = try listed(in: found, format)
    if parts.count > 1, options.source != nil {
      let ids = parts.map { $0.inventory.instanceUUID ?? $0.inventory.server ?? "" }.joined(separator: ", ")
      throw YadokariError(
        .usage, "\(found.report.path) holds \(parts.count) vCenters (\(ids)); leave --source out, each has its own")
    }
    guard !parts.isEmpty else {
      let snapshot: SnapshotTime? =
        if let scenario {
          try SnapshotTime(path: found.path, stated: scenario.start, given: options.at)
        } else if format.isEvents {
          nil
        } else {
          try SnapshotTime(path: found.path, given: options.at, zone: options.zone, others: inventoryDates, now: now)
        }
      return try await ledger.write(at: now) { transaction in
        // A cluster file says what it is; a vCenter's export beside it says nothing of it.
        let uuid = scenario == nil ? instanceUUID : nil
        let named = options.source ?? scenario?.name
        let source = try transaction.source(named: named, instanceUUID: uuid)
        try transaction.beginRecords(of: source, format: format.rawValue)
        let isNamed = named != nil || scenario != nil || (uuid != nil && source.instanceUUID == uuid)
        var file = FileImport(found, format: format, source: source, isSourceNamed: isNamed, transaction: transaction)
        try file.read(scenario, snapshot, options)
        return [try file.finish(snapshot, options)]
      }
    }
    let snapshots = try parts.map { part in
      try SnapshotTime(
        lists: found.lists.isEmpty ? [found.path] : found.lists,
        stated: part.inventory.statedTime(options, at: found.path),
        given: options.at, zone: options.zone, now: now)
    }
    // A file lands whole or not at all, whatever it holds.
    return try await ledger.write(at: now) { transaction in
      try zip(parts, snapshots).map { part, snapshot in
        // What lies beside it tells the vCenter of an export of one, not of one of several.
        let uuid = part.inventory.instanceUUID ?? (parts.count == 1 ? instanceUUID : nil)
        // Rows of several vCenters without ids are told apart by the names of these.
        let named = options.source ?? (parts.count > 1 && uuid == nil ? part.inventory.server : nil)
        let source = try transaction.source(named: named, instanceUUID: uuid)
        try transaction.beginRecords(of: source, format: format.rawValue)
        let isNamed = named != nil || (uuid != nil && source.instanceUUID == uuid)
        var own = found
        own.report = part.report
        var file = FileImport(own, format: format, source: source, isSourceNamed: isNamed, transaction: transaction)
        try file.readTabs(part.inventory, snapshot)
        return try file.finish(snapshot, options)
      }
    }
  }

  /// What the lists of an export say of each vCenter, and what became of their rows; empty for another format.
  private func listed(in found: FoundFile, _ format: ImportFormat) throws -> [ListedPart] {
    switch format {
    case .rvtoolsWorkbook: try RVToolsReader.inventories(of: found.path, found.report)
    case .rvtoolsLists: try RVToolsReader.inventories(ofLists: found.lists, found.report)
    case .powerCLIInventory: try InventoryListReader.inventories(of: found.lists, found.report)
    default: []
    }
  }
}
