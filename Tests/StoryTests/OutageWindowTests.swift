import History
import Inventory
import SQLite
import TestSupport
import Testing

@testable import Ledger
@testable import Reports

/// What is read of a stretch of time alone, held against what is read of all times.
@Suite struct OutageWindowTests {
  private static let forms: [Form] = [.xml, .listJSON, .syslog]

  @Test("Outages in a stretch of time are those of all times that lie in it", arguments: 0..<UInt64(8))
  func stretchesAgree(block: UInt64) async throws {
    var compared = 0
    try await Imported.forEach(in: block, forms: Self.forms) { story in
      var random = SplitMix64(seed: story.seed)
      try story.product.ledger.read { reader in
        let windows = OutageReader(reader.connection.alias())
        for _ in 0..<6 {
          let now = story.moment(&random)
          let bounds = [story.moment(&random), story.moment(&random)].sorted()
          let (from, through) = (bounds[0], bounds[1])
          for host in try reader.troubledHosts().map(\.rawValue) {
            let all = try windows.outages(ofHost: host, until: now)
            let found = try windows.outages(ofHost: host, from: from, through: through, until: now)
            let expected = all.filter { from <= $0.failedAt && $0.failedAt <= through }
            #expect(found == expected, "seed \(story.seed), \(story.form), at \(now)")
            guard from <= now else { continue }
            let before = all.filter { $0.failedAt < from }
            let last = try windows.lastOutages(ofHost: host, before: from, until: now)
            #expect(
              last == before.filter { $0.failedAt == before.last?.failedAt || $0.backAt > from },
              "seed \(story.seed), \(story.form), before \(from), at \(now)")
            compared += all.count
          }
        }
      }
    }
    #expect(compared > 10, "the stories hold outages")
  }

  @Test("What is said of an incident does not depend on the time that was asked for", arguments: 0..<UInt64(8))
  func incidentsAgree(block: UInt64) async throws {
    try await Imported.forEach(in: block, forms: Self.forms) { story in
      try story.product.ledger.read { reader in
        guard let now = try reader.lastEvidence() else { return }
        let all = try IncidentReader.incidents(reader, scope: IncidentReader.Scope(), at: now).incidents
        for incident in all {
          var scope = IncidentReader.Scope()
          scope.until = incident.outage.failedAt
          for width in [0.0, 3600, 90_000] {
            scope.since = incident.outage.failedAt.adding(seconds: -width)
            let found = try IncidentReader.incidents(reader, scope: scope, at: now).incidents
            let same = found.first { $0.outage.id == incident.outage.id }
            #expect(same.map { "\($0)" } == "\(incident)", "seed \(story.seed), \(story.form), \(width) s before")
          }
          scope = IncidentReader.Scope()
          scope.incident = incident.outage.id
          let found = try IncidentReader.incidents(reader, scope: scope, at: now).incidents
          #expect(found.map { "\($0)" } == ["\(incident)"], "seed \(story.seed), \(story.form), by its number")
        }
      }
    }
  }
}
