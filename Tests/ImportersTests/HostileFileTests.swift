import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// Files that once crashed, hung or misled the readers, each with what should come of it.
@Suite struct HostileFileTests {
  private static let good = "<A><key>1</key><createdTime>2026-11-23T11:18:51Z</createdTime></A>\n"

  private func run(_ data: Data, _ name: String = "a.xml") async throws -> FileReport {
    let folder = try ScratchFolder()
    try data.write(to: folder.url.appendingPathComponent(name))
    let importer = Importer(into: try memoryLedger(), options: ImportOptions(), now: testNow)
    return try await importer.run(paths: [folder.path(name)])[0]
  }

  @Test(arguments: ["<", "<B", "<B><c", "<!-- ", "<![CDATA[", "<B x='", "</"])
  func aFileThatEndsInsideATag(rest: String) async throws {
    let report = try await run(Data((Self.good + rest).utf8))
    #expect(report.records == 1 && report.skipped.map(\.line) == [2])
  }

  @Test(arguments: ["<b\u{FFFD}c>y</b\u{FFFD}c>", "<b x\u{FFFD}='1'/>", "<m>caf\u{FFFD}</m>"])
  func bytesThatAreNoUTF8(field: String) async throws {
    let record = "<G><key>2</key><createdTime>2026-11-23T11:18:51Z</createdTime>\(field)</G>\n"
    var data = Data((Self.good + record).utf8)
    while let mark = data.firstRange(of: Data([0xef, 0xbf, 0xbd])) { data.replaceSubrange(mark, with: [0xff]) }
    let report = try await run(data)
    #expect(report.records == 1)
    #expect(report.skipped == [FileReport.Skipped(line: 2, reason: "not UTF-8")])
  }

  @Test(arguments: ["<vm type=\"VirtualMachine\" <x>vm-1</vm>", "<host <x>y</host>", "<a>&nosuch;</a>", "<a>1</b>"])
  func aRecordThatTheParserWouldHaveReadByHalf(field: String) async throws {
    let record = "<B><key>2</key><createdTime>2026-11-23T11:18:51Z</createdTime>\(field)<m>lost</m></B>\n"
    let report = try await run(Data((Self.good + record + Self.good).utf8))
    #expect(report.imported == 1 && report.skipped.map(\.line) == [2])
  }

  /// A parser under an earlier reader stopped the program at the ones without data.
  @Test(arguments: ["<?x?>", "<?xml?>", "<?x y?>", "<?x", "<a><?x?></a>", "<![CDATA[<?x?>]]>", "<!-- <?x?> -->"])
  func aProcessingInstructionInARecord(field: String) async throws {
    let record = "<B><key>2</key><createdTime>2026-11-23T11:18:51Z</createdTime>\(field)</B>\n"
    let report = try await run(Data((Self.good + record).utf8))
    #expect(report.records + report.skippedCount == 2 && report.records >= 1, "\(report.skipped)")
  }

  @Test func aTagOrCommentWithoutEnd() async throws {
    let attributes = (0..<20_000).map { " a\($0)='1'" }.joined()
    #expect(try await run(Data((Self.good + "<B\(attributes)/>").utf8)).error?.code == .failed)
    let comment = Self.good + "<!--" + String(repeating: " - -", count: 500_000)
    #expect(try await run(Data(comment.utf8)).skippedCount == 1)
  }

  @Test func manyBrokenPiecesAreCountedNotKept() async throws {
    let report = try await run(Data((Self.good + String(repeating: "</a>\n", count: 20_000)).utf8))
    #expect(report.records == 1 && report.skippedCount == 20_000 && report.skipped.count == 100)
  }

  @Test func theFirstRecordsMayBeBroken() async throws {
    let bad = "<A><key>x</key></A>\n"
    let report = try await run(Data(("hello\n" + String(repeating: bad, count: 20) + Self.good).utf8))
    #expect(report.format == .govcEventsXML && report.records == 1 && report.skippedCount == 21)
    let vm = #"{"obj":{"type":"VirtualMachine","value":"vm-1"},"changeSet":[{"name":"name","val":"web1"}]}"#
    #expect(try await run(Data("{\"a\": nonsense}\n\(vm)".utf8)).format == .govcCollectVMs)
  }

