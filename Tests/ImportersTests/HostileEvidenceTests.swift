import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// Well-formed files that say what cannot be: whatever is kept is sound, answers can be given, and a second import adds
/// nothing.
@Suite struct HostileEvidenceTests {
  private func imported(_ files: String...) async throws -> (ledger: Ledger, reports: [FileReport]) {
    let folder = try ScratchFolder()
    let ledger = try memoryLedger()
    let importer = Importer(into: ledger, options: ImportOptions(at: testNow), now: testNow)
    var reports: [FileReport] = []
    for (index, text) in files.enumerated() {
      reports += try await importer.run(paths: [folder.write(text, to: "\(index)")])
    }
    for index in files.indices {
      #expect(try await importer.run(paths: [folder.path("\(index)")])[0].imported == 0, "a second import")
    }
    #expect(try ledger.read { try $0.check() }.problems == [])
    _ = try Answers(ledger)
    return (ledger, reports)
  }

  private func record(
    _ type: String, key: String, at time: String, vm: String? = "vm-1", host: String? = "host-1", more: String = ""
  ) -> String {
    let vm = vm.map { "<vm><name>web \($0)</name><vm type=\"VirtualMachine\">\($0)</vm></vm>" } ?? ""
    let host = host.map { "<host><name>esx \($0)</name><host type=\"HostSystem\">\($0)</host></host>" } ?? ""
    return "<\(type)><key>\(key)</key><createdTime>\(time)</createdTime>\(vm)\(host)\(more)</\(type)>\n"
  }

  @Test func eventsBeforeTheirVMExistsAndAfterItsEnd() async throws {
    let (ledger, reports) = try await imported(
      record("VmMigratedEvent", key: "1", at: "2026-11-23T10:00:00Z")
        + record("VmPoweredOnEvent", key: "2", at: "2026-11-23T10:00:01Z")
        + record("VmCreatedEvent", key: "3", at: "2026-11-23T11:00:00Z")
        + record("VmRemovedEvent", key: "4", at: "2026-11-23T12:00:00Z")
        + record("VmPoweredOffEvent", key: "5", at: "2026-11-23T13:00:00Z"))
    #expect(reports[0].imported == 5 && reports[0].error == nil)
    #expect(try ledger.read { try $0.objects(named: "web vm-1", kind: .vm, source: nil, at: testNow) }.count == 1)
  }

  @Test func clocksThatJump() async throws {
    let times = [
      "2026-11-23T10:00:00Z", "1970-01-01T00:00:00Z", "9999-12-30T23:59:59.999999Z", "0002-01-01T00:00:00Z",
      "2026-11-23T09:59:59.999999Z", "2026-11-23T10:00:00+23:59", "2038-01-19T03:14:08Z",
    ]
    let types = ["VmPoweredOnEvent", "VmMigratedEvent", "DasHostFailedEvent", "HostConnectedEvent", "VmRestartedByHAEvent"]
    let text = times.enumerated().map { index, time in
      types.enumerated().map { number, type in record(type, key: "\(index * 10 + number)", at: time) }.joined()
    }
    let (_, reports) = try await imported(text.joined())
    #expect(reports[0].imported == 35 && reports[0].skippedCount == 0)
  }

