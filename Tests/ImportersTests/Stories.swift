import Foundation
import Inventory
import Ledger
import Reports
import TestSupport

@testable import Importers

/// What the program answers about a ledger, by names and keys, without our own numbers.
struct Answers: Equatable {
  struct VM: Equatable {
    var outcome: String
    var from: String?
    var to: String?
    var attempts: Int64?
    var downtime: String?
    var keys: [String]
  }

  struct Incident: Equatable {
    var host: String
    var cluster: String?
    var trigger: String
    var failedAt: String
    var declaredAt: String?
    var recoveredAt: String?
    var vms: [String: VM]
    var gaps: [String]
    var unplaced: [String]
  }

  var incidents: [Incident]
  var placements: [String: String?]

  init(_ ledger: Ledger, at moment: Instant? = nil) throws {
    (incidents, placements) = try ledger.read { reader in
      let at = try moment ?? reader.lastEvidence() ?? testNow
      let report = try AffectedReport.report(reader, scope: IncidentReader.Scope(), at: at)
      var incidents: [Incident] = []
      for item in report.items { incidents.append(try Self.incident(item, reader)) }
      var placements: [String: String?] = [:]
      try reader.forEachPlacement(at: at) { placements.updateValue($0.host?.name, forKey: $0.vm.name) }
      return (incidents, placements)
    }
  }

  private static func incident(_ item: JSONValue, _ reader: borrowing LedgerReader) throws -> Incident {
    var vms: [String: VM] = [:]
    for vm in item["vms"]?.arrayValue ?? [] {
      var keys: [String] = []
      for seq in vm["events"]?.arrayValue ?? [] {
        guard let seq = seq.intValue else { continue }
        keys.append(try reader.event(seq).event.foreignKey ?? "")
      }
      vms[vm["vm"]?.stringValue ?? ""] = VM(
        outcome: vm["outcome"]?.stringValue ?? "", from: vm["from"]?.stringValue, to: vm["to"]?.stringValue,
        attempts: vm["attempts"]?.intValue, downtime: vm["downtime_s"]?.compactText, keys: keys.sorted())
    }
    let gaps = item["gaps"]?.arrayValue ?? []
    let unplaced = gaps.first { $0["code"] == "placement-unknown" }?["vms"]?.arrayValue ?? []
    return Incident(
      host: item["host"]?.stringValue ?? "", cluster: item["cluster"]?.stringValue,
      trigger: item["trigger"]?.stringValue ?? "", failedAt: item["failed_at"]?.stringValue ?? "",
      declaredAt: item["declared_at"]?.stringValue, recoveredAt: item["host_recovered_at"]?.stringValue, vms: vms,
      gaps: gaps.compactMap { $0["code"]?.stringValue }.sorted(), unplaced: unplaced.compactMap(\.stringValue))
  }
}

/// Imports files into a new ledger in memory.
func ledger(importing paths: [String], at: Instant? = nil, source: String? = nil) async throws -> Ledger {
  let ledger = try memoryLedger()
  for path in paths { try await add(path, to: ledger, at: at, source: source) }
  return ledger
}

/// Imports a file or folder; what fails throws.
@discardableResult
func add(_ path: String, to ledger: Ledger, at: Instant? = nil, source: String? = nil) async throws -> [FileReport] {
  let reports = try await Importer(into: ledger, options: ImportOptions(source: source, at: at), now: testNow).run(paths: [
    path
  ])
  for report in reports { if let error = report.error { throw error } }
  return reports
}

/// A JSON file of the fixtures.
func json(_ fixture: String) throws -> JSONValue {
  try JSONValue(parsing: Data(contentsOf: URL(fileURLWithPath: Project.fixture(fixture))))
}
