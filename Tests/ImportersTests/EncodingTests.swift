import Foundation
import Inventory
import Ledger
import Reports
import TestSupport
import Testing

@testable import Importers

/// Lists in the code pages of Windows: asked about, never guessed.
@Suite struct EncodingTests {
  private static let list =
    "CreatedTime,UserName,Message\n2026-11-23 11:18:51,Jürgen,Gruß aus Köln\n"
    + "2026-11-23 11:18:52,anna,vm1 on esx01 in DC is powered on\n"

  private func importing(_ data: Data, encoding: String?, ledger: Ledger) async throws -> FileReport {
    let folder = try ScratchFolder()
    try data.write(to: folder.url.appendingPathComponent("list.csv"))
    var options = ImportOptions(source: "a")
    (options.zone, options.encoding) = ("UTC", encoding)
    return try await Importer(into: ledger, options: options, now: testNow).run(paths: [folder.path("list.csv")])[0]
  }

  private func data(_ encoding: String.Encoding) throws -> Data {
    try #require(Self.list.data(using: encoding))
  }

  @Test func aCodePageIsAskedFor() async throws {
    let ledger = try memoryLedger()
    let report = try await importing(data(.windowsCP1252), encoding: nil, ledger: ledger)
    let error = try #require(report.error)
    #expect(error.code == .usage && error.message.contains("list.csv, line 2") && error.message.contains("--encoding"))
    #expect(try ledger.read { try $0.chainHead().seq } == 0)
  }

  @Test(arguments: [(String.Encoding.windowsCP1252, "windows-1252"), (.utf16LittleEndian, "utf-16le"), (.utf8, "utf-8")])
  func aNamedEncodingIsRead(encoding: String.Encoding, name: String) async throws {
    let ledger = try memoryLedger()
    let report = try await importing(data(encoding), encoding: name, ledger: ledger)
    #expect(report.error == nil && report.imported == 2 && report.skippedCount == 0)
    #expect(try ledger.counted().compactMap(\.event.actor) == ["Jürgen", "anna"])
  }

  @Test func theMarkOfAFileComesBeforeWhatIsSaid() async throws {
    let ledger = try memoryLedger()
    let report = try await importing(
      Data([0xff, 0xfe]) + data(.utf16LittleEndian), encoding: "windows-1252", ledger: ledger)
    #expect(report.imported == 2)
    #expect(try ledger.counted().compactMap(\.event.actor) == ["Jürgen", "anna"])
  }

  @Test(arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian])
  func wideTextWithoutAMarkIsAskedAbout(encoding: String.Encoding) async throws {
    let report = try await importing(data(encoding), encoding: nil, ledger: try memoryLedger())
    #expect(report.error?.code == .failed && report.error?.message.contains("--encoding utf-16le") == true)
  }

  /// The mark told the encoding: what is no text in it is set aside, and nothing has to be asked.
  @Test func aRowWithHalfACharacterIsSetAside() async throws {
    let ledger = try memoryLedger()
    let data = try Data([0xff, 0xfe]) + data(.utf16LittleEndian).dropLast(1)
    let report = try await importing(data, encoding: nil, ledger: ledger)
    #expect(report.error == nil && report.imported == 1 && report.skipped.map(\.line) == [3])
  }

  @Test(arguments: ["nosuch", "", "utf-16le//IGNORE", "windows 1252"])
  func anEncodingThatThereIsNot(name: String) async throws {
    let report = try await importing(data(.utf8), encoding: name, ledger: try memoryLedger())
    #expect(report.error?.code == .usage && report.error?.message.contains("\"\(name)\" is no encoding") == true)
  }

  /// Rows that were set aside may be those of a failure: every answer says so, until another file has made them good.
  @Test func rowsSetAsideAreAGapOfEveryAnswer() async throws {
    let ledger = try memoryLedger()
    func answer() throws -> [String] {
      try ledger.read { try AffectedReport.report($0, scope: IncidentReader.Scope(), at: testNow).answer }
    }
    let report = try await importing(data(.windowsCP1252), encoding: "utf-8", ledger: ledger)
    #expect(report.imported == 1 && report.skipped == [FileReport.Skipped(line: 2, reason: "not UTF-8")])
    let gap = try #require(answer().first { $0.contains("records-set-aside") })
    #expect(gap.contains("1 record of ") && gap.contains("list.csv could not be used, the first in line 2: not UTF-8"))
    #expect(try await importing(data(.windowsCP1252), encoding: "windows-1252", ledger: ledger).imported == 1)
    #expect(try !answer().contains { $0.contains("records-set-aside") })
  }

  @Test func aRetractedImportLeavesNoGap() async throws {
    let ledger = try memoryLedger()
    _ = try await importing(data(.windowsCP1252), encoding: "utf-8", ledger: ledger)
    let number = try #require(try ledger.read { try $0.importGaps() }.first?.number)
    _ = try await ledger.write(at: testNow) { try $0.retract(number, reason: "wrong encoding", actor: nil) }
    #expect(try ledger.read { try $0.importGaps() }.isEmpty)
  }
}