  @Test(arguments: ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "10000-01-01T00:00:00Z", "-001-01-01T00:00:00Z"])
  func timesOutsideTheCalendarAreSetAside(time: String) async throws {
    let good = record("VmPoweredOnEvent", key: "1", at: "2026-11-23T10:00:00Z")
    let (_, reports) = try await imported(good + record("VmPoweredOnEvent", key: "2", at: time))
    #expect(reports[0].imported == 1 && reports[0].skipped.map(\.line) == [2])
  }

  @Test func keysThatStartAnew() async throws {
    func file(_ day: Int) -> String {
      (1...4).map { record("VmPoweredOnEvent", key: "\($0)", at: "2026-11-\(day)T10:00:0\($0)Z") }.joined()
    }
    let (_, reports) = try await imported(file(20), file(22), file(21))
    #expect(reports.map(\.imported) == [4, 4, 4])
  }

  @Test func oneKeyOrIdForSeveralThings() async throws {
    let time = "2026-11-23T10:00:00Z"
    let events =
      record("VmPoweredOnEvent", key: "1", at: time) + record("VmPoweredOffEvent", key: "1", at: time, vm: "vm-2")
      + record("VmMigratedEvent", key: "2", at: time, vm: "host-1", host: "vm-1")
    func vm(_ name: String) -> String {
      #"{"obj":{"type":"VirtualMachine","value":"vm-1"},"changeSet":[{"name":"name","val":"\#(name)"}]}"# + "\n"
    }
    let (_, reports) = try await imported(events, vm("web1") + vm("web2") + vm("web1"))
    #expect(reports[0].imported == 2 && reports[0].duplicates == 1)
    #expect(reports[1].imported == 1 && reports[1].duplicates == 2)
  }

  @Test(arguments: [
    "-1", "0", "-9223372036854775808", "9223372036854775807", "99999999999999999999", "1e400", "1.5", "\"x\"",
  ])
  func numbersThatCannotBe(number: String) async throws {
    let vm =
      #"{"obj":{"type":"VirtualMachine","value":"vm-1"},"changeSet":[{"name":"name","val":"web1"},"#
      + #"{"name":"config.hardware.numCPU","val":\#(number)},{"name":"config.hardware.memoryMB","val":\#(number)}]}"# + "\n"
    let host =
      #"{"obj":{"type":"HostSystem","value":"host-1"},"changeSet":[{"name":"name","val":"esx1"},"#
      + #"{"name":"hardware.memorySize","val":\#(number)},{"name":"hardware.cpuInfo.hz","val":\#(number)}]}"# + "\n"
    let events =
      record("VmPoweredOnEvent", key: "7", at: "2026-11-23T10:00:00Z")
      + record("VmPoweredOnEvent", key: number, at: "2026-11-23T10:00:01Z")
      + record(
        "VmReconfiguredEvent", key: "8", at: "2026-11-23T10:00:02Z",
        more: "<configSpec><numCPUs>\(number)</numCPUs><memoryMB>\(number)</memoryMB></configSpec>")
    let (ledger, reports) = try await imported(vm + host, events)
    #expect(reports[1].imported + reports[1].skippedCount == 3 && reports[1].imported >= 2, "\(number)")
    let placed = try ledger.read { reader in
      var sizes: [Int64?] = []
      try reader.forEachPlacement(at: testNow) { sizes.append($0.vcpus) }
      return sizes
    }
    #expect(placed.allSatisfy { $0.map { $0 > 0 } ?? true }, "\(number): \(placed)")
  }

  @Test func nestingWithoutEnd() async throws {
    let good = record("VmPoweredOnEvent", key: "1", at: "2026-11-23T10:00:00Z")
    let folder = try ScratchFolder()
    let importer = Importer(into: try memoryLedger(), options: ImportOptions(at: testNow), now: testNow)
    for (text, format) in [
      (good + "<A>" + String(repeating: "<b>", count: 200_000), nil),
      (String(repeating: "[", count: 200_000) + String(repeating: "]", count: 200_000), nil),
      (String(repeating: #"{"a":"#, count: 200_000), ImportFormat.govcCollectVMs),
      (String(repeating: "[", count: 200_000) + String(repeating: "]", count: 200_000), .govcEventsJSON),
    ] as [(String, ImportFormat?)] {
      let path = try folder.write(text, to: "a")
      let found = Importer(into: try memoryLedger(), options: ImportOptions(at: testNow, format: format), now: testNow)
      let error = try await (format == nil ? importer : found).run(paths: [path])[0].error
      #expect(error?.code == .failed && error?.message.contains(path) == true, "\(text.prefix(20))")
    }
  }
}
