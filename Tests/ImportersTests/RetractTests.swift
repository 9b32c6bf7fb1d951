import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// Imports that are taken back, and what counts then.
@Suite struct RetractTests {
  @discardableResult
  private func retract(_ number: Int64, in ledger: Ledger) async throws -> Int {
    try await ledger.write(at: testNow) { try $0.retract(number, reason: "wrong", actor: "alice") }
  }

  /// Takes the last import back.
  private func retractLast(of ledger: Ledger) async throws {
    try await retract(try #require(ledger.read { try $0.imports() }.last).seq, in: ledger)
  }

  private func spans(_ ledger: Ledger) throws -> [String] { try ledger.read { try $0.projectionsByForeignKey() } }

  /// What `db rebuild` makes must be what is there.
  private func expectSound(_ ledger: Ledger, _ note: Comment? = nil) async throws {
    #expect(try ledger.problems() == [], note)
    let before = try spans(ledger)
    try await ledger.rebuild()
    #expect(try spans(ledger) == before, note)
    #expect(try ledger.problems() == [], note)
  }

  @Test func aWrongZoneIsMended() async throws {
    let right = try memoryLedger()
    try await read(Sparse.path(Sparse.select), into: right)
    let ledger = try memoryLedger()
    let count = try await read(Sparse.path(Sparse.select), into: ledger, zone: "Asia/Tokyo").imported
    let head = try ledger.read { try $0.chainHead() }
    try await retractLast(of: ledger)
    #expect(try ledger.counted().isEmpty)
    #expect(try Answers(ledger, at: testNow).incidents.isEmpty && Answers(ledger, at: testNow).placements.isEmpty)
    #expect(try await read(Sparse.path(Sparse.select), into: ledger).imported == count)
    #expect(try Answers(ledger) == Answers(right))
    #expect(
      try ledger.read { try $0.verifyChain(wanted: head.hash.bytes.hexadecimal) }.firstBad == nil,
      "the head of before still occurs")
    try await expectSound(ledger)
  }

  @Test func theSameFileCanComeAgain() async throws {
    let ledger = try memoryLedger()
    for _ in 0..<3 {
      #expect(try await read(Sparse.path(Sparse.raw), into: ledger).imported == 234)
      #expect(try Answers(ledger).incidents.count == 1)
      try await retractLast(of: ledger)
      try await expectSound(ledger)
    }
    #expect(try ledger.read { try $0.imports() }.allSatisfy { $0.retractedBy != nil })
  }

  @Test func whatWasReplacedCountsAgain() async throws {
    let ledger = try memoryLedger()
    try await read(Sparse.path(Sparse.select), into: ledger)
    let (poor, answers) = (try ledger.counted().map(\.seq), try Answers(ledger))
    try await read(Sparse.path(Sparse.raw), into: ledger)
    #expect(try ledger.counted().count == 234)
    try await retractLast(of: ledger)
    #expect(try ledger.counted().map(\.seq) == poor)
    #expect(try Answers(ledger) == answers)
    try await expectSound(ledger)
  }

  /// Three forms of one event, each richer than the one before.
  private static let forms = [
    "CreatedTime,FullFormattedMessage\n2026-11-23 11:18:51,web1 on esx1 in DC is powered on\n",
    "CreatedTime,UserName,FullFormattedMessage\n2026-11-23 11:18:51,alice,web1 on esx1 in DC is powered on\n",
    "CreatedTime,UserName,FullFormattedMessage,Key\n2026-11-23 11:18:51,alice,web1 on esx1 in DC is powered on,7\n",
  ]

