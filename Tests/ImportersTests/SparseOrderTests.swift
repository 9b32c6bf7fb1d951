import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// The order of rows that a list gives within a second, in pieces and in heaps.
@Suite struct SparseOrderTests {
  private let sample = Project.fixture("vcenter-a-sparse/SYNTHETIC-powercli-select3.csv")

  private func answers(_ contents: [String]) async throws -> [String: [String: String]] {
    let folder = try ScratchFolder()
    let ledger = try Ledger.inMemory(name: UUID().uuidString, now: testNow)
    var options = ImportOptions(source: "a")
    options.zone = "UTC"
    for (index, content) in contents.enumerated() {
      let path = try folder.write(content, to: "\(index).csv")
      let reports = try await Importer(into: ledger, options: options, now: testNow).run(paths: [path])
      #expect(reports[0].error == nil, "\(String(describing: reports[0].error))")
    }
    #expect(try ledger.read { try $0.check() }.problems.isEmpty)
    let found = try Answers(ledger).incidents.map { ($0.host, $0.vms.mapValues { "\($0.outcome) \($0.to ?? "-")" }) }
    return Dictionary(uniqueKeysWithValues: found)
  }

  /// A list that was cut by its length has the end of its oldest second only.
  @Test func aPieceBeforeTheWholeGivesTheSame() async throws {
    let whole = try String(contentsOfFile: sample, encoding: .utf8)
    let lines = whole.split(separator: "\n", omittingEmptySubsequences: false)
    let expected = try await answers([whole])
    for length in [3, 13, 25, 57, 79, 120, 200] {
      let piece = lines.prefix(length).joined(separator: "\n") + "\n"
      let found = try await answers([piece, whole])
      #expect(found == expected, "cut after \(length) lines")
    }
  }

  @Test func listsJoinedNewestFirstKeepTheirOrder() async throws {
    let header = "\"CreatedTime\",\"UserName\",\"FullFormattedMessage\"\n"
    let rows = [
      "11:30:00 AM|User q logged in", "11:19:10 AM|vSphere HA restarted virtual machine vm1 on host esx02 in cluster C1",
      "11:19:10 AM|vSphere HA unsuccessfully failed over vm1 on esx01 in cluster C1 in DC",
      "11:19:00 AM|vSphere HA detected that host esx01 in cluster C1 in datacenter DC has failed",
      "11:18:00 AM|vm1 on esx01 in DC is powered on",
    ]
    func list(_ rows: [String]) -> String {
      header
        + rows.map { row in
          let parts = row.split(separator: "|")
          return "\"11/23/2026 \(parts[0])\",\"\",\"\(parts[1])\"\n"
        }.joined()
    }
    let other = ["11:10:00 AM|vmx on esx09 in DC is powered on", "11:05:00 AM|User q logged in"]
    let expected = try await answers([list(rows)])
    #expect(expected["esx01"]?["vm1"] == "restarted esx02")
    #expect(try await answers([list(other + rows)]) == expected)
  }
}
