import Foundation
@testable import Inventory
@testable import Ledger

@testable import Importers
@testable import Reports

extension FuzzTarget {
  private static let now = Instant(microseconds: 1_790_000_000_000_000)
  nonisolated(unsafe) private static var count = 0

  /// From bytes to answers: up to four files, parted by byte 1, are imported twice into a ledger that must stay sound.
  func takeImport(_ bytes: [UInt8]) {
    Self.count += 1
    var options = ImportOptions(at: Self.now)
    options.zone = zone(bytes)
    options.dateOrder = [nil, .dayMonthYear, .monthDayYear, .yearMonthDay][Int(bytes.last ?? 0) / 4 % 4]
    let files = bytes.split(separator: 1, maxSplits: 3).map(Array.init)
    let name = "fuzz-\(Self.count)"
    let done = DispatchSemaphore(value: 0)
    Task.detached { [options] in
      do { try await Self.importTwice(files, options, name: name) } catch { broken("\(error)") }
      done.signal()
    }
    done.wait()
  }

  private static func importTwice(_ files: [[UInt8]], _ options: ImportOptions, name: String) async throws {
    let ledger = try Ledger.inMemory(name: name, now: now)
    let importer = Importer(into: ledger, options: options, now: now)
    var failed: Set<Int> = []
    for round in 0..<2 {
      for (index, file) in files.enumerated() {
        let path = FuzzFile.path(holding: file)
        let report = try await importer.run(paths: [path.name])[0]
        if report.error != nil { failed.insert(index) }
        if round == 1, failed.isEmpty, report.imported > 0 { broken("the second import added \(report.imported) records") }
      }
    }
    let check = try ledger.read { try $0.check() }
    if !check.problems.isEmpty { broken(check.problems.joined(separator: "; ")) }
    try answer(ledger, format: OutputFormat.allCases[(files.last?.count ?? 0) % OutputFormat.allCases.count])
  }

  /// Answers can be given, in every format.
  private static func answer(_ ledger: Ledger, format: OutputFormat) throws {
    try ledger.read { reader in
      let at = try reader.lastEvidence() ?? now
      try reader.forEachPlacement(at: at) { _ in }
      _ = try reader.evidenceGaps()
      let report = try AffectedReport.report(reader, scope: IncidentReader.Scope(), at: at, isForPage: format == .html)
      var length = 0
      try Renderer(format, zone: DisplayZone(name: "Europe/Berlin"), program: "fuzz") { length += $0.utf8.count }
        .render(report)
    }
  }
}
