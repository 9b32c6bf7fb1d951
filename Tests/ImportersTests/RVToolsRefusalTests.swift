import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// Workbooks that cannot be read: nothing of them is kept, and it is said what to do.
@Suite struct RVToolsRefusalTests {
  private static let sheet = ["VM|CPUs", "a|1"]

  private func refusal(_ data: Data, named name: String = "a.xlsx") async throws -> String {
    let folder = try ScratchFolder()
    let ledger = try memoryLedger()
    let path = try folder.write(data, to: name)
    let report = try await Importer(into: ledger, options: ImportOptions(), now: testNow).run(paths: [path])[0]
    #expect(try ledger.read { try $0.chainHead().seq } == 0, "something was kept")
    let error = try #require(report.error, "it was read")
    #expect(error.message.hasPrefix(path), "\(error.message)")
    return String(error.message.dropFirst(path.count))
  }

  private func zip(_ change: (inout StoredZip) -> Void) -> Data {
    var zip = StoredZip()
    change(&zip)
    return zip.data
  }

  @Test func damagedArchives() async throws {
    let whole = WorkbookFile(tables: ["vInfo": Self.sheet]).data
    for length in [4, 30, 200, whole.count / 2, whole.count - 30, whole.count - 1] {
      #expect(try await refusal(whole.prefix(length)).contains("cut off or damaged"))
    }
    #expect(try await refusal(zip { $0.add("readme.txt", Data("hello".utf8)) }).contains("no Excel workbook"))
    var bytes = [UInt8](whole)
    let place = try #require(whole.range(of: Data("<v>1".utf8))).lowerBound
    bytes[place + 3] = UInt8(ascii: "2")
    #expect(try await refusal(Data(bytes)).contains("xl/worksheets/sheet1.xml, an entry of the archive, is damaged"))
  }

  @Test func namesThatLeadOutOfTheArchive() async throws {
    for name in ["../evil", "xl/../../evil", "/etc/passwd", "..\\evil"] {
      let message = try await refusal(
        zip {
          $0.add("xl/workbook.xml", Data())
          $0.add(name, Data("x".utf8))
        })
      #expect(message.contains("\"\(name)\", which leads out of it"))
    }
  }

  @Test func encryptedOnes() async throws {
    let message = try await refusal(
      zip {
        $0.add("[Content_Types].xml", Data())
        $0.add("xl/workbook.xml", Data("<workbook/>".utf8), flags: 1)
      })
    #expect(message.contains("xl/workbook.xml: it is encrypted; save the workbook without a password"))
    #expect(try await refusal(Data([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1])).contains("save it as .xlsx without a password"))
  }

  @Test(arguments: [
    ("xl/workbook.xml", "it has no xl/workbook.xml"), ("[Content_Types].xml", "no Excel workbook"),
    ("xl/worksheets/sheet1.xml", "sheet vInfo: the workbook has no part xl/worksheets/sheet1.xml"),
    ("xl/_rels/workbook.xml.rels", "sheet vInfo: the workbook has no part rId1"),
    ("xl/sharedStrings.xml", "it has no xl/sharedStrings.xml"),
  ]) func missingParts(part: String, words: String) async throws {
    var workbook = WorkbookFile(tables: ["vInfo": Self.sheet])
    workbook.strings = "<si><t>x</t></si>"
    workbook.missing = [part]
    #expect(try await refusal(workbook.data).contains(words))
  }

  @Test(
    arguments: [
      ("<row><c t=\"s\"><v>7</v></c></row>", "sheet vInfo, cell A1: it names a shared text"),
      ("<row><c r=\"XFE1\"><v>7</v></c></row>", "row 1: a cell beyond column XFD"),
      ("<row><c r=\"ZZZZZZZZZZZZZZZZ1\"><v>7</v></c></row>", "beyond column XFD"),
      ("<row><c>", "xl/worksheets/sheet1.xml: not well-formed XML"), ("&bomb;", "not well-formed XML"),
      (
        "<row r=\"2\"><c t=\"inlineStr\"><is><t>\(String(repeating: "x", count: 200_000))</t></is></c></row>",
        "a text of more than 128 KiB"
      ),
    ]) func sheetsThatAreNone(rows: String, words: String) async throws
  {
    #expect(try await refusal(WorkbookFile([("vInfo", rows)]).data).contains(words))
  }

