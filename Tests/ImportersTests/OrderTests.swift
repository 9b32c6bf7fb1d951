import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// The order in which evidence arrives must not matter: files cut into pieces, pieces and records shuffled, overlapping.
@Suite struct OrderTests {
  private func documents(_ path: String) throws -> [String] {
    var splitter = try XMLDocumentSplitter(path: InputPath(path))
    var documents: [String] = []
    while case .piece(let bytes, _)? = try splitter.next() { documents.append(String(decoding: bytes, as: UTF8.self)) }
    return documents
  }

  /// Every projected span, with foreign keys for our numbers.
  private func spans(_ ledger: Ledger) throws -> [String] {
    try ledger.read { reader in try reader.projectionsByForeignKey() }
  }

  @Test(arguments: ["vcenter-a", "stories/two-hosts", "stories/fails-twice", "stories/old-forms"])
  func shuffledPiecesGiveTheSameHistory(fixture: String) async throws {
    let path = Project.fixture(fixture + "/govc-events.xml")
    let whole = try await ledger(importing: [path])
    let expected = try spans(whole)
    let answers = try Answers(whole)
    #expect(expected.count > 50)
    let documents = try documents(path)
    for seed in UInt64(1)...4 {
      var random = SplitMix64(seed: seed)
      let folder = try ScratchFolder()
      // Each record falls into one or two of five files.
      var pieces = [[String]](repeating: [], count: 5)
      for document in documents.shuffled(using: &random) {
        for _ in 0...Int.random(in: 0...1, using: &random) { pieces[Int.random(in: 0..<5, using: &random)].append(document) }
      }
      let ledger = try memoryLedger()
      for (number, piece) in pieces.enumerated() where !piece.isEmpty {
        try await add(folder.write(piece.joined(separator: "\n"), to: "\(number).xml"), to: ledger)
      }
      #expect(try spans(ledger) == expected, "seed \(seed)")
      #expect(try Answers(ledger).incidents.map(\.vms) == answers.incidents.map(\.vms), "seed \(seed)")
      #expect(try ledger.read { try $0.check() }.problems == [], "seed \(seed)")
    }
  }

  /// Day after day, as people do who export each night.
  @Test(arguments: [2, 5, 40])
  func consecutivePiecesGiveTheSameHistory(count: Int) async throws {
    let path = Project.fixture("vcenter-a/govc-events.xml")
    let expected = try spans(try await ledger(importing: [path]))
    let documents = try documents(path)
    let folder = try ScratchFolder()
    let ledger = try memoryLedger()
    let size = (documents.count + count - 1) / count
    for begin in stride(from: 0, to: documents.count, by: size) {
      let piece = documents[begin..<min(begin + size, documents.count)].joined(separator: "\n")
      try await add(folder.write(piece, to: "\(begin).xml"), to: ledger)
    }
    #expect(try spans(ledger) == expected)
    #expect(try ledger.read { try $0.check() }.problems == [])
  }

  @Test func twoVCentersInOneFileDoNotMix() async throws {
    let folder = Project.fixture("vcenter-a")
    let at = Instant(rfc3339: "2026-11-23T11:30:00Z")
    let alone = try Answers(try await ledger(importing: [folder], at: at))
    let both = try memoryLedger()
    try await add(folder, to: both, at: at, source: "a")
    let second = try await add(folder, to: both, at: at, source: "b")
    #expect(second.reduce(0) { $0 + $1.imported } == 285, "the same keys in another source are other records")
    let answers = try Answers(both)
    #expect(answers.incidents.count == 2)
    for incident in answers.incidents { #expect(incident.vms == alone.incidents[0].vms) }
    let found = try both.read { try $0.objects(named: "DC0_C0_RP0_VM6", kind: .vm, source: nil, at: testNow) }
    #expect(found.map(\.source) == ["a", "b"])
    let ambiguous = #expect(throws: YadokariError.self) {
      _ = try both.read { try $0.object(named: "DC0_C0_RP0_VM6", kind: .vm, source: nil, at: testNow) }
    }
    #expect(ambiguous?.code == .conflict)
    // The instance id that both give links them.
    let linked = try both.read { reader in
      try reader.sameInstance(
        as: reader.object(named: "DC0_C0_RP0_VM6", kind: .vm, source: "a", at: testNow), at: testNow)
    }
    #expect(linked.map(\.source) == ["b"])
    let undecided = await #expect(throws: YadokariError.self) { try await add(folder + "/govc-events.xml", to: both) }
    #expect(undecided?.code == .usage)
    #expect(undecided?.message.contains("a, b") == true)
  }

  @Test func anotherVCenterThatDoesNotSayWhoItIsIsRefused() async throws {
    let ledger = try memoryLedger()
    try await add(
      Project.fixture("stories/two-hosts"), to: ledger, at: Instant(rfc3339: "2026-10-13T12:00:00Z"), source: "paris")
    let before = try ledger.read { try $0.chainHead() }
    let other = Project.fixture("stories/isolation/govc-events.xml")
    let refused = await #expect(throws: YadokariError.self) { try await add(other, to: ledger) }
    #expect(refused?.code == .refused && refused?.message.contains("--source") == true)
    #expect(try ledger.read { try $0.chainHead() } == before)
    try await add(other, to: ledger, source: "rome")
    #expect(try Answers(ledger).incidents.map(\.host) == ["esx02", "esx03", "esx32"])
  }

  @Test func aProvisionalSourceAdoptsTheIdWhenItIsSeen() async throws {
    let ledger = try memoryLedger()
    try await add(Project.fixture("vcenter-a/govc-events.xml"), to: ledger)
    try await add(Project.fixture("vcenter-a/govc-about.json"), to: ledger)
    #expect(try ledger.read { try $0.sourceNames() } == ["vcenter-1"])
    // Another vCenter's folder is then another source, its events too.
    try await add(Project.fixture("stories/isolation"), to: ledger, at: Instant(rfc3339: "2026-10-27T16:00:00Z"))
    #expect(try ledger.read { try $0.sourceNames() } == ["vcenter-1", "vcenter-2"])
    #expect(try Answers(ledger).incidents.map(\.host) == ["esx32", "DC0_C0_H2"])
    let wrong = await #expect(throws: YadokariError.self) {
      try await add(Project.fixture("vcenter-a/govc-about.json"), to: ledger, source: "vcenter-2")
    }
    #expect(wrong?.code == .refused)
  }
}
