import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// Times of wall clocks: in whose order the date, in which zone, and which of the two hours when the clock is put back.
@Suite struct SparseTimeTests {
  private func file(_ times: [String]) -> String {
    "CreatedTime;FullFormattedMessage\n" + times.enumerated().map { "\($1);event \($0)\n" }.joined()
  }

  /// The moments of the events of a file in the order of its rows, or the error.
  private func moments(_ times: [String], zone: String? = "UTC", order: DateOrder? = nil) async throws -> [String] {
    let ledger = try memoryLedger()
    let report = try await read(text: file(times), into: ledger, zone: zone, dateOrder: order)
    if let error = report.error { throw error }
    let events = try ledger.counted().map(\.event).sorted { ($0.message ?? "") < ($1.message ?? "") }
    return events.map { String($0.occurredAt.description.prefix(19)) }
  }

  private func refusal(_ times: [String], zone: String? = "UTC", order: DateOrder? = nil) async throws -> YadokariError {
    try #require(await #expect(throws: YadokariError.self) { try await moments(times, zone: zone, order: order) })
  }

  @Test(arguments: [
    ("11/23/2026 11:18:52 AM", "2026-11-23T11:18:52"), ("23.11.2026 11:18:52", "2026-11-23T11:18:52"),
    ("23/11/26 1:02:03", "2026-11-23T01:02:03"), ("11/23/26 1:02:00 PM", "2026-11-23T13:02:00"),
    ("2026-11-23 11:18:52", "2026-11-23T11:18:52"), ("2026/11/23 11:18:52", "2026-11-23T11:18:52"),
    ("11/23/2026 11:18:52\u{202f}AM", "2026-11-23T11:18:52"), ("11/23/2026 11:18:52\u{a0}pm", "2026-11-23T23:18:52"),
    ("11/23/2026 12:00:00 AM", "2026-11-23T00:00:00"), ("11/23/2026 12:00:00 PM", "2026-11-23T12:00:00"),
    ("23.11.2026, 11:18:52", "2026-11-23T11:18:52"), ("23-11-2026 11:18:52", "2026-11-23T11:18:52"),
    ("23/11/2026 11:18:52 a. m.", "2026-11-23T11:18:52"), ("11/11/2026 11:18:52", "2026-11-11T11:18:52"),
    ("2026-11-23T11:18:52.123456Z", "2026-11-23T11:18:52"), ("2026-11-23T12:18:52+01:00", "2026-11-23T11:18:52"),
  ])
  func aDateThatLeavesNoDoubt(text: String, moment: String) async throws {
    #expect(try await moments([text]) == [moment])
  }

  @Test(arguments: [
    "11/31/2026 11:18:52", "11/23/2026", "11/23/2026 13:00:00 PM", "11/23/2026 0:00:00 AM", "23.Nov.2026 11:18:52",
    "99/99/2026 11:18:52", "11/23/2026 24:00:00", "2026-02-29 11:18:52", "next week",
  ])
  func whatIsNoTimeIsSetAside(text: String) async throws {
    let report = try await read(text: file(["2026-11-23 11:18:52", text]), into: try memoryLedger())
    #expect(report.imported == 1 && report.skipped.map(\.line) == [3])
    #expect(report.skipped[0].reason.contains(text))
  }

