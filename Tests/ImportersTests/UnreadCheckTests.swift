import Foundation
import Inventory
import Ledger
import Reports
import TestSupport
import Testing

@testable import Importers

/// What hides a failure is told at once; what is known to hide none raises nothing.
@Suite struct UnreadCheckTests {
  private func verdict(_ text: String, type: String? = nil) throws -> UnreadCheck.Verdict {
    let reading = MessageReading(text, foreignType: type) { _, _ in false }
    var event = Event(occurredAt: testNow, type: .foreignOther)
    event.foreignType = type ?? reading?.foreignType
    if let known = event.foreignType { event.type = VCenterTypes.type(of: known) }
    event.message = text
    event.host = reading?.object("host", .host)
    event.vm = reading?.object("vm", .vm)
    if let state = reading?.availability { event.detail = ["availability": .string(state.rawValue)] }
    var check = UnreadCheck()
    return check.verdict(on: event)
  }

  @Test(arguments: [
    "vSphere HA agent on host esx1 in cluster C in D is running", "HA agent on esx1 in cluster C in D has an error: x",
    "vSphere HA agent on host esx1 in cluster C in D is configured correctly",
    "vSphere HA agent disabled on esx1 in cluster C in D", "Enabling vSphere HA agent on esx1 in cluster C in D",
    "vSphere HA is being disabled on esx1 in cluster C in datacenter D",
    "vSphere HA agent on host esx1 connected to the vSphere HA master on host esx2 in cluster C in datacenter D",
    "vSphere HA election in progress in cluster C", "vSphere HA agent on host esx1 in cluster C was elected as master",
    "Insufficient resources to satisfy vSphere HA failover level on cluster C in D",
    "Insufficient resources to satisfy configured failover level for vSphere HA",
    "Sufficient resources are available to satisfy vSphere HA failover level in cluster C in D",
    "vSphere HA admission control enabled for cluster C in D", "HA admission control disabled on cluster C",
    "Alarm 'vSphere HA host status' on esx1 changed from Green to Red",
    "Alarm 'vSphere HA virtual machine failed to failover' on web changed from Gray to Red",
    "The vSphere HA agent on the host esx1 in cluster C in D cannot reach some of the management network addresses of other "
      + "hosts, and thus HA may not be able to restart VMs if a host failure occurs: esx2:10.0.0.1",
    "All vSphere HA isolation addresses are reachable by host esx1 in cluster C in D",
    "Host esx1 in cluster C in D could not reach isolation address: 10.0.0.1",
    "vSphere HA host monitoring is disabled. No virtual machine failover will occur until Host Monitoring is re-enabled for "
      + "cluster C in datacenter D",
    "The number of vSphere HA heartbeat datastores for host esx1 in cluster C in D is 1, which is less than required: 2",
    "vCenter Server is connected to a master HA agent running on host esx1 in C",
    "vCenter Server is unable to find a master vSphere HA agent in cluster C in D",
    "vSphere HA failover operation in progress in cluster C in datacenter D: 3 VMs being restarted, 1 VMs waiting for a retry",
    "Virtual machine web in cluster C in D is vSphere HA Protected and HA will attempt to restart it after a failure.",
    "Virtual machine web in cluster C in D is not vSphere HA Protected.", "The ESX management agent is being restarted",
    "vSphere HA VM monitoring state in C in D changed to enabled",
    "Host esx1 has no available networks for HA communication",
    "vSphere HA detected that host esx1 is in a different network partition than the master C in D",
    "There was an error unconfiguring the vSphere HA agent on host esx1 in cluster C in D",
    "Task: Reconfigure vSphere HA host",
    "web on esx1 in cluster C in D reset by vSphere HA. Reason: VMware Tools heartbeat failure", "Task: Restart guest",
    "User LAB\\ha@10.0.0.1 logged in as client HA", "Cannot login root@10.0.0.1", "Customization of VM web failed",
    "Failed to power on web on esx1 in D", "Backup job failed for VM web", "Scheduled task \"Restart web\" completed",
    "Fault Tolerance of till failed over to host kv02 in cluster N-Prod in North: lostConnectionToPrimary",
    "vSphere HA stopped trying to restart Secondary VM web on esx2 in cluster C in D because the maximum was reached",
  ])
  func harmlessTextsRaiseNothing(text: String) throws { #expect(try verdict(text) == .read) }

  @Test(arguments: [
    "Host esx1 failed", "The datastore ds1 has failed", "Virtual machine web restarted",
    "All hosts in the vSphere HA cluster C in D were isolated from the network. Check the network configuration",
    "vSphere HA did something new to host esx1", "esx1 stopped responding", "vSphere HA restarted a virtual machine",
    "vSphere HA detected a possible host failure of this host",
    "vSphere HA could not do it because of admission control on x",
    "Cannot restart virtual machine web", "Host esx1 failed: its license is gone",
    "The vSphere HA availability state of the host esx1 in cluster in C in D has changed to Something New",
  ])
  func whatSpeaksOfAFailureIsCounted(text: String) throws { #expect(try verdict(text) == .speaking) }

  @Test(arguments: ["my own text", "Ha ha, la machine redémarre", "Reconfigured switch", "Migration von vm1 abgeschlossen"])
  func othersAreUnknown(text: String) throws { #expect(try verdict(text) == .unknown) }

  @Test(arguments: [
    ("com.acme.HostFailed", UnreadCheck.Verdict.speaking), ("com.vmware.vc.HA.NewThing", .speaking),
    ("DasClusterIsolatedEvent", .speaking), ("com.vmware.vc.vcp.VmRestartEvent", .speaking),
    ("com.vmware.vc.HA.HostDatastoreFailedEvent", .speaking), ("com.vmware.vc.HA.DasHostFailedEvent", .speaking),
    ("com.vmware.vc.HA.ConnectedToMaster", .read), ("com.vmware.vc.HA.VmProtectedEvent", .read),
    ("AlarmEmailFailedEvent", .read), ("HostDasErrorEvent", .read), ("InsufficientFailoverResourcesEvent", .read),
    ("com.vmware.vc.HardwareSensorEvent", .read), ("com.vmware.vc.vm.SrcVmCloneFailedEvent", .read),
    ("com.vmware.sso.LoginFailure", .read), ("esx.problem.visorfs.failure", .read), ("com.acme.backup.run", .read),
    ("com.vmware.vc.infraUpdateHa.QuarantineEvent", .read), ("TaskEvent", .read), ("VmPrimaryFailoverEvent", .read),
  ])
  func typesOfTheirOwn(type: String, expected: UnreadCheck.Verdict) throws {
    #expect(try verdict("etwas geschah", type: type) == expected)
  }

  /// Every text of the fixtures is read or harmless.
  @Test func fixturesRaiseNothing() async throws {
    let folders = ["vcenter-a-sparse", "vcenter-a", "field", "stories"].map { Project.fixture($0) }
    for folder in folders {
      let names = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
      for name in names where !name.contains("answers") && [".xml", ".json", ".csv", ".txt"].contains(where: name.hasSuffix)
      {
        let ledger = try memoryLedger()
        guard let report = try? await read("\(folder)/\(name)", into: ledger, dateOrder: .monthDayYear) else { continue }
        #expect(!report.gaps.contains { $0.code == "texts-unread" }, "\(name): \(report.gaps)")
      }
    }
  }

  @Test func theGapCountsAndQuotesFive() async throws {
    let rows =
      (1...20).map { "11/23/2026 11:18:\($0 + 9),web\($0) on esx01 in DC is powered on\n" }
      + (1...7).map { "11/23/2026 11:19:\($0 + 9),Host esx0\($0) failed\u{1b}[31m \(String(repeating: "x", count: 300))\n" }
    let ledger = try memoryLedger()
    let report = try await read(text: "CreatedTime,Message\n" + rows.joined(), into: ledger)
    let gap = try #require(report.gaps.first { $0.code == "texts-unread" })
    #expect(gap.count == 7 && gap.examples.count == 5)
    #expect(gap.examples.allSatisfy { $0.count <= 160 && !$0.contains("\u{1b}") && $0.hasPrefix("Host esx0") })
    let answer = try ledger.read { try AffectedReport.report($0, scope: IncidentReader.Scope(), at: testNow) }
    let json = try #require(
      answer.extra.first { $0.key == "gaps" }?.value.arrayValue?.first { $0["code"] == "texts-unread" })
    #expect(json["count"] == 7 && json["examples"]?.arrayValue?.count == 5)
    #expect(try ledger.problems() == [])
  }

  @Test func recordsWithFieldsCountToo() async throws {
    let folder = try ScratchFolder()
    let path = try folder.write(
      """
      <EventEx><key>1</key><createdTime>2026-11-23T11:18:51Z</createdTime><eventTypeId>com.vmware.vc.HA.NewFailure</eventTypeId>
      <fullFormattedMessage>x</fullFormattedMessage></EventEx>
      <VmPoweredOnEvent><key>2</key><createdTime>2026-11-23T11:18:52Z</createdTime></VmPoweredOnEvent>
      """, to: "events.xml")
    let ledger = try memoryLedger()
    let report = try await read(path, into: ledger, source: "a")
    #expect(report.gaps.first { $0.code == "texts-unread" }?.examples == ["x"])
  }
}
