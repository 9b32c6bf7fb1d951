import Foundation
import History
import Inventory
import TestSupport
import Testing

@testable import Importers

@Suite struct MapperTests {
  private func event(_ xml: String) throws -> Event {
    let record = try #require(XMLRecordParser.records(in: Array(xml.utf8))?.first)
    var mapper = VCenterEventMapper()
    return try mapper.event(from: record)
  }

  private func body(_ rest: String) -> String { "<key>7</key><createdTime>2026-11-23T11:18:51Z</createdTime>\(rest)" }

  @Test func everyFieldFindsItsPlace() throws {
    let found = try event(
      """
      <VmMigratedEvent>\(body("<chainId>5</chainId><userName>alice</userName>"))
        <computeResource><name>C</name><computeResource type="ClusterComputeResource">domain-c1</computeResource></computeResource>
        <host><name>h2</name><host type="HostSystem">host-2</host></host>
        <vm><name>db1</name><vm type="VirtualMachine">vm-1</vm></vm>
        <ds><name>d2</name><datastore type="Datastore">datastore-2</datastore></ds>
        <fullFormattedMessage>moved &amp; fine</fullFormattedMessage><template>false</template>
        <sourceHost><name>h1</name><host type="HostSystem">host-1</host></sourceHost>
        <sourceDatastore><name>d1</name><datastore type="Datastore">datastore-1</datastore></sourceDatastore>
      </VmMigratedEvent>
      """)
    #expect(found.type == .migrationCompleted)
    #expect(
      found.foreignType == "VmMigratedEvent" && found.foreignKey == "7" && found.chain == "5" && found.actor == "alice")
    #expect(found.vm == ObjectReference(kind: .vm, foreignID: "vm-1", name: "db1"))
    #expect(found.host?.foreignID == "host-2" && found.otherHost?.foreignID == "host-1")
    #expect(found.datastore?.name == "d2" && found.otherDatastore?.name == "d1")
    #expect(found.cluster?.foreignID == "domain-c1")
    #expect(found.message == "moved & fine")
    #expect(found.detail == ["foreign": ["template": "false"]])
  }

  @Test(arguments: [
    ("com.vmware.vc.HA.VmRestartedByHAEvent", EventType.vmRestarted),
    ("com.vmware.vc.ha.VmRestartedByHAEvent", .vmRestarted),
    ("com.vmware.vc.HA.DasHostFailedEvent", .hostFailed), ("com.vmware.vc.HA.RemediatedDupVMs", .vmDuplicate),
    ("com.acme.Unknown", .foreignOther), ("vim.event.VmPoweredOnEvent", .vmPoweredOn),
  ])
  func theIdOfAnEventExCountsWhateverItsCase(id: String, type: EventType) throws {
    for form in ["EventEx", "ExtendedEvent"] {
      #expect(try event("<\(form)>\(body("<eventTypeId>\(id)</eventTypeId>"))</\(form)>").type == type)
    }
  }

  @Test func theOlderFailureNamesItsHostInAFieldOfItsOwn() throws {
    let failed = "<failedHost><name>h</name><host type=\"HostSystem\">host-9</host></failedHost>"
    #expect(try event("<DasHostFailedEvent>\(body(failed))</DasHostFailedEvent>").host?.foreignID == "host-9")
  }

  @Test func anEventExWithoutFieldsIsAboutItsObject() throws {
    let object =
      "<eventTypeId>x.y</eventTypeId><objectId>vm-3</objectId><objectType>VirtualMachine</objectType><objectName>n</objectName>"
    #expect(try event("<EventEx>\(body(object))</EventEx>").vm == ObjectReference(kind: .vm, foreignID: "vm-3", name: "n"))
    let managed = "<eventTypeId>x.y</eventTypeId><managedObject type=\"HostSystem\">host-4</managedObject>"
    #expect(try event("<ExtendedEvent>\(body(managed))</ExtendedEvent>").host?.foreignID == "host-4")
  }

  @Test func aFaultGivesItsWordsAndAnEnumItself() throws {
    let fault = """
      <reason xmlns:q="http://www.w3.org/2001/XMLSchema-instance"><fault q:type="NoHost"></fault>
      <localizedMessage>no host</localizedMessage></reason>
      """
    #expect(try event("<VmFailoverFailed>\(body(fault))</VmFailoverFailed>").reason == "no host")
    let silent = "<reason xmlns:q=\"http://www.w3.org/2001/XMLSchema-instance\"><fault q:type=\"NoHost\"></fault></reason>"
    #expect(try event("<VmFailoverFailed>\(body(silent))</VmFailoverFailed>").reason == "NoHost")
    #expect(
      try event(
        "<NotEnoughResourcesToStartVmEvent>\(body("<reason>insufficient</reason>"))</NotEnoughResourcesToStartVmEvent>"
      ).reason == "insufficient")
  }

  @Test func factsComeFromFields() throws {
    let state =
      "<eventTypeId>com.vmware.vc.HA.HostStateChangedEvent</eventTypeId><arguments><key>newState</key><value>dead</value></arguments>"
    #expect(try event("<EventEx>\(body(state))</EventEx>").detail?["availability"] == "failed")
    let shape = "<configSpec><numCPUs>4</numCPUs><memoryMB>2048</memoryMB></configSpec>"
    let changed = try event("<VmReconfiguredEvent>\(body(shape))</VmReconfiguredEvent>")
    #expect(changed.detail?["vcpus"] == 4 && changed.detail?["memory_mib"] == 2048)
    let absurd = try event(
      "<VmReconfiguredEvent>\(body("<configSpec><numCPUs>-4</numCPUs></configSpec>"))</VmReconfiguredEvent>")
    #expect(absurd.detail?["vcpus"] == nil)
  }

  @Test(arguments: [
    "<A><createdTime>2026-11-23T11:18:51Z</createdTime></A>",
    "<A><key>x</key><createdTime>2026-11-23T11:18:51Z</createdTime></A>",
    "<A><key>1</key></A>", "<A><key>1</key><createdTime>yesterday</createdTime></A>",
    "<A><key>1</key><createdTime>2026-11-23T11:18:51</createdTime></A>",
  ])
  func aRecordWithoutKeyOrTimeIsAProblem(xml: String) {
    #expect(throws: RecordProblem.self) { try event(xml) }
  }

  @Test func anInventoryIsReadInBothForms() throws {
    let stream = """
      {"kind":"enter","obj":{"type":"HostSystem","value":"host-1"},"changeSet":[{"name":"name","op":"assign","val":"h1"},
      {"name":"runtime.connectionState","op":"assign","val":"notResponding"},{"name":"runtime.inMaintenanceMode","val":true},
      {"name":"summary.currentEVCModeKey","op":"assign","val":null},{"name":"hardware.memorySize","val":4294967296}]}
      """
    let host = try #require(CollectedObject(try JSONValue(parsing: Data(stream.utf8))))
    let event = try #require(CollectMapper.events(from: host, at: Instant(microseconds: 5), keyPrefix: "snapshot:x").first)
    #expect(event.type == .hostObserved && event.foreignKey == "snapshot:x:host-1")
    #expect(event.detail?["availability"] == "connection_lost" && event.detail?["mode"] == "maintenance")
    #expect(
      event.detail?["settings"] == ["memory_bytes": "4294967296", "evc_current": "none"], "asked for and unset: EVC is off")
    let array =
      #"[{"name":"name","val":"C"},{"name":"configurationEx","val":{"dasConfig":{"enabled":true}}},{"name":"summary","val":{}}]"#
    let cluster = try #require(CollectedObject(try JSONValue(parsing: Data(array.utf8))))
    let seen = try #require(CollectMapper.events(from: cluster, at: Instant(microseconds: 5), keyPrefix: "snapshot:x").first)
    #expect(seen.cluster == ObjectReference(kind: .cluster, foreignID: "", name: "C"))
    #expect(seen.detail?["settings"] == ["ha_enabled": "true", "evc_mode": "none"])
    #expect(CollectedObject(["about": [:]]) == nil)
  }
}
