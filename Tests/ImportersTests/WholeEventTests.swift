import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// Whole events as JSON, of whatever made them.
@Suite struct WholeEventTests {
  private static let members = #"""
    "key": 9902, "chainId": 9895, "createdTime": "2026-03-14T02:10:11.677595Z", "userName": "LAB\\ops1",
    "datacenter": {"_typeName": "DatacenterEventArgument", "name": "DC-A",
      "datacenter": {"_typeName": "ManagedObjectReference", "type": "Datacenter", "value": "datacenter-2"}},
    "host": {"name": "esx01", "host": {"type": "HostSystem", "value": "host-21"}},
    "vm": {"name": "HostSystem-1", "vm": {"type": "VirtualMachine", "value": "vm-56"}},
    "fullFormattedMessage": "HostSystem-1 on  esx01 in DC-A is powered on", "template": false, "net": null
    """#

  private func events(_ text: String) async throws -> [EventObjects] {
    let folder = try ScratchFolder()
    let path = try folder.write(text, to: "events.json")
    #expect(try ImportFormat.recognise(path: InputPath(path)) == .vcenterEventsJSON)
    let ledger = try memoryLedger()
    let reports = try await Importer(into: ledger, options: ImportOptions(), now: testNow).run(paths: [path])
    if let error = reports.first?.error { throw error }
    #expect(reports.first?.skippedCount == 0)
    return try ledger.read { reader in
      var found: [EventObjects] = []
      try reader.forEachEvent(EventFilter()) { event in
        if event.event.foreignKey != nil { found.append(EventObjects(event.event)) }
      }
      return found
    }
  }

  /// What is compared of an event.
  private struct EventObjects: Equatable {
    let type: EventType
    let key: String?
    let at: Instant
    let vm: [String?]
    let host: [String?]
    let isText: Bool

    init(_ event: Event) {
      (type, key, at) = (event.type, event.foreignKey, event.occurredAt)
      vm = [event.vm?.foreignID, event.vm?.name]
      host = [event.host?.foreignID, event.host?.name]
      isText = event.detail?["grade"] == "text"
    }
  }

  private static func capital(_ text: String) -> String {
    text.replacing(#/"([a-z])(\w*)":/#) { "\"\($0.output.1.uppercased())\($0.output.2)\":" }
  }

  @Test(
    "One event is the same in every envelope",
    arguments: [
      "[{\"_typeName\": \"VmPoweredOnEvent\", \(members)}]", "{\"_typeName\": \"VmPoweredOnEvent\", \(members)}\n",
      "{\"_typeName\": \"ArrayOfEvent\", \"value\": [{\"_typeName\": \"VmPoweredOnEvent\", \(members)}]}",
      "{\"specversion\": \"1.0\", \"type\": \"com.vmware.event.router/event\", \"subject\": \"VmPoweredOnEvent\", \"data\": {\(members)}}",
      "{\"specversion\": \"1.0\", \"type\": \"com.vmware.vsphere.VmPoweredOnEvent.v0\", \"data\": {\(capital(members))}}",
    ])
  func envelopesDoNotMatter(text: String) async throws {
    let found = try await events(text)
    let event = try #require(found.first)
    #expect(found.count == 1 && event.type == .vmPoweredOn && event.key == "9902" && !event.isText)
    #expect(event.at == Instant(rfc3339: "2026-03-14T02:10:11.677595Z"))
    #expect(event.vm == ["vm-56", "HostSystem-1"] && event.host == ["host-21", "esx01"])
  }

  @Test("PowerShell leaves out the class, prints references and times in its own way, and cuts what lies deep")
  func powerShell() async throws {
    let text = #"""
      [{"Key": 9902, "CreatedTime": "\/Date(1710382211677)\/", "Vm": {"Vm": "VirtualMachine-vm-56", "Name": "sql07"},
        "Host": {"Host": "HostSystem-host-21", "Name": "esx01"}, "Ds": null,
        "FullFormattedMessage": "sql07 on  esx01 in DC-A is powered on"},
       {"Key": 9925, "CreatedTime": {"value": "\/Date(1710382858311)\/", "DateTime": "Thursday"},
        "EventTypeId": "com.vmware.vc.ha.VmRestartedByHAEvent", "Message": "", "Vm": "VMware.Vim.VmEventArgument",
        "Host": "VMware.Vim.HostEventArgument",
        "FullFormattedMessage": "vSphere HA restarted virtual machine sql07 on host esx04 in cluster PROD-17"}]
      """#
    let found = try await events(text)
    #expect(found.map(\.type) == [.vmPoweredOn, .vmRestarted] && found.allSatisfy(\.isText))
    #expect(found.map(\.at.description) == ["2024-03-14T02:10:11.677000Z", "2024-03-14T02:20:58.311000Z"])
    #expect(found[0].vm == ["vm-56", "sql07"] && found[0].host == ["host-21", "esx01"])
    #expect(found[1].vm[1] == "sql07" && found[1].host[1] == "esx04")
  }

  @Test func theListThatIsCutOffIsSetAsideAtItsEnd() async throws {
    let folder = try ScratchFolder()
    let text = "[{\"_typeName\": \"VmPoweredOnEvent\", \(Self.members)}, {\"key\": 1, \"createdTime\": \"2026-03"
    let path = try folder.write(text, to: "events.json")
    let reports = try await Importer(into: try memoryLedger(), options: ImportOptions(), now: testNow).run(paths: [path])
    #expect(reports[0].imported == 1 && reports[0].skipped.first?.reason.contains("ends inside") == true)
  }
}
