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

  /// A file on its way in.
  private struct Candidate {
    var report: FileReport
    /// Files of one folder come from one vCenter.
    let folder: String
    /// Whether the file was named itself; one found in a folder may be of no use to us.
    let isNamed: Bool
  }

  /// Imports files and folders, in the order that the evidence needs.
  /// - Returns: a report for each file. One that failed left nothing behind; the others are there.
  package func run(paths: [String]) async throws -> [FileReport] {
    var candidates: [Candidate] = []
    for path in paths { candidates += try Self.candidates(at: path) }
    for index in candidates.indices { recognise(&candidates[index]) }
    let order = candidates.indices.sorted { left, right in
      let (leftRank, rightRank) = (candidates[left].report.format?.rank ?? 99, candidates[right].report.format?.rank ?? 99)
      return (leftRank, left) < (rightRank, right)
    }
    var uuids: [String: String] = [:]
    for index in order where candidates[index].report.format != nil && candidates[index].report.error == nil {
      let candidate = candidates[index]
      do {
        let uuid = try instanceUUID(of: candidate) ?? uuids[candidate.folder]
        if let uuid { uuids[candidate.folder] = uuid }
        candidates[index].report = try await importFile(candidate.report, instanceUUID: uuid)
      } catch let error as YadokariError {
        candidates[index].report.error = error
      }
    }
    try await ledger.checkpoint()
    return candidates.map(\.report)
  }

  // MARK: Finding

  /// - Throws: `notFound` where there is neither a file nor a folder.
  package static func checkExists(_ path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw YadokariError(.notFound, "there is no file or folder \(path)")
    }
  }

  private static func candidates(at path: String) throws -> [Candidate] {
    try checkExists(path)
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    guard isFolder.boolValue else {
      let folder = (path as NSString).deletingLastPathComponent
      return [Candidate(report: FileReport(path: path), folder: folder, isNamed: true)]
    }
    guard let names = try? FileManager.default.subpathsOfDirectory(atPath: path) else {
      throw YadokariError(.failed, "the folder \(path) cannot be read; check its rights")
    }
    return names.sorted().compactMap { name in
      let file = (path as NSString).appendingPathComponent(name)
      guard !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }),
        let type = try? FileManager.default.attributesOfItem(atPath: file)[.type] as? FileAttributeType, type == .typeRegular
      else { return nil }
      return Candidate(
        report: FileReport(path: file), folder: (file as NSString).deletingLastPathComponent, isNamed: false)
    }
  }

  private func recognise(_ candidate: inout Candidate) {
    do {
      candidate.report.format = try options.format ?? ImportFormat.recognise(path: candidate.report.path)
      guard candidate.report.format == nil, candidate.isNamed else { return }
      candidate.report.error = YadokariError(.failed, try Self.refusal(candidate.report.path))
    } catch let error as YadokariError {
      if candidate.isNamed { candidate.report.error = error }
    } catch {
      candidate.report.error = YadokariError(.failed, "\(candidate.report.path): \(error)")
    }
  }

  private static func refusal(_ path: String) throws -> String {
    let isEmpty = try ChunkedFile(path: path).next()?.contains { $0 > 0x20 } != true
    if isEmpty {
      return
        "\(path) is empty: that is no data, not \"no events\" (govc events prints nothing above -n 1000); export it again"
    }
    let formats = ImportFormat.allCases.map(\.rawValue).joined(separator: ", ")
    return "\(path) is none of the formats that can be imported (\(formats))"
  }

  private func instanceUUID(of candidate: Candidate) throws -> String? {
    guard candidate.report.format == .govcAbout else { return nil }
    guard case .piece(let data, _)? = try JSONValueSplitter(path: candidate.report.path).next() else { return nil }
    let uuid = (try? JSONValue(parsing: data))?["about"]?["instanceUuid"]?.stringValue
    return uuid.flatMap { $0.isEmpty || $0.utf8.contains(0) ? nil : $0 }
  }

  // MARK: Reading

  private func importFile(_ report: FileReport, instanceUUID: String?) async throws -> FileReport {
    guard let format = report.format else { return report }
    let (options, now) = (options, now)
    let snapshot = format == .govcEventsXML ? nil : try SnapshotTime(path: report.path, given: options.at)
    return try await ledger.write(at: now) { transaction in
      let source = try transaction.source(named: options.source, instanceUUID: instanceUUID)
      var file = FileImport(report: report, format: format, source: source, transaction: transaction)
      switch format {
      case .govcEventsXML: try file.readEvents()
      case .govcAbout: try file.readAbout(snapshot)
      case .govcCollectClusters, .govcCollectHosts, .govcCollectVMs: try file.readObjects(snapshot)
      }
      return try file.finish(snapshot, options)
    }
  }
}
