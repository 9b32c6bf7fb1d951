import Inventory
import TestSupport
import Testing

@testable import Importers

/// The events that a vCenter streams to a syslog.
@Suite struct SyslogTests {
  private typealias Item = ReadItem<SparseRecord>

  private func items(_ text: String) throws -> (items: [Item], others: Int) {
    let folder = try ScratchFolder()
    var reader = SyslogEventReader(path: InputPath(try folder.write(text, to: "syslog.log")))
    var items: [Item] = []
    try reader.forEachRecord { items.append($0) }
    return (items, reader.otherLines)
  }

  private func records(_ text: String) throws -> [SparseRecord] {
    try items(text).items.compactMap { if case .piece(let record, _) = $0 { record } else { nil } }
  }

  private func reasons(_ text: String) throws -> [String] {
    try items(text).items.compactMap { if case .broken(let reason, _) = $0 { reason } else { nil } }
  }

  private static let fields =
    "[2026-03-14T02:10:11.425874Z] [vim.event.VmPoweredOnEvent] [info] [LAB\\ops1] [DC-A] [8252309]"

  @Test(
    "The header of a line does not matter",
    arguments: [
      "", "<14>1 2026-03-14T02:15:02.118Z vc01 vpxd 4731 - - ", "Mar 14 02:15:02 vc01 vpxd[4731]: ",
      "<14>Mar 14 02:15:02 vc01 vpxd: ", "187 <14>1 2026-03-14T02:15:02+01:00 vc01 vpxd 4731 - [a@1 b=\"[1]\"] \u{FEFF}",
      "2026-03-14T02:15:02.118Z relay vc01 vpxd - -  ",
    ])
  func headersDoNotMatter(header: String) throws {
    let record = try #require(try records(header + "Event [8252311] [1-1] \(Self.fields) [db [1] is powered on]\n").first)
    #expect(record.at == Instant(rfc3339: "2026-03-14T02:10:11.425874Z") && !record.hasWholeSeconds)
    #expect(record.key == 8_252_311 && record.chain == "8252309" && record.foreignType == "VmPoweredOnEvent")
    #expect(record.actor == "LAB\\ops1" && record.datacenter?.name == "DC-A" && record.message == "db [1] is powered on")
  }

  @Test(
    "Unset fields are not there, and a datacenter may have a name of digits or brackets",
    arguments: [
      ("", String?.none), ("2024", "2024"), ("DC [new]", "DC [new]"),
    ])
  func fieldsMayBeOdd(name: String, datacenter: String?) throws {
    let line = "Event [7] [1-1] [2026-03-14T02:10:11Z] [vim.event.EventEx] [error] [] [\(name)] [7] [12 hosts]\n"
    let record = try #require(try records(line).first)
    #expect(record.actor == nil && record.datacenter?.name == datacenter && record.message == "12 hosts")
  }

  @Test(
    "Parts are joined however they are written",
    arguments: [
      ("\(fields) [a VM ]", "\(fields) [on esx01]"), ("\(fields) [a VM ]", "[on esx01]"), ("\(fields) [a VM", " on esx01]"),
      ("[\(fields) [a VM ]", "[on esx01]]"),
    ])
  func partsAreJoined(first: String, second: String) throws {
    let text = """
      Event [9] [1-2] \(first)
      2026-03-14T02:15:02Z vc01 sshd 1 - - Accepted
      Event [9] [2-2] \(second)

      """
    let read = try items(text)
    #expect(read.others == 1 && read.items.count == 1)
    #expect(try records(text).first?.message == "a VM on esx01")
  }

  @Test func partsMayComeTwiceAndTheOtherWayRound() throws {
    let parts = ["[1-2] \(Self.fields) [a VM ]", "[2-2] [on esx01]"]
    let text = [parts[1], parts[1], parts[0]].map { "Event [9] \($0)\n" }.joined()
    #expect(try records(text).map(\.message) == ["a VM on esx01"])
  }

  @Test func whatWasCutIsSetAside() throws {
    #expect(try reasons("Event [9] [1-2] \(Self.fields) [a VM ]\n").first == "event 9: of its 2 parts these are missing: 2")
    let cut = "Event [9] [1-1] \(Self.fields) [a VM on es\n"
    #expect(try reasons(cut).first?.hasPrefix("event 9: its text was cut") == true)
    #expect(try reasons(cut + "Event [10] [1-1] \(Self.fields) [whole]\n").count == 1)
    #expect(try records(cut + "Event [10] [1-1] \(Self.fields) [whole]\n").map(\.key) == [10])
    #expect(try reasons("Event [9] [1-1] [yesterday] [a] [b] [c] [d] [1] [e]\n").first?.contains("RFC 3339") == true)
    #expect(try reasons("Event [9] [1-1] [2026-03-14T02:10:11Z] [a]\n").count == 1)
  }

  @Test("A line whose part number does not fit its count is skipped", arguments: ["1-0", "0-0", "2-1", "0-1", "1-1001"])
  func partsMayBeOdd(part: String) throws {
    let found = try items("Event [10] [\(part)] \(Self.fields) [db is powered on]\n")
    #expect(found.items.isEmpty && found.others == 1)
  }

  @Test func aTextMayHaveSeveralLines() throws {
    let escaped = "Event [9] [1-1] \(Self.fields) [Reconfigured a.#012Modified: b]\n"
    let plain = "Event [9] [1-1] \(Self.fields) [Reconfigured a.\nModified: b]\n"
    for text in [escaped, plain] { #expect(try records(text).map(\.message) == ["Reconfigured a.\nModified: b"]) }
  }

  @Test("A syslog without events says so, and a list whose first column is a time is none")
  func otherSyslogsAreNamed() throws {
    let folder = try ScratchFolder()
    let lines = (1...9).map { "2026-03-14T02:15:0\($0)Z vc01 sshd 1 - - Accepted\n" }.joined()
    let other = InputPath(try folder.write(lines, to: "a.log"))
    #expect(throws: YadokariError.self) { try ImportFormat.recognise(path: other) }
    let list = InputPath(try folder.write("When,What\n2026-03-14,a\n", to: "a.csv"))
    #expect(try ImportFormat.recognise(path: list) == nil)
    let late = lines + "<14>Mar 14 02:15:02 vc01 vpxd: Event [9] [1-1] \(Self.fields) [a]\n"
    #expect(try ImportFormat.recognise(path: InputPath(try folder.write(late, to: "b.log"))) == .vcenterSyslog)
  }
}