  @Test func documentTypes() async throws {
    let text = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><workbook>&b;</workbook>"
    let message = try await refusal(
      zip {
        $0.add("[Content_Types].xml", Data())
        $0.add("xl/workbook.xml", Data(text.utf8))
      })
    #expect(message.contains("xl/workbook.xml: a document type declaration"))
  }

  /// What unpacks to a thousand times its size, and what is too large for a list of parts.
  @Test func bombs() async throws {
    let folder = try ScratchFolder()
    let script = """
      import zipfile
      with zipfile.ZipFile('\(folder.path("bomb.xlsx"))', 'w', zipfile.ZIP_DEFLATED) as z:
          z.writestr('[Content_Types].xml', '<Types/>')
          z.writestr('xl/workbook.xml', '<workbook xmlns:r="r"><sheets><sheet name="vInfo" r:id="r"/></sheets></workbook>')
          z.writestr('xl/_rels/workbook.xml.rels', '<R><Relationship Id="r" Type="x/worksheet" Target="s.xml"/></R>')
          z.writestr('xl/s.xml', '<worksheet>' + ' ' * (40 << 20) + '</worksheet>')
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script]
    try process.run()
    process.waitUntilExit()
    let data = try Data(contentsOf: folder.url.appendingPathComponent("bomb.xlsx"))
    #expect(data.count < 100_000)
    #expect(try await refusal(data).contains("no sheet is packed to less than 1/200"))
    let message = try await refusal(
      zip {
        $0.add("[Content_Types].xml", Data())
        $0.add("xl/workbook.xml", Data("<workbook>".utf8) + Data(repeating: 0x20, count: 9 << 20))
      })
    #expect(message.contains("xl/workbook.xml: it unpacks to more than 8 MiB"))
  }

  @Test func workbooksOfOtherThings() async throws {
    let other = WorkbookFile(tables: ["Sheet1": ["CreatedTime|Message", "x|y"]])
    #expect(try await refusal(other.data).contains("an Excel workbook without a tab of RVTools, such as vInfo"))
    let empty = WorkbookFile(tables: ["vInfo": ["VM|CPUs"], "vHost": ["Host"], "vPort": ["Host"]])
    #expect(try await refusal(empty.data).contains("lists no cluster, host, datastore or VM: that is no data"))
    let nameless = WorkbookFile(tables: ["vInfo": ["Machine|CPUs", "a|1"]])
    #expect(try await refusal(nameless.data).contains("sheet vInfo: cell A1: \"Machine\", and no heading \"VM\""))
    let doubled = WorkbookFile(tables: ["vInfo": Self.sheet, "RVTools_tabvInfo": Self.sheet])
    #expect(try await refusal(doubled.data).contains("sheet vInfo and sheet RVTools_tabvInfo are both a vInfo"))
  }

  @Test func renamedSheetsAreKnownByTheirHeadings() async throws {
    let folder = try ScratchFolder()
    let workbook = WorkbookFile(tables: ["Notes": ["x"], "Sheet1": ["VM|Powerstate|CPUs|Memory", "a|poweredOn|1|1"]])
    let report = try await add(folder.write(workbook.data, to: "a.xlsx"), to: try memoryLedger())[0]
    #expect(report.imported == 1 && report.otherTabs == ["Notes"])
  }

  @Test func whatIsTooLongForANameIsSetAside() async throws {
    let folder = try ScratchFolder()
    let long = String(repeating: "x", count: 5000)
    let workbook = WorkbookFile(tables: ["vInfo": ["VM|Host", "\(long)|h", "b|\(long)", "c|h"]])
    let report = try await add(folder.write(workbook.data, to: "a.xlsx"), to: try memoryLedger())[0]
    #expect(report.imported == 1 && report.skipped.map(\.line) == [2, 3])
    #expect(report.skipped[1].reason == "sheet vInfo: cell B3 holds 5000 bytes; no name is longer than 4096")
  }

  /// Bytes changed anywhere: it is read, or refused, and nothing else.
  @Test func anyByteMayBeWrong() async throws {
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: Project.fixture("rvtools/small.xlsx"))))
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    let folder = try ScratchFolder()
    for number in 0..<150 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 4..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let path = try folder.write(Data(bytes), to: "\(number).xlsx")
      let ledger = try memoryLedger()
      let report = try await Importer(into: ledger, options: ImportOptions(), now: testNow).run(paths: [path])[0]
      let kept = try ledger.read { try $0.chainHead().seq }
      #expect((report.error != nil) == (kept == 0), "seed \(seed)")
    }
  }

  /// The same within sheets and lists, where no checksum tells.
  @Test func anyCharacterMayBeWrong() async throws {
    let sheet = WorkbookFile.rows([
      "VM|Powerstate|CPUs|Memory|Datacenter|Cluster|Host|VM ID", "a|poweredOn|2|1024|D|C|h|vm-1",
      "b|poweredOff|1|9|D|C|h|vm-2",
    ])
    let disks = WorkbookFile.rows(["VM|Disk|Capacity MiB|Raw|Path", "a|d1|10|True|[x] y", "b|d1|20|False|"])
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    func changed(_ text: String) -> String {
      var bytes = Array(text.utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let signs = Array("<>/&\"=|,;\nrtvcs0919-. ".utf8)
        bytes[place] = signs[Int.random(in: 0..<signs.count, using: &random)]
        if Int.random(in: 0..<4, using: &random) == 0 { bytes.remove(at: place) }
      }
      return String(decoding: bytes, as: UTF8.self)
    }
    let folder = try ScratchFolder()
    for number in 0..<200 {
      let workbook = WorkbookFile([("vInfo", changed(sheet)), ("vDisk", changed(disks))])
      let path = try folder.write(workbook.data, to: "\(number).xlsx")
      let list = try folder.write(changed("VM,Powerstate,CPUs,Memory,Host\na,poweredOn,1,2,h\n"), to: "\(number).csv")
      let ledger = try memoryLedger()
      for round in 0..<2 {
        for file in [path, list] {
          let before = try ledger.read { try $0.chainHead().seq }
          let report = try await Importer(into: ledger, options: ImportOptions(), now: testNow).run(paths: [file])[0]
          let after = try ledger.read { try $0.chainHead().seq }
          #expect((report.imported > 0) == (after > before), "seed \(seed)")
          #expect(round == 0 || report.imported == 0, "seed \(seed)")
        }
      }
      #expect(try ledger.read { try $0.check().problems }.isEmpty, "seed \(seed)")
    }
  }

  /// In a folder with others, what is no workbook of RVTools does no harm; what is damaged may have been one.
  @Test func inFolders() async throws {
    let folder = try ScratchFolder()
    _ = try folder.write(WorkbookFile(tables: ["Budget": ["x"]]).data, to: "budget.xlsx")
    let workbook = WorkbookFile(tables: ["vInfo": Self.sheet]).data
    _ = try folder.write(workbook, to: "rvtools.xlsx")
    func run() async throws -> [FileReport] {
      try await Importer(into: try memoryLedger(), options: ImportOptions(), now: testNow).run(paths: [folder.url.path])
    }
    let good = try await run()
    #expect(good.map { $0.error == nil } == [true, true] && good.map(\.imported) == [0, 1])
    #expect(good[0].note?.contains("without a tab of RVTools") == true)
    _ = try folder.write(workbook.prefix(400), to: "cut.xlsx")
    let bad = try await run()
    #expect(bad.map { $0.error == nil } == [true, false, true] && bad.map(\.imported) == [0, 0, 1])
  }
}
