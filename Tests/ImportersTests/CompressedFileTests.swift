import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// Compressed files are read as what is in them, by their content and in pieces.
@Suite struct CompressedFileTests {
  private static let vm =
    #"{"obj":{"type":"VirtualMachine","value":"vm-1"},"changeSet":[{"name":"name","val":"web1"}]}"# + "\n"

  private func gzip(_ data: Data) throws -> Data {
    let folder = try ScratchFolder()
    try data.write(to: folder.url.appendingPathComponent("a"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-n", folder.path("a")]
    try process.run()
    process.waitUntilExit()
    return try Data(contentsOf: folder.url.appendingPathComponent("a.gz"))
  }

  private func fixture(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: Project.fixture(path))) }

  private func content(_ stored: Data) throws -> Data {
    let folder = try ScratchFolder()
    try stored.write(to: folder.url.appendingPathComponent("a"))
    let file = try ChunkedFile(path: InputPath(folder.path("a")))
    var content = Data()
    while let piece = try file.next() { content.append(piece) }
    return content
  }

  @Test func aCompressedFolderIsTheSameFolder() async throws {
    let folder = try ScratchFolder()
    let files = ["govc-events.xml", "govc-collect-vms.json", "govc-collect-hosts.json", "govc-about.json"]
    for (number, name) in files.enumerated() {
      // The name says nothing.
      let packed = try gzip(fixture("vcenter-a/\(name)"))
      try packed.write(to: folder.url.appendingPathComponent(number == 0 ? name : "\(name).gz"))
    }
    let at = Instant(rfc3339: "2026-11-23T11:30:00Z")
    let ledger = try memoryLedger()
    try await add(folder.url.path, to: ledger, at: at)
    let plain = try memoryLedger()
    for name in files { try await add(Project.fixture("vcenter-a/\(name)"), to: plain, at: at) }
    #expect(try Answers(ledger) == Answers(plain))
    for name in files {
      #expect(try await add(Project.fixture("vcenter-a/\(name)"), to: ledger, at: at)[0].imported == 0, "\(name)")
    }
  }

  @Test(arguments: [1, 511, 3 << 18]) func zerosBehindAMemberArePadding(count: Int) throws {
    let (first, second) = (try fixture("vcenter-a/govc-events.xml"), Data(Self.vm.utf8))
    let padding = Data(count: count)
    #expect(try content(gzip(first) + padding) == first)
    #expect(try content(gzip(first) + padding + gzip(second) + padding) == first + second)
    #expect(throws: GzipDamage.self) { try content(gzip(first) + padding + Data([1])) }
    #expect(throws: GzipDamage.self) { try content(Data([0x1f, 0x8b]) + padding) }
  }

  @Test func severalMembersInARowAreOneFile() throws {
    let (first, second) = (try fixture("vcenter-a/govc-events.xml"), Data(Self.vm.utf8))
    #expect(try content(gzip(first) + gzip(Data()) + gzip(second)) == first + second)
    #expect(try content(gzip(Data())).isEmpty)
    let large = Data(repeating: 0x61, count: 3 << 20)
    #expect(try content(gzip(large)) == large)
  }

  @Test func aFileThatIsCutOffLeavesNothing() async throws {
    let packed = try gzip(fixture("vcenter-a/govc-events.xml"))
    for length in [2, 3, 9, 10, 11, 4000, packed.count / 2, packed.count - 9, packed.count - 8, packed.count - 1] {
      let folder = try ScratchFolder()
      try packed.prefix(length).write(to: folder.url.appendingPathComponent("events.xml.gz"))
      let ledger = try memoryLedger()
      // Named or found in a folder: what is missing nobody can know.
      for path in [folder.path("events.xml.gz"), folder.url.path] {
        let report = try await Importer(into: ledger, options: ImportOptions(), now: testNow).run(paths: [path])[0]
        #expect(report.error?.message.contains("events.xml.gz: the compressed file is cut off") == true, "\(length)")
      }
      #expect(try ledger.read { try $0.chainHead() }.seq == 0)
    }
  }

  @Test func aFileThatIsDamagedLeavesNothing() async throws {
    let packed = try gzip(fixture("vcenter-a/govc-events.xml"))
    var broken: [Data] = [packed + Data("rest".utf8), packed + Data([0x1f, 0x8b, 0])]
    for place in [2, 20, 1000, packed.count / 2, packed.count - 6, packed.count - 2] {
      var copy = packed
      copy[place] ^= 0x55
      broken.append(copy)
    }
    for (number, data) in broken.enumerated() {
      let folder = try ScratchFolder()
      try data.write(to: folder.url.appendingPathComponent("a"))
      let ledger = try memoryLedger()
      let importer = Importer(into: ledger, options: ImportOptions(), now: testNow)
      let report = try await importer.run(paths: [folder.path("a")])[0]
      let message = report.error?.message ?? ""
      #expect(message.contains("a: the compressed file is damaged") || message.contains("is cut off"), "\(number)")
      #expect(try ledger.read { try $0.chainHead() }.seq == 0, "\(number)")
    }
  }

  @Test func aBombIsRefusedWithoutBeingUnpacked() async throws {
    let folder = try ScratchFolder()
    let bomb = try gzip(Data(Self.vm.utf8) + Data("{\"a\":\"".utf8) + Data(repeating: 0x78, count: 40 << 20))
    #expect(bomb.count < 100_000)
    try bomb.write(to: folder.url.appendingPathComponent("a"))
    let importer = Importer(into: try memoryLedger(), options: ImportOptions(), now: testNow)
    let report = try await importer.run(paths: [folder.path("a")])[0]
    #expect(report.error?.message.contains("line 2: a value of more than 16 MiB") == true)
  }

  @Test func aCompressedInventoryIsTheSameInventory() async throws {
    let folder = try ScratchFolder()
    let ledger = try memoryLedger()
    var reports: [FileReport] = []
    for (name, data) in [
      ("a", Data(Self.vm.utf8)), ("b", try gzip(Data(Self.vm.utf8))), ("c", Data("\u{FEFF}\(Self.vm)".utf8)),
      ("d", Data([0xff, 0xfe]) + (Self.vm.data(using: .utf16LittleEndian) ?? Data())),
      ("e", try gzip(Data([0xfe, 0xff]) + (Self.vm.data(using: .utf16BigEndian) ?? Data()))),
    ] {
      try data.write(to: folder.url.appendingPathComponent(name))
      reports += try await add(folder.path(name), to: ledger)
    }
    #expect(reports.map(\.imported) == [1, 0, 0, 0, 0] && reports.map(\.duplicates) == [0, 1, 1, 1, 1])
  }
}
