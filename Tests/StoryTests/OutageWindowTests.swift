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
    for seed in (block * 12)..<(block * 12 + 12) {
      let story = Story(seed: seed, kinds: Set(Kind.allCases))
      let lives = story.parts.map { $0.life() }
      let form = Self.forms[Int(seed) % Self.forms.count]
      let product = try await Product(story, lives: lives, form: form, folder: ScratchFolder(inMemory: true))
      var random = SplitMix64(seed: seed)
      let times = lives.flatMap { $0.records.map(\.at) }.sorted()
      guard !times.isEmpty else { continue }
      func moment() -> Instant {
        // At the very time of a record as often as beside it.
        Instant(microseconds: times[random.below(times.count)] + Int64(random.below(3)) - 1)
      }
      try product.ledger.read { reader in
        for _ in 0..<6 {
          let now = moment()
          let bounds = [moment(), moment()].sorted()
          let windows = OutageReader(reader.connection.alias())
          for host in try reader.troubledHosts() {
            let all = try windows.outages(ofHost: host.rawValue, until: now)
            let (from, through) = (bounds[0], bounds[1])
            let found = try windows.outages(ofHost: host.rawValue, from: from, through: through, until: now)
            #expect(
              found == all.filter { from <= $0.failedAt && $0.failedAt <= through }, "seed \(seed), \(form), at \(now)")
            guard from <= now else { continue }
            let before = all.filter { $0.failedAt < from }
            let last = try windows.lastOutages(ofHost: host.rawValue, before: from, until: now)
            #expect(
              last == before.filter { $0.failedAt == before.last?.failedAt || $0.backAt > from },
              "seed \(seed), \(form), before \(from), at \(now)")
            compared += all.count
          }
        }
      }
    }
    #expect(compared > 10, "the stories hold outages")
  }

  @Test("What is said of an incident does not depend on the time that was asked for", arguments: 0..<UInt64(8))
  func incidentsAgree(block: UInt64) async throws {
    for seed in (block * 12)..<(block * 12 + 12) {
      let story = Story(seed: seed, kinds: Set(Kind.allCases))
      let lives = story.parts.map { $0.life() }
      let form = Self.forms[Int(seed) % Self.forms.count]
      let product = try await Product(story, lives: lives, form: form, folder: ScratchFolder(inMemory: true))
      try product.ledger.read { reader in
        guard let now = try reader.lastEvidence() else { return }
        let all = try IncidentReader.incidents(reader, scope: IncidentReader.Scope(), at: now).incidents
        for incident in all {
          for width in [0.0, 3600, 90_000] {
            var scope = IncidentReader.Scope()
            scope.since = incident.outage.failedAt.adding(seconds: -width)
            scope.until = incident.outage.failedAt
            let found = try IncidentReader.incidents(reader, scope: scope, at: now).incidents
            let same = found.first { $0.outage.id == incident.outage.id }
            #expect(same.map { "\($0)" } == "\(incident)", "seed \(seed), \(form), \(width) s before")
          }
          var scope = IncidentReader.Scope()
          scope.incident = incident.outage.id
          let found = try IncidentReader.incidents(reader, scope: scope, at: now).incidents
          #expect(found.map { "\($0)" } == ["\(incident)"], "seed \(seed), \(form), by its number")
        }
      }
    }
  }
}
