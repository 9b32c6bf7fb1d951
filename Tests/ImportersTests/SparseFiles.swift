import Foundation
import Inventory
import Ledger
import TestSupport

@testable import Importers

/// The files of Tests/Fixtures/vcenter-a-sparse: one story in the formats that keep only some of the fields.
enum Sparse {
  static let listJSON = "govc-events-l.json"
  static let bareJSON = "govc-events.json"
  /// Another run of the same story: the same keys, other times.
  static let text = "govc-events-long.txt"
  static let raw = "SYNTHETIC-powercli-raw-first-is-EventEx.csv"
  static let select = "SYNTHETIC-powercli-select3.csv"
  static let cluster = "SYNTHETIC-cluster-semicolon.csv"
  static let moves = "SYNTHETIC-lucd-motionhistory.csv"

  static let events = [listJSON, bareJSON, text, raw, select, cluster]
  /// Those of one run.
  static let firstRun = [listJSON, bareJSON, raw, select, cluster, moves]
  static let xml = Project.fixture("vcenter-a/govc-events.xml")

  static func path(_ name: String) -> String { Project.fixture("vcenter-a-sparse/\(name)") }

  static func content(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }
}

/// Imports one file; the report tells what failed.
@discardableResult
func read(
  _ path: String, into ledger: Ledger, zone: String? = "UTC", dateOrder: DateOrder? = nil, source: String? = nil
) async throws -> FileReport {
  var options = ImportOptions(source: source)
  (options.zone, options.dateOrder) = (zone, dateOrder)
  return try await Importer(into: ledger, options: options, now: testNow).run(paths: [path])[0]
}

/// Imports a text as a file of its own.
@discardableResult
func read(
  text: String, into ledger: Ledger, zone: String? = "UTC", dateOrder: DateOrder? = nil, source: String? = nil
) async throws -> FileReport {
  let folder = try ScratchFolder()
  return try await read(
    folder.write(text, to: "export.csv"), into: ledger, zone: zone, dateOrder: dateOrder, source: source)
}

extension Ledger {
  /// The events that count, in the order of their happening.
  func counted() throws -> [RecordedEvent] {
    try read { reader in
      var events: [RecordedEvent] = []
      try reader.forEachEvent(EventFilter()) { if $0.source != "yadokari" { events.append($0) } }
      return events
    }
  }

  /// What `event verify` and `db check` complain of.
  func problems() throws -> [String] {
    try read { reader in
      let bad = try reader.verifyChain(wanted: nil).firstBad.map { [$0.problem] } ?? []
      return try bad + reader.check().problems
    }
  }
}