  @Test func theWholeFileTellsTheOrder() async throws {
    #expect(
      try await moments(["11/05/2026 10:00:00", "11/23/2026 10:00:00"]) == ["2026-11-05T10:00:00", "2026-11-23T10:00:00"])
    #expect(
      try await moments(["11/05/2026 10:00:00", "23/05/2026 10:00:00"]) == ["2026-05-11T10:00:00", "2026-05-23T10:00:00"])
    // A date of no calendar proves nothing.
    let report = try await read(text: file(["13/13/2026 10:00:00", "11/23/2026 10:00:00"]), into: try memoryLedger())
    #expect(report.imported == 1 && report.skipped.map(\.line) == [2])
    // Dates with the year in front need no order, beside those that do.
    #expect(
      try await moments(["2026-11-05 10:00:00", "11/23/2026 10:00:00"]) == ["2026-11-05T10:00:00", "2026-11-23T10:00:00"])
  }

  @Test func doubtIsAskedAbout() async throws {
    let error = try await refusal(["11/05/2026 10:00:00", "2026-11-23 10:00:00"])
    #expect(error.code == .usage && error.message.contains("--date-order dmy or mdy"))
    #expect(try await moments(["11/05/2026 10:00:00"], order: .dayMonthYear) == ["2026-05-11T10:00:00"])
    #expect(try await moments(["11/05/2026 10:00:00"], order: .monthDayYear) == ["2026-11-05T10:00:00"])
  }

  @Test func contradictionsAreRefused() async throws {
    let mixed = ["11/23/2026 10:00:00", "23/11/2026 10:00:00"]
    for order in [nil, DateOrder.dayMonthYear, .monthDayYear] {
      #expect(try await refusal(mixed, order: order).message.contains("files of one kind"))
    }
    let monthFirst = ["11/05/2026 10:00:00", "11/23/2026 10:00:00"]
    #expect(try await refusal(monthFirst, order: .dayMonthYear).message.contains("--date-order mdy"))
    #expect(try await refusal(["05/11/2026 10:00:00", "23/11/2026 10:00:00"], order: .monthDayYear).code == .usage)
    #expect(try await refusal(monthFirst, order: .yearMonthDay).code == .usage)
  }

  @Test func theZoneIsNeverGuessed() async throws {
    for name in [Sparse.raw, Sparse.text, Sparse.moves] {
      let error = try #require(try await read(Sparse.path(name), into: try memoryLedger(), zone: nil).error)
      #expect(error.code == .usage && error.message.contains("--tz"), "\(name)")
      #expect(error.message.components(separatedBy: name).count == 2, "the file is named once")
    }
    #expect(try await moments(["2026-11-23T11:18:52Z"], zone: nil) == ["2026-11-23T11:18:52"])
    #expect(try await moments(["2026-07-01 12:00:00"], zone: "Europe/Berlin") == ["2026-07-01T10:00:00"])
    #expect(try await moments(["2026-07-01 12:00:00"], zone: "+05:45") == ["2026-07-01T06:15:00"])
    #expect(try await moments(["2026-07-01 12:00:00"], zone: "-03:30") == ["2026-07-01T15:30:00"])
    for zone in ["Europe/Berln", "", "+1", "25:00", "+24:00", "MESZ"] {
      let error = try await refusal(["2026-07-01 12:00:00"], zone: zone)
      #expect(error.code == .usage && error.message.contains("\"\(zone)\" is not a time zone"))
    }
  }

  @Test func theHourThatComesTwice() async throws {
    // Berlin, 2026-10-25: at 03:00 the clock is put back to 02:00.
    let walls = ["01:59:00", "02:10:00", "02:50:00", "02:05:00", "02:55:00", "03:01:00"].map { "2026-10-25 " + $0 }
    let right = ["23:59:00", "00:10:00", "00:50:00", "01:05:00", "01:55:00", "02:01:00"]
    let clocks = try await moments(walls, zone: "Europe/Berlin").map { String($0.suffix(8)) }
    #expect(clocks == right)
    let reversed = try await moments(walls.reversed(), zone: "Europe/Berlin").map { String($0.suffix(8)) }
    #expect(reversed == right.reversed())
    // Rows in any order, told by their keys.
    let ledger = try memoryLedger()
    let rows = [3, 0, 5, 2, 4, 1].map { "\($0 + 1),\(walls[$0]),event \($0)\n" }.joined()
    let report = try await read(text: "Key,CreatedTime,Message\n" + rows, into: ledger, zone: "Europe/Berlin")
    #expect(report.gaps.filter { $0.code == "zone-unknown" }.map { String($0.text.prefix(2)) } == ["4 "])
    #expect(try ledger.counted().map { String($0.event.occurredAt.description.dropFirst(11).prefix(8)) } == right)
    #expect(try ledger.counted().map(\.event.foreignKey) == ["1", "2", "3", "4", "5", "6"])
  }

  @Test func theHourThatNeverComes() async throws {
    let ledger = try memoryLedger()
    let walls = ["2026-03-29 01:30:00", "2026-03-29 02:30:00", "2026-03-29 02:31:00", "2026-03-29 03:30:00"]
    let report = try await read(text: file(walls), into: ledger, zone: "Europe/Berlin")
    #expect(report.gaps.filter { $0.code == "zone-unknown" }.map { String($0.text.prefix(2)) } == ["2 "])
    let moments = try ledger.counted().map { String($0.event.occurredAt.description.dropFirst(11).prefix(8)) }
    #expect(moments == ["00:30:00", "01:30:00", "01:30:00", "01:31:00"])
  }
}
