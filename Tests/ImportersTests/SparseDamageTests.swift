import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// Damaged exports: what is sound is kept, what is not is set aside with its line, and no record is half.
@Suite struct SparseDamageTests {
  private static let head = "\"CreatedTime\",\"UserName\",\"FullFormattedMessage\"\n"
  private static func row(_ second: Int, _ message: String = "web1 on esx1 in DC is powered on") -> String {
    "\"11/23/2026 11:18:\(second) AM\",\"alice\",\"\(message)\"\n"
  }

  @Test(arguments: Sparse.events + [Sparse.moves])
  func aCutFileHoldsWholeRecordsOnly(name: String) async throws {
    let folder = try ScratchFolder()
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: Sparse.path(name))))
    let whole = try memoryLedger()
    try await read(Sparse.path(name), into: whole)
    let messages = Set(try whole.counted().map { "\($0.event.message ?? "") \($0.event.vm?.name ?? "")" })
    // Many places near the end, and a few all over the file.
    let places =
      Array(stride(from: bytes.count - 300, to: bytes.count, by: 31))
      + Array(stride(from: 500, to: bytes.count, by: 19_997))
    for place in places where place > 0 {
      let path = folder.path("cut")
      try Data(bytes[..<place]).write(to: URL(fileURLWithPath: path))
      let ledger = try memoryLedger()
      let report = try await read(path, into: ledger)
      guard report.error == nil else {
        #expect(report.error?.message.contains(path) == true)
        #expect(try ledger.read { try $0.chainHead() }.seq == 0)
        continue
      }
      #expect(report.skippedCount <= 1, "\(name) cut at \(place)")
      let found = try ledger.counted().map { "\($0.event.message ?? "") \($0.event.vm?.name ?? "")" }
      #expect(messages.isSuperset(of: found), "\(name) cut at \(place): \(found.filter { !messages.contains($0) })")
    }
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func theKindOfLineEndDoesNotMatter(end: String) async throws {
    for name in [Sparse.select, Sparse.cluster, Sparse.raw, Sparse.moves, Sparse.text] {
      let whole = try memoryLedger()
      let count = try await read(Sparse.path(name), into: whole).imported
      let ledger = try memoryLedger()
      let text = try Sparse.content(name).replacing("\r\n", with: "\n").replacing("\n", with: end)
      let report = try await read(text: text, into: ledger)
      #expect(report.imported == count && report.skippedCount == 0, "\(name)")
      #expect(try Answers(ledger) == Answers(whole), "\(name)")
    }
  }

  @Test func lineEndsOfAllKindsInOneFile() async throws {
    let rows = (10...15).map { Self.row($0).dropLast() }
    let text = Self.head + zip(rows, ["\r\n", "\r", "\n", "\n\n", "\r\r\n", ""]).map { $0 + $1 }.joined()
    #expect(try await read(text: text, into: try memoryLedger()).imported == 6)
    let lines = (10...14).map {
      "[Mon Nov 23 11:08:\($0) 2026] [info] [\($0)] [VmPoweredOnEvent] web1 on esx1 in DC is powered on"
    }
    let list = zip(lines, ["\r\n", "\r", "\n", "\n\n", "\n \n"]).map { $0 + $1 }.joined()
    let ledger = try memoryLedger()
    #expect(try await read(text: list, into: ledger).imported == 5)
    #expect(try ledger.counted().allSatisfy { $0.event.vm?.name == "web1" }, "blank lines are no part of a message")
  }

  @Test func aByteOrderMarkIsNoPartOfTheFirstName() async throws {
    for name in Sparse.events + [Sparse.moves] {
      let ledger = try memoryLedger()
      let report = try await read(text: "\u{feff}" + Sparse.content(name), into: ledger)
      #expect(report.error == nil && report.skippedCount == 0 && report.imported >= 8, "\(name)")
    }
  }

  @Test func utf16IsReadWhereItsMarkSaysSo() async throws {
    let folder = try ScratchFolder()
    for name in [Sparse.select, Sparse.text, Sparse.bareJSON] {
      for (encoding, mark) in [
        (String.Encoding.utf16LittleEndian, [0xff, 0xfe] as [UInt8]), (.utf16BigEndian, [0xfe, 0xff]),
      ] {
        let content = try #require(Sparse.content(name).data(using: encoding))
        try (Data(mark) + content).write(to: URL(fileURLWithPath: folder.path("a")))
        let report = try await read(folder.path("a"), into: try memoryLedger())
        #expect(report.error == nil && report.skippedCount == 0 && report.imported > 200, "\(name)")
        try content.write(to: URL(fileURLWithPath: folder.path("b")))
        #expect(try await read(folder.path("b"), into: try memoryLedger()).error?.code == .failed, "\(name)")
      }
    }
  }

  @Test func anotherEncodingIsSetAside() async throws {
    let folder = try ScratchFolder()
    let list =
      "[Mon Nov 23 11:08:10 2026] [info] K\u{f6}ln on esx1 in DC is powered on\n[Mon Nov 23 11:08:11 2026] [info] b\n"
    try #require(list.data(using: .isoLatin1)).write(to: URL(fileURLWithPath: folder.path("b")))
    let second = try await read(folder.path("b"), into: try memoryLedger())
    #expect(second.imported == 1 && second.skipped == [.init(line: 1, reason: "not UTF-8")])
  }

  @Test func anOpenQuoteCostsItsOwnRowOnly() async throws {
    let ledger = try memoryLedger()
    let open = "\"11/23/2026 11:18:11 AM\",\"bob\",\"no end\n"
    let report = try await read(text: Self.head + Self.row(10) + open + Self.row(12) + Self.row(13), into: ledger)
    #expect(report.imported == 3 && report.skipped == [.init(line: 3, reason: "a quote that is not closed")])
    #expect(try ledger.counted().allSatisfy { $0.event.vm?.name == "web1" })
    let last = try await read(text: Self.head + Self.row(10) + open, into: try memoryLedger())
    #expect(last.imported == 1 && last.skipped.map(\.line) == [3])
  }

  @Test func quotesWithinTexts() async throws {
    let ledger = try memoryLedger()
    let text =
      Self.head + Self.row(10, "a \"\"quoted\"\" word, and\r\na second line") + "2026-11-23 11:18:11,bob,a 5\" disk\n"
    #expect(try await read(text: text, into: ledger).skippedCount == 0)
    #expect(try ledger.counted().map(\.event.message) == ["a \"quoted\" word, and\r\na second line", "a 5\" disk"])
  }

  @Test func aSeparatorInATextWithoutQuotesIsSeen() async throws {
    let text = "CreatedTime,UserName,FullFormattedMessage\n2026-11-23 11:18:10,bob,moved a, b\n2026-11-23 11:18:11,bob,c,,\n"
    let report = try await read(text: text, into: try memoryLedger())
    #expect(report.imported == 1 && report.skipped.map(\.line) == [2])
    #expect(report.skipped[0].reason.contains("4 fields under 3 names"))
  }

  @Test(arguments: [
    "sep=;\n\"CreatedTime\";\"FullFormattedMessage\"\n\"23.11.2026 11:18:51\";\"web1 on esx1 in DC is powered on\"\n",
    "#TYPE VMware.Vim.VmPoweredOnEvent\nFULLFORMATTEDMESSAGE,createdtime\nweb1 on esx1 in DC is powered on,2026-11-23 11:18:51\n",
    "extra\tFullFormattedMessage\tCreatedTime\tmore\nx\tweb1 on esx1 in DC is powered on\t2026-11-23 11:18:51\ty\n",
    "Message|CreatedTime\nweb1 on esx1 in DC is powered on|2026-11-23 11:18:51\n",
    "\n\n \"CreatedTime\" , \"Message\" \n".replacing("\"", with: "")
      + "2026-11-23 11:18:51 , web1 on esx1 in DC is powered on\n",
    "CreatedTime,FullFormattedMessage\nCreatedTime,FullFormattedMessage\n2026-11-23 11:18:51,web1 on esx1 in DC is powered on\n",
  ])
  func headersInManyShapes(text: String) async throws {
    let ledger = try memoryLedger()
    let report = try await read(text: text, into: ledger)
    #expect(report.imported == 1 && report.skippedCount == 0)
    let event = try #require(try ledger.counted().first).event
    #expect(event.vm?.name == "web1" && event.host?.name == "esx1" && event.type == .vmPoweredOn)
    #expect(event.occurredAt.wholeSeconds == Instant(rfc3339: "2026-11-23T11:18:51Z")?.wholeSeconds)
  }

  @Test func columnsOfAScriptsOwnAreKept() async throws {
    let ledger = try memoryLedger()
    try await read(text: "Ticket,CreatedTime,Message\nT-7,2026-11-23 11:18:51,hello\n", into: ledger)
    #expect(try ledger.counted()[0].event.detail?["foreign"] == ["ticket": "T-7"])
  }

  @Test(arguments: [
    ("", "no data"), ("\n \n", "no data"), ("CreatedTime,FullFormattedMessage\n", "no data"),
    ("#TYPE X\n\"CreatedTime\",\"Message\"\n\n", "no data"),
    ("11/23/2026 11:18:51 AM,alice,hello\n", "CreatedTime, FullFormattedMessage"),
    ("CreatedTime,UserName\n2026-11-23 11:18:51,alice\n", "\"CreatedTime\", \"UserName\""),
    ("CreatedTime,Message\nnever,hello\n", "line 2"), ("CreatedTime,Message\n2026-11-23 11:18:51,\n", "line 2"),
    ("[Mon Nov 31 11:08:10 2026] [info] hello\n", "line 1"), ("[Mon Nov 23 11:08:10 2026] [info] cut", "line 1"),
  ])
  func whatHoldsNoRecordIsRefusedWithACure(text: String, words: String) async throws {
    let ledger = try memoryLedger()
    let error = try await read(text: text, into: ledger).error
    #expect(error?.code == .failed && error?.message.contains("export.csv") == true)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    #expect(try ledger.read { try $0.chainHead() }.seq == 0)
  }

  @Test func bytesAtRandom() async throws {
    let folder = try ScratchFolder()
    let seed: UInt64 = 11
    var random = SplitMix64(seed: seed)
    for name in Sparse.events + [Sparse.moves] {
      let sound = Array(try Data(contentsOf: URL(fileURLWithPath: Sparse.path(name))).prefix(4000))
      for _ in 0..<4 {
        var bytes = sound
        for _ in 0..<Int.random(in: 1...30, using: &random) {
          let place = Int.random(in: 0..<bytes.count, using: &random)
          bytes[place] = UInt8.random(in: 0...255, using: &random)
        }
        try Data(bytes).write(to: URL(fileURLWithPath: folder.path("a")))
        let ledger = try memoryLedger()
        let report = try await read(folder.path("a"), into: ledger)
        #expect(try ledger.problems() == [], "seed \(seed), \(name)")
        #expect(report.error != nil || report.records > 0)
      }
    }
  }

  @Test func anOpenQuoteInJSONCostsItsOwnObjectOnly() async throws {
    let text = try Sparse.content(Sparse.listJSON)
    for (sound, broken) in [
      ("A vSphere Distributed Switch DVS0 was", "A \"vSphere"), ("\"category\": \"info\"", "\"category\": \"info"),
    ] {
      let report = try await read(
        text: text.replacing(sound, with: broken, maxReplacements: 1), into: try memoryLedger(), zone: nil)
      #expect(report.imported == 248 && report.skippedCount == 1)
    }
    let lines = (1...4).map { "{\"createdTime\":\"2026-11-23T11:18:5\($0)Z\",\"message\":\"a\($0 == 2 ? "\" {" : "")\"}\n" }
    let report = try await read(text: lines.joined(), into: try memoryLedger(), zone: nil)
    #expect(report.imported == 3 && report.skipped.map(\.line) == [2])
  }

  @Test func anObjectThatIsNoEventIsSetAside() async throws {
    let event = "{\"createdTime\":\"2026-11-23T11:18:51Z\",\"message\":\"web1 on esx1 in DC is powered on\"}\n"
    let text =
      event + "{\"a\":1}\n{\"createdTime\":\"11/23/2026\",\"message\":\"x\"}\n{\"createdTime\":1,\"message\":2}\n{bad}\n"
      + event
    let report = try await read(text: text, into: try memoryLedger(), zone: nil)
    #expect(
      report.skipped.map(\.line) == [2, 3, 4, 5] && report.imported == 1 && report.duplicates == 1,
      "the same moment and text is one")
  }
}