  @Test(arguments: [[0], [1], [2], [0, 1], [1, 0], [0, 2], [2, 0], [1, 2], [2, 1], [2, 1, 0], [1, 0, 2], [0, 1, 2]])
  func whicheverIsTakenBackTheHappeningCountsOnce(retracted: [Int]) async throws {
    let ledger = try memoryLedger()
    for form in Self.forms { #expect(try await read(text: form, into: ledger).imported == 1) }
    let imports = try ledger.read { try $0.imports() }.map(\.seq)
    for index in retracted {
      try await retract(imports[index], in: ledger)
      try await expectSound(ledger, "\(retracted)")
    }
    let left = [0, 1, 2].filter { !retracted.contains($0) }
    #expect(try ledger.counted().map(\.event.actor) == left.last.map { [$0 == 0 ? nil : "alice"] } ?? [])
    #expect(try ledger.counted().map { $0.event.foreignKey == "7" } == left.last.map { [$0 == 2] } ?? [])
    // What was taken back can come again, and again counts once.
    for form in Self.forms { try await read(text: form, into: ledger) }
    #expect(try ledger.counted().map(\.event.foreignKey) == ["7"])
    try await expectSound(ledger, "\(retracted)")
  }

  @Test func aWrongSourceDoesNotStandInTheWay() async throws {
    let ledger = try memoryLedger()
    let at = Instant(rfc3339: "2026-11-23T11:30:00Z")
    try await add(Sparse.xml, to: ledger)
    try await add(Project.fixture("stories/two-hosts/govc-events.xml"), to: ledger, source: "wrong")
    let undecided = try await read(Sparse.path(Sparse.select), into: ledger)
    #expect(undecided.error?.code == .usage, "two sources")
    try await retractLast(of: ledger)
    #expect(try await read(Sparse.path(Sparse.select), into: ledger).error == nil)
    let alone = try memoryLedger()
    try await add(Sparse.xml, to: alone)
    #expect(try Answers(ledger, at: at) == Answers(alone, at: at))
    try await expectSound(ledger)
  }

  @Test func namesOfAnotherVCenterThatWasTakenBackDoNotCount() async throws {
    let ledger = try memoryLedger()
    let wrong = Project.fixture("stories/two-hosts/govc-events.xml")
    let right = Project.fixture("stories/isolation/govc-events.xml")
    try await add(wrong, to: ledger)
    try await retractLast(of: ledger)
    // Its hosts have other names under the same ids.
    try await add(right, to: ledger)
    let alone = try memoryLedger()
    try await add(right, to: alone)
    #expect(try Answers(ledger).incidents.map(\.vms) == Answers(alone).incidents.map(\.vms))
    #expect(try Answers(ledger).placements == Answers(alone).placements)
    try await expectSound(ledger)
  }

  @Test func aNameThatOnlyAMistakeHadIsNotAmbiguous() async throws {
    func event(_ id: String) -> String {
      """
      <VmPoweredOnEvent><key>1</key><createdTime>2026-11-23T11:00:00Z</createdTime><host><name>esx1</name>
      <host type="HostSystem">host-1</host></host><vm><name>web1</name><vm type="VirtualMachine">\(id)</vm></vm>
      </VmPoweredOnEvent>

      """
    }
    let folder = try ScratchFolder()
    let ledger = try memoryLedger()
    try await add(folder.write(event("vm-99"), to: "wrong.xml"), to: ledger)
    try await retractLast(of: ledger)
    try await add(folder.write(event("vm-5"), to: "right.xml"), to: ledger)
    let found = try ledger.read { try $0.object(named: "web1", kind: .vm, source: nil, at: testNow) }
    #expect(found.foreignID == "vm-5")
    #expect(try Answers(ledger).placements == ["web1": "esx1"])
    try await expectSound(ledger)
  }

  @Test func whatCannotBeTakenBackIsRefused() async throws {
    let ledger = try memoryLedger()
    try await read(Sparse.path(Sparse.moves), into: ledger)
    let number = try #require(ledger.read { try $0.imports() }.first).seq
    for wrong in [0, 1, number + 1, -1, .max] {
      #expect(await #expect(throws: YadokariError.self) { try await retract(wrong, in: ledger) }?.code == .notFound)
    }
    #expect(try await retract(number, in: ledger) == 8)
    #expect(await #expect(throws: YadokariError.self) { try await retract(number, in: ledger) }?.code == .conflict)
    #expect(try ledger.problems() == [])
  }
}
