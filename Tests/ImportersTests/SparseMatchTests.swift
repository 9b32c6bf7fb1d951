import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// One happening met in several formats is one event, whichever comes first.
@Suite struct SparseMatchTests {
  private static let head = "CreatedTime,UserName,FullFormattedMessage\n"

  /// The spans, with the keys of the records that they rest on.
  private func spans(_ ledger: Ledger) throws -> [String] { try ledger.read { try $0.projectionsByForeignKey() } }

  @Test func anyOrderOfTheFilesGivesOneHistory() async throws {
    let files = Sparse.firstRun.map { Sparse.path($0) } + [Sparse.xml]
    let alone = try await ledger(importing: [Sparse.xml])
    let expected = try Answers(alone)
    let expectedSpans = try spans(alone)
    let seed = UInt64(20)
    var random = SplitMix64(seed: seed)
    var sparse: Answers?
    for round in 0..<8 {
      let order = files.shuffled(using: &random)
      let note = Comment(rawValue: "seed \(seed), round \(round): \(order.map { ($0 as NSString).lastPathComponent })")
      let ledger = try memoryLedger()
      for path in order { #expect(try await read(path, into: ledger).error == nil, note) }
      #expect(try Answers(ledger) == expected, note)
      #expect(try spans(ledger) == expectedSpans, note)
      #expect(try ledger.problems() == [], note)
      // Without the fields, the texts tell the same in any order.
      let texts = try memoryLedger()
      for path in order where path != Sparse.xml { try await read(path, into: texts) }
      let found = try Answers(texts)
      #expect(sparse == nil || found == sparse, note)
      sparse = found
      let head = try texts.read { try $0.chainHead() }
      for path in order where path != Sparse.xml { #expect(try await read(path, into: texts).imported == 0, note) }
      #expect(try texts.read { try $0.chainHead() } == head, note)
      #expect(try texts.problems() == [], note)
    }
    #expect(sparse?.incidents[0].vms.mapValues(\.to) == expected.incidents[0].vms.mapValues(\.to))
  }

  @Test func equalRowsOfOneSecondStayAsManyAsTheyAre() async throws {
    let row = "2026-11-23 11:18:51,vpxd,Reconfigured switch\n"
    let ledger = try memoryLedger()
    let eight = Self.head + String(repeating: row, count: 8)
    #expect(try await read(text: eight, into: ledger).imported == 8)
    #expect(try await read(text: eight, into: ledger).imported == 0)
    #expect(try await read(text: Self.head + row + row, into: ledger).imported == 0)
    #expect(try await read(text: Self.head + String(repeating: row, count: 9), into: ledger).imported == 1)
    // Other rows of the second shift their places.
    let others = (1...3).map { "2026-11-23 11:18:51,vpxd,other \($0)\n" }.joined()
    #expect(try await read(text: Self.head + others + String(repeating: row, count: 9), into: ledger).imported == 3)
    #expect(try await read(text: Self.head + String(repeating: row, count: 10) + others, into: ledger).imported == 1)
    #expect(try ledger.counted().count == 13)
    #expect(try ledger.problems() == [])
  }

  @Test func timesWithAZoneAndWholeSecondsKeepTheirOrder() async throws {
    let rows = (1...8).map { _ in "2026-11-23T11:18:51Z,vpxd,equal\n" } + ["2026-11-23T11:18:51Z,vpxd,last\n"]
    let ledger = try memoryLedger()
    #expect(try await read(text: Self.head + rows.reversed().joined(), into: ledger, zone: nil).imported == 9)
    #expect(try ledger.counted().last?.event.message == "last", "the newest stands first")
    let exact = "{\"createdTime\":\"2026-11-23T11:18:51.25Z\",\"message\":\"last\"}"
    #expect(try await read(text: exact, into: ledger, zone: nil).imported == 1)
    #expect(try ledger.counted().count == 9, "the exact time counts for the whole second")
  }

  @Test func overlappingPiecesOfOneList() async throws {
    let rows = try Sparse.content(Sparse.select).split(whereSeparator: \.isNewline).map { $0 + "\n" }
    let whole = try memoryLedger()
    try await read(Sparse.path(Sparse.select), into: whole)
    // Cut where seconds end, as a script with -Start and -Finish does; rows of the middle in both.
    let bounds = (1..<rows.count - 1).filter { rows[$0].prefix(22) != rows[$0 + 1].prefix(22) }
    try #require(bounds.count == 2)
    let pieces = [rows[1...bounds[1]], rows[(bounds[0] + 1)...]].map { String(rows[0]) + $0.joined() }
    for order in [pieces, pieces.reversed()] {
      let ledger = try memoryLedger()
      for piece in order { try await read(text: piece, into: ledger) }
      #expect(try ledger.counted().map(\.event.message) == whole.counted().map(\.event.message))
      #expect(try Answers(ledger) == Answers(whole))
      #expect(try ledger.problems() == [])
    }
  }

  @Test func otherUsersAreOtherEvents() async throws {
    let ledger = try memoryLedger()
    func row(_ user: String) -> String { Self.head + "2026-11-23 11:18:51,\(user),User logged out\n" }
    for (user, imported) in [("alice", 1), ("bob", 1), ("alice", 0), ("", 0)] {
      #expect(try await read(text: row(user), into: ledger).imported == imported, "\(user)")
    }
    // A user that was unknown is told by a richer record.
    let second = try memoryLedger()
    for (user, imported) in [("", 1), ("alice", 1), ("", 0)] {
      #expect(try await read(text: row(user), into: second).imported == imported, "\(user)")
    }
    #expect(try second.counted().map(\.event.actor) == ["alice"])
  }

  @Test func whatASCIILostIsTheSame() async throws {
    let sound = Self.head + "2026-11-23 11:18:51,J\u{f6}rg,Migrating K\u{f6}ln \u{1F600} off host esx1 in DC\n"
    let lost = Self.head + "2026-11-23 11:18:51,J?rg,Migrating K?ln ?? off host esx1 in DC\n"
    let moves = "CreatedTime,UserName,VM,SrcVMHost,TgtVMHost\n"
    let pairs = [
      (sound, lost),
      (
        moves + "2026-11-23 11:18:51,J\u{f6}rg,K\u{f6}ln,\u{e9}sx1,esx2\n",
        moves + "2026-11-23 11:18:51,J?rg,K?ln,?sx1,esx2\n"
      ),
    ]
    for (first, second) in pairs {
      let ledger = try memoryLedger()
      #expect(try await read(text: first, into: ledger).imported == 1)
      #expect(try await read(text: second, into: ledger).imported == 0)
    }
  }

  @Test func oneRowThatCannotBeReadDoesNotDisturbTheOrderOfTheOthers() async throws {
    let text = try Sparse.content(Sparse.raw) + "\"never\",\"\"\n"
    let whole = try memoryLedger()
    try await read(Sparse.path(Sparse.raw), into: whole)
    let ledger = try memoryLedger()
    #expect(try await read(text: text, into: ledger).skippedCount == 1)
    #expect(try ledger.counted().map(\.event.foreignKey) == whole.counted().map(\.event.foreignKey))
    #expect(try Answers(ledger) == Answers(whole))
  }

  @Test func theSameKeyTwiceInOneFileIsOneEvent() async throws {
    let text = try Sparse.content(Sparse.listJSON)
    let ledger = try memoryLedger()
    #expect(try await read(text: text + text, into: ledger).imported == 249)
    #expect(try await read(text: text + text, into: ledger).imported == 0)
    #expect(try ledger.counted().count == 249)
  }
}
