import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// UTF-16, as PowerShell's `>` writes it.
@Suite struct UTF16Tests {
  private static let text = "a é ߿ ࠀ \u{FFFD} 😀\u{10FFFF}z\r\n"
  private static let marks = [Data([0xff, 0xfe]), Data([0xfe, 0xff])]

  private func encode(_ units: [UInt16], isBigEndian: Bool) -> Data {
    Data(units.flatMap { isBigEndian ? [UInt8($0 >> 8), UInt8($0 & 0xff)] : [UInt8($0 & 0xff), UInt8($0 >> 8)] })
  }

  private func transcode(_ units: [UInt16], isBigEndian: Bool, pieceSize: Int, cut: Int = 0) throws -> Data {
    let mark = try #require(Transcoder.marked(Self.marks[isBigEndian ? 1 : 0]))
    let transcoder = try Transcoder(encoding: mark.encoding)
    var rest = encode(units, isBigEndian: isBigEndian).dropLast(cut)
    var text = Data()
    while !rest.isEmpty {
      text += transcoder.utf8(Data(rest.prefix(pieceSize)))
      rest = rest.dropFirst(pieceSize)
    }
    return text + transcoder.finish()
  }

  @Test(arguments: [false, true])
  func everyBorderBetweenPieces(isBigEndian: Bool) throws {
    for size in 1...9 {
      let text = try transcode(Array(Self.text.utf16), isBigEndian: isBigEndian, pieceSize: size)
      #expect(text == Data(Self.text.utf8), "\(size)")
    }
  }

  @Test func whatIsNoTextStaysNone() throws {
    for units: [UInt16] in [[0xd83d], [0xde00], [0xd83d, 0x61], [0xd83d, 0xd83d, 0xde00], [0xde00, 0xd83d]] {
      for size in 1...3 {
        let text = try transcode([0x61] + units, isBigEndian: false, pieceSize: size)
        #expect(text.contains(0xff) && text.first == 0x61)
      }
    }
    #expect(try transcode([0x61, 0x62], isBigEndian: false, pieceSize: 2, cut: 1) == Data([0x61, 0xff]))
  }

  @Test(arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian])
  func anExportOfPowerShell(encoding: String.Encoding) async throws {
    let folder = try ScratchFolder()
    let sample = try String(contentsOfFile: Project.fixture("vcenter-a/govc-events.xml"), encoding: .utf8)
    let text = sample.replacing("\n", with: "\r\n")
    let mark = Self.marks[encoding == .utf16BigEndian ? 1 : 0]
    try (mark + #require(text.data(using: encoding))).write(to: folder.url.appendingPathComponent("a.xml"))
    let ledger = try memoryLedger()
    let report = try await add(folder.path("a.xml"), to: ledger)[0]
    #expect(report.records == 251 && report.imported == 251 && report.skippedCount == 0)
    #expect(try Answers(ledger) == Answers(try await plain()))
  }

  private func plain() async throws -> Ledger {
    try await ledger(importing: [Project.fixture("vcenter-a/govc-events.xml")])
  }

  @Test func aRecordWithHalfASurrogatePairIsSetAside() async throws {
    func record(_ key: Int) -> [UInt16] {
      Array("<A><key>\(key)</key><createdTime>2026-11-23T11:18:51Z</createdTime><m>".utf16)
    }
    let end = Array("</m></A>\n".utf16)
    let folder = try ScratchFolder()
    let units = record(1) + end + record(2) + [0xd83d] + end + record(3) + end
    try (Self.marks[0] + encode(units, isBigEndian: false)).write(to: folder.url.appendingPathComponent("a.xml"))
    let report = try await add(folder.path("a.xml"), to: try memoryLedger())[0]
    #expect(report.records == 2 && report.skipped == [FileReport.Skipped(line: 2, reason: "not UTF-8")])
  }
}
