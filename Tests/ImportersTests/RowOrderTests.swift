import Foundation
import Inventory
import Ledger
import Reports
import TestSupport
import Testing

@testable import Importers

/// Lists that a script sorted: what came first within a second shows in what the rows say, or does not show at all.
@Suite struct RowOrderTests {
  private static let header = "\"CreatedTime\",\"UserName\",\"FullFormattedMessage\""

  /// The rows of a sample in whole lines, newest first as `Get-VIEvent` gives them.
  private func rows() throws -> [Substring] {
    let text = try String(contentsOfFile: Sparse.path("SYNTHETIC-powercli-select3.csv"), encoding: .utf8)
    return text.split(whereSeparator: \.isNewline).dropFirst().map { $0 }
  }

  private func second(_ row: Substring) -> Substring { row.prefix { $0 != "," } }

  private func answers(_ rows: [Substring]) async throws -> (vms: [String: String], gaps: [String], answer: [String]) {
    let ledger = try memoryLedger()
    let text = ([Substring(Self.header)] + rows).joined(separator: "\n") + "\n"
    let report = try await read(text: text, into: ledger, zone: "UTC")
    #expect(report.error == nil)
    let found = try ledger.read { try AffectedReport.report($0, scope: IncidentReader.Scope(), at: .distantFuture) }
    let vms = try Answers(ledger).incidents.flatMap { $0.vms.map { ($0.key, $0.value.outcome) } }
    return (Dictionary(uniqueKeysWithValues: vms), report.gaps.map(\.code), found.sections.flatMap(\.notes))
  }

  @Test func aStableSortTurnsEachSecondRound() async throws {
    let rows = try rows()
    let plain = try await answers(rows)
    #expect(plain.vms.count == 4 && !plain.gaps.contains("order-unknown"))
    let seconds = Set(rows.map(second)).sorted()
    let sorted = seconds.flatMap { second in rows.filter { self.second($0) == second } }
    #expect(sorted != rows && sorted != rows.reversed())
    let ascending = try await answers(sorted)
    #expect(ascending.vms == plain.vms && !ascending.gaps.contains("order-unknown"))
    // The oldest first in all: as another script writes them.
    #expect(try await answers(rows.reversed()).vms == plain.vms)
  }

  @Test(arguments: [1, 2, 3])
  func aSortThatMixesEachSecondIsAGapOfTheAnswer(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let rows = try rows()
    let mixed = Set(rows.map(second)).sorted().flatMap { second in
      rows.filter { self.second($0) == second }.shuffled(using: &random)
    }
    let found = try await answers(mixed)
    #expect(found.gaps.contains("order-unknown"), "seed \(seed)")
    #expect(found.answer.contains { $0.hasPrefix("order-unknown: ") }, "seed \(seed)")
  }

  @Test func onlyPairsWithinOneTimeCount() {
    var order = RowOrder()
    order.add(time: "1", type: "VmPoweredOnEvent", object: "a")
    order.add(time: "2", type: "VmStartingEvent", object: "a")
    order.add(time: "2", type: "VmPoweredOnEvent", object: "b")
    order.close()
    #expect(order.isReversed == nil && !order.isContradictory)
    order.add(time: "3", type: "VmPoweredOnEvent", object: "a")
    order.add(time: "3", type: "vim.event.VmStartingEvent", object: "a")
    order.close()
    #expect(order.isReversed == true && !order.isContradictory)
    order.add(time: "4", type: "VmStoppingEvent", object: "a")
    order.add(time: "4", type: "VmPoweredOffEvent", object: "a")
    order.close()
    #expect(order.isReversed == nil && order.isContradictory)
  }

  /// Started, stopped and started again in one second: the second start stands behind the first stop in every order.
  @Test func whatHappenedTwiceSaysNothing() {
    var order = RowOrder()
    for type in ["VmStartingEvent", "VmPoweredOnEvent", "VmStartingEvent", "VmPoweredOnEvent"] {
      order.add(time: "1", type: type, object: "a")
    }
    order.close()
    #expect(order.isReversed == nil && !order.isContradictory)
  }

  /// Times to the millisecond leave rows of one time as whole seconds do.
  @Test func rowsOfOneMillisecondKeepTheirOrder() async throws {
    let ledger = try memoryLedger()
    let rows = ["c", "b", "a"].map { "2026-11-23T11:18:52.125Z,event \($0)\n" }.joined()
    _ = try await read(text: "CreatedTime,Message\n" + rows, into: ledger, zone: nil)
    let events = try ledger.counted().map(\.event).sorted { $0.occurredAt < $1.occurredAt }
    #expect(events.map(\.message) == ["event a", "event b", "event c"])
    #expect(events.map { $0.occurredAt.microseconds % 1_000_000 / 1000 } == [125, 125, 125])
  }

  /// A whole second of a list is no measure of time: nothing shows how long a VM was down within it.
  @Test func aDowntimeWithinASecondIsUnknown() async throws {
    let ledger = try memoryLedger()
    let text = ([Substring(Self.header)] + (try rows())).joined(separator: "\n") + "\n"
    _ = try await read(text: text, into: ledger, zone: "UTC")
    let report = try ledger.read { try AffectedReport.report($0, scope: IncidentReader.Scope(), at: .distantFuture) }
    let vms = try #require(report.items.first?["vms"]?.arrayValue)
    #expect(vms.count == 4 && vms.allSatisfy { $0["downtime_s"] == .null })
    #expect(vms.contains { $0["up_at"] != .null })
  }
}
