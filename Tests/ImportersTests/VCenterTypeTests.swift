import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// Types that have no entry of their own mean what their nearest base means.
@Suite struct VCenterTypeTests {
  @Test func everyClassLeadsToEvent() {
    let classes = VCenterClasses.all
    #expect(classes.count == 443)
    for name in classes {
      var (current, steps) = (name, 0)
      while let base = VCenterClasses.base(of: current), steps < 10 {
        #expect(classes.contains(base), "\(name)")
        (current, steps) = (base, steps + 1)
      }
      #expect(current == "event", "\(name)")
    }
  }

  /// Each of these was looked at: what begins or fails must not become what its base has done. A new entry in the table that
  /// others extend shows here.
  @Test func theMeaningsThatComeFromABase() {
    let derived = VCenterClasses.all.filter { name in
      VCenterTypes.type(of: name) != .foreignOther
        && VCenterClasses.base(of: name).map { VCenterTypes.type(of: $0) } == VCenterTypes.type(of: name)
    }
    #expect(
      derived.sorted() == [
        "drsenteredstandbymodeevent", "drsexitedstandbymodeevent", "drsvmmigratedevent", "drsvmpoweredonevent",
        "vmpoweroffonisolationevent", "vmshutdownonisolationevent",
      ])
    #expect(VCenterTypes.type(of: "VmPowerOffOnIsolationEvent") == .vmPoweredOff)
    #expect(VCenterTypes.type(of: "vim.event.VmShutdownOnIsolationEvent") == .vmPoweredOff)
    #expect(VCenterTypes.type(of: "VmRestartedOnAlternateHostEvent") == .vmRestarted, "its own entry wins")
    for name in [
      "DrsEnteringStandbyModeEvent", "DrsExitStandbyModeFailedEvent", "VmUnsupportedStartingEvent", "VmCloneFailedEvent",
    ] {
      #expect(VCenterTypes.type(of: name) == .foreignOther, "\(name)")
    }
  }

  @Test(arguments: [
    ("com.vmware.vc.vm.DstVmMigratedEvent", EventType.vmRegistered),
    ("com.vmware.vc.vm.SrcVmMigratedEvent", .vmUnregistered), ("com.vmware.vc.vm.SrcVmMigrateFailedEvent", .migrationFailed),
    ("com.vmware.vc.vm.VmHotMigratingWithEncryptionEvent", .migrationStarted),
    ("com.vmware.vc.HA.DasFailoverHostFailedEvent", .hostFailed), ("com.vmware.vc.HA.VmcpTerminatingVm", .hostStorageLost),
    ("com.vmware.vc.HA.VmcpStorageFailureDetectedForVm", .foreignOther),
    ("com.vmware.vc.HA.VMIsHADisabledIsolationEvent", .foreignOther),
  ])
  func idsThatNoClassHas(id: String, type: EventType) { #expect(VCenterTypes.type(of: id) == type) }

  private func structured(_ xml: String) throws -> Event {
    let record = try #require(XMLRecordParser.records(in: Array(xml.utf8))?.first)
    var mapper = VCenterEventMapper()
    return try mapper.event(from: record)
  }

  private func sparse(_ message: String, type: String? = nil) async throws -> Event {
    try await memoryLedger().write(at: testNow) { transaction in
      var record = SparseRecord(at: testNow)
      (record.message, record.foreignType) = (message, type)
      let source = try transaction.source(named: "a", instanceUUID: nil)
      return try SparseEventMapper(names: KnownNames(transaction, source)).event(from: record)
    }
  }

  private static let retry = "vSphere HA will retry if the maximum number of attempts has not been exceeded."

  @Test func whatHighAvailabilitySaysOfItsNextSteps() async throws {
    let head = "<key>1</key><createdTime>2026-11-23T11:18:51Z</createdTime>"
    for event in [
      try structured("<VmMaxRestartCountReached>\(head)</VmMaxRestartCountReached>"),
      try structured("<EventEx>\(head)<eventTypeId>com.vmware.vc.HA.VmMaxRestartCountReached</eventTypeId></EventEx>"),
      try await sparse("vSphere HA stopped trying to restart web on esx2 in cluster C in D because the maximum was reached"),
    ] {
      #expect(event.type == .vmRestartFailed && event.detail?["gives_up"] == true && event.detail?["will_retry"] == nil)
    }
    let failed = "vSphere HA unsuccessfully failed over web on esx2 in cluster C in D."
    for event in [
      try structured(
        "<VmFailoverFailed>\(head)<fullFormattedMessage>\(failed) \(Self.retry)</fullFormattedMessage></VmFailoverFailed>"),
      try structured(
        "<VmFailoverFailed>\(head)<reason><localizedMessage>\(Self.retry)</localizedMessage></reason></VmFailoverFailed>"),
      try await sparse("\(failed) \(Self.retry) Reason: x"),
      try await sparse("\(failed) \(Self.retry)", type: "VmFailoverFailed"),
      try await sparse(
        "Insufficient resources to fail over web in C that recides in D. vSphere HA will retry the fail over when enough "
          + "resources are available."),
    ] {
      #expect(event.detail?["will_retry"] == true && event.detail?["gives_up"] == nil)
    }
    #expect(try await sparse("\(failed) vSphere HA will not retry this one.").detail?["will_retry"] == nil)
    #expect(try await sparse(failed).detail?["will_retry"] == nil)
  }

  @Test(arguments: [
    "vSphere HA did not perform an isolation response for web in cluster C in D because its VM restart priority is Disabled",
    "vSphere HA did not power off web on the isolated host esx1 in cluster C in D",
    "vSphere HA did not attempt to restart web because of the isolation of its host",
  ])
  func aMachineThatWasLeftAlone(text: String) async throws {
    let event = try await sparse(text)
    #expect(event.detail?["left_alone"] == true && event.vm?.name == "web" && event.type == .foreignOther)
    let restart = try await sparse("vSphere HA did not attempt to restart web because its VM restart priority is Disabled")
    #expect(restart.detail?["left_alone"] == nil && restart.type == .vmNotProtected)
  }

  @Test func renamedMachinesBearTheirNewName() async throws {
    for name in ["a", "b"] {
      let event = try structured(
        """
        <VmRenamedEvent><key>1</key><createdTime>2026-11-23T11:18:51Z</createdTime>
        <vm><name>\(name)</name><vm type="VirtualMachine">vm-1</vm></vm><oldName>a</oldName><newName>b</newName></VmRenamedEvent>
        """)
      #expect(event.vm == ObjectReference(kind: .vm, foreignID: "vm-1", name: "b"))
      #expect(event.detail?["old_name"] == "a" && event.detail?["new_name"] == "b")
      let text = try await sparse("Renamed \(name) from a to b in D")
      #expect(text.vm?.name == "b" && text.detail?["old_name"] == "a" && text.detail?["new_name"] == "b")
    }
    let datastore = try structured(
      "<DatastoreRenamedEvent><key>1</key><createdTime>2026-11-23T11:18:51Z</createdTime><oldName>a</oldName><newName>b</newName>"
        + "</DatastoreRenamedEvent>")
    #expect(datastore.detail?["old_name"] == "a" && datastore.type == .foreignOther)
  }

  /// A column of a script's own making may hold a severity, or the class of all records that have an id for a type.
  @Test(arguments: ["EventEx", "vim.event.EventEx", "error", "Info"])
  func aTypeThatSaysNothingIsReadFromTheText(type: String) async throws {
    let event = try await sparse(
      "vSphere HA detected a possible host failure of host kv02 in cluster C in datacenter D", type: type)
    #expect(event.type == .hostFailed && event.host?.name == "kv02" && event.detail?["type_from_text"] == true)
    #expect(event.detail?["foreign"]?["type"] == .string(type))
    #expect(try await sparse("my own text", type: type).foreignType == type)
  }
}