  @Test func twoSpellingsOfOneLetterAreTwoNames() async throws {
    let ledger = try memoryLedger()
    let folder = try ScratchFolder()
    let records = ["caf\u{E9}", "cafe\u{301}"].enumerated().map { index, name in
      """
      <EventEx><key>\(index + 1)</key><createdTime>2026-11-23T11:18:51Z</createdTime><eventTypeId>x.\(name)</eventTypeId>
      <vm><name>\(name)</name><vm type="VirtualMachine">vm-\(name)</vm></vm></EventEx>

      """
    }
    try await add(folder.write(records.joined(), to: "a.xml"), to: ledger)
    #expect(try ledger.read { try $0.check() }.problems == [])
    for name in ["caf\u{E9}", "cafe\u{301}"] {
      #expect(try ledger.read { try $0.objects(named: name, kind: .vm, source: nil, at: testNow) }.count == 1)
    }
  }

  @Test func theDeepestRecordThatIsTakenCanBeReadAgain() async throws {
    // Each level holds its field twice, which makes an array of it.
    let levels = 88
    let fields =
      String(repeating: "<a>x</a><a>", count: levels) + "x" + String(repeating: "</a>", count: levels)
    let record =
      "<EventEx><key>1</key><createdTime>2026-11-23T11:18:51Z</createdTime>"
      + "<eventTypeId>com.vmware.vc.EventBurstCompressedEvent</eventTypeId>\(fields)</EventEx>"
    let folder = try ScratchFolder()
    let ledger = try memoryLedger()
    #expect(try await add(folder.write(record, to: "a.xml"), to: ledger)[0].imported == 1)
    try await ledger.rebuild()
    let stored = try ledger.read { try $0.event(1).event.detail }
    #expect(stored?["code"] == "burst-compressed" && stored?["foreign"] != nil)
  }

  @Test func anEmptyIdentityIsNone() async throws {
    for uuid in ["", "a\\u0000b"] {
      let report = try await run(Data("{\"about\":{\"instanceUuid\":\"\(uuid)\"}}".utf8), "about.json")
      #expect(report.error != nil, "\(uuid)")
    }
  }

  @Test func anImpossibleDateOfAFileIsAnError() async throws {
    let folder = try ScratchFolder()
    let vm = #"{"obj":{"type":"VirtualMachine","value":"vm-1"},"changeSet":[{"name":"name","val":"web1"}]}"#
    let path = try folder.write(vm, to: "vms.json")
    try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1e15)], ofItemAtPath: path)
    let importer = Importer(into: try memoryLedger(), options: ImportOptions(), now: testNow)
    let report = try await importer.run(paths: [path])[0]
    // Some file systems cannot hold such a date and store another one.
    if let error = report.error { #expect(error.message.contains("--at")) } else { #expect(report.imported == 1) }
  }

  @Test func linksAreFollowedAndPipesRead() async throws {
    let folder = try ScratchFolder()
    let link = folder.path("link")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: Project.fixture("vcenter-a"))
    try FileManager.default.createSymbolicLink(atPath: folder.path("circle"), withDestinationPath: folder.url.path)
    let importer = Importer(
      into: try memoryLedger(), options: ImportOptions(at: Instant(microseconds: 1_795_440_000_000_000)), now: testNow)
    #expect(try await importer.run(paths: [link]).reduce(0) { $0 + $1.imported } == 285)
    _ = try await importer.run(paths: [folder.url.path])
    #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
    let pipe = folder.path("pipe")
    Thread.detachNewThread {
      try? FileHandle(forWritingAtPath: pipe)?.write(contentsOf: Data(Self.good.utf8))
    }
    let report = try await importer.run(paths: [pipe])[0]
    #expect(report.path == pipe && report.imported == 1)
  }
}
