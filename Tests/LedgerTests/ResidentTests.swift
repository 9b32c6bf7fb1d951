import History
import Inventory
import TestSupport
import Testing

@testable import Ledger

/// Who was on a host, found by index, is who was there by the spans of each VM: stays of hours and of months alike.
@Suite struct ResidentTests {
  private static let day: Int64 = 86_400_000_000

  private func ledger(seed: UInt64) async throws -> Ledger {
    let ledger = try memoryLedger()
    try await ledger.write(at: testNow) { transaction in
      var random = SplitMix64(seed: seed)
      let source = try transaction.source(named: "v", instanceUUID: nil)
      let hosts = (0..<4).map { ObjectReference(kind: .host, foreignID: "host-\($0)", name: "esx\($0)") }
      var key = 0
      for number in 0..<12 {
        let vm = ObjectReference(kind: .vm, foreignID: "vm-\(number)", name: "web\(number)")
        var at = Int64.random(in: 0...20, using: &random) * Self.day
        var place = Int.random(in: 0..<4, using: &random)
        for move in 0..<20 {
          var event = Event(
            occurredAt: Instant(microseconds: at), type: move == 0 ? .vmRegistered : .migrationCompleted)
          key += 1
          event.foreignKey = "\(key)"
          (event.vm, event.otherHost) = (vm, move == 0 ? nil : hosts[place])
          place = Int.random(in: 0..<4, using: &random)
          event.host = hosts[place]
          _ = try transaction.append(event, source: source)
          // Exactly a week is where one index ends and the other begins.
          at += [Self.day / 3, 7 * Self.day, 7 * Self.day + 1, 40 * Self.day].randomElement(using: &random) ?? 1
        }
      }
    }
    return ledger
  }

  @Test func byIndexAsBySpans() async throws {
    for seed in 1...5 as ClosedRange<UInt64> {
      try await ledger(seed: seed).read { reader in
        let vms = try reader.summaries(of: .vm, at: .distantFuture).map(\.id)
        let hosts = try reader.summaries(of: .host, at: .distantFuture).map(\.id)
        let spans = try vms.map { (vm: $0, spans: try reader.residency(of: $0)) }
        let ends = spans.flatMap { $0.spans.flatMap { [$0.from, $0.to] } }
        let moments = Set(ends).filter { $0 > .distantPast && $0 < .distantFuture }.flatMap {
          [$0.justBefore, $0, Instant(microseconds: $0.microseconds + 1), Instant(microseconds: $0.microseconds + Self.day)]
        }
        for moment in moments {
          let counts = try PlacementCounts(reader, at: moment).hosts
          for host in hosts {
            let before = spans.filter { $0.spans.contains { $0.value == host && $0.contains(moment.justBefore) } }.map(\.vm)
            #expect(try reader.residents(of: host, justBefore: moment) == before, "seed \(seed), \(moment)")
            let now = spans.count { $0.spans.contains { $0.value == host && $0.contains(moment) } }
            #expect(counts[host] ?? 0 == now, "seed \(seed), \(moment)")
          }
        }
      }
    }
  }
}
