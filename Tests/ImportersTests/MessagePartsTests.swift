import Foundation
import History
import Inventory
import TestSupport
import Testing

@testable import Importers

/// Texts are read by their parts: what happened, and to which objects, whatever the version leaves out or calls otherwise.
@Suite struct MessagePartsTests {
  private func read(_ text: String, type: String? = nil) -> MessageReading? {
    MessageReading(text, foreignType: type) { _, _ in false }
  }

  /// What a text is expected to say.
  struct Case: CustomTestStringConvertible, Sendable {
    let text: String
    let type: EventType
    let names: [String: String]

    init(_ text: String, _ type: EventType, _ names: [String: String]) {
      (self.text, self.type, self.names) = (text, type, names)
    }

    var testDescription: String { text }
  }

  private static let inC = ["host": "esx1", "cluster": "C 1", "datacenter": "D"]
  private static let vmInC = ["vm": "print 02", "host": "esx2", "cluster": "C", "datacenter": "D"]

  static let failures = [
    Case("vSphere HA detected a possible host failure of host esx1 in cluster C 1 in datacenter D", .hostFailed, inC),
    Case("VMware HA detected a possible host failure of host esx1 in cluster C 1 in datacenter D", .hostFailed, inC),
    Case("HA agent detected a possible host failure of host esx1 in cluster C 1 in D.", .hostFailed, inC),
    Case("vSphere HA detected a  possible host failure of  host esx1 in cluster in C 1 in datacenter D", .hostFailed, inC),
    Case(
      "vSphere HA detected a possible failure of failover host esx1 in cluster C 1 in datacenter D", .hostFailed, inC),
    Case("vSphere HA detected a host failure of host esx1", .hostFailed, ["host": "esx1"]),
    Case("vSphere HA detected that host esx1 in cluster C 1 in datacenter D has failed", .hostFailed, inC),
    Case("vSphere HA detected that host esx1 has failed in cluster C 1 in D", .hostFailed, inC),
    Case("A possible host failure has been detected by vSphere HA on esx1 in cluster C 1 in D", .hostFailed, inC),
    Case("A possible host failure has been detected by HA on esx1 in cluster C 1 in D", .hostFailed, inC),
    Case("vSphere HA detected the failure of host esx1 in cluster C 1", .hostFailed, ["host": "esx1", "cluster": "C 1"]),
    Case("Host esx1 has been isolated from cluster C 1 in D", .hostIsolated, inC),
    Case(
      "vSphere HA detected that host esx1 is isolated from cluster C 1", .hostIsolated, ["host": "esx1", "cluster": "C 1"]),
    Case("vSphere HA detected that host esx1 is in a network isolated state in cluster in C 1 in D", .hostIsolated, inC),
    Case("vSphere HA detected that host esx1 has been isolated from cluster C 1 in datacenter D", .hostIsolated, inC),
    Case("vSphere HA detected that host esx1 is isolated from the network in cluster C 1 in D", .hostIsolated, inC),
    Case("Host esx1 in D is not responding", .hostConnectionLost, ["host": "esx1", "datacenter": "D"]),
    Case("All shared datastores failed on the host esx1 in cluster C 1 in D", .hostStorageLost, inC),
  ]

  static let restarts = [
    Case(
      "vSphere HA restarted virtual machine print 02 on host esx2 in cluster C", .vmRestarted,
      ["vm": "print 02", "host": "esx2", "cluster": "C"]),
    Case("VMware HA restarted virtual machine print 02 on esx2 in cluster in C in datacenter D.", .vmRestarted, vmInC),
    Case(
      "Virtual machine print 02 was restarted on esx2 since esx1 failed", .vmRestarted,
      ["vm": "print 02", "host": "esx2", "other_host": "esx1"]),
    Case("HA unsuccessfully failed over print 02 on esx2 in cluster C in D", .vmRestartFailed, vmInC),
    Case(
      "vSphere HA unsuccessfully failed over print 02 on esx2 in cluster C in D. vSphere HA will retry if the maximum number "
        + "of attempts has not been exceeded. Reason: x", .vmRestartFailed, vmInC),
    Case(
      "Insufficient resources to fail over print 02 in C that recides in D. vSphere HA will retry the fail over when enough "
        + "resources are available. Reason: memory", .vmRestartFailed, ["vm": "print 02", "cluster": "C", "datacenter": "D"]),
    Case(
      "vSphere HA stopped trying to restart print 02 on esx2 in cluster C in D because the maximum VM restart count was "
        + "reached", .vmRestartFailed, vmInC),
    Case(
      "vSphere HA was unable to restart virtual machine print 02 in cluster C in datacenter D after it was powered off in "
        + "response to a network isolation event. The virtual machine should be manually powered back on.", .vmRestartFailed,
      ["vm": "print 02", "cluster": "C", "datacenter": "D"]),
    Case(
      "vSphere HA did not attempt to restart print 02 in cluster C in D because its VM restart priority is Disabled",
      .vmNotProtected, ["vm": "print 02", "cluster": "C", "datacenter": "D"]),
    Case("vSphere HA powered off print 02 on the isolated host esx2 in cluster C in D", .vmPoweredOff, vmInC),
    Case(
      "vSphere HA shut down print 02 was shut down on the isolated host esx2 in cluster C in D: Shutdown succeeded",
      .vmPoweredOff, vmInC),
    Case(
      "vSphere HA completed a virtual machine failover action in cluster in C in datacenter D", .failoverFinished,
      ["cluster": "C", "datacenter": "D"]),
    Case(
      "vSphere HA initiated a failover action on 4 virtual machines in cluster C in datacenter D", .failoverStarted,
      ["count": "4", "cluster": "C", "datacenter": "D"]),
  ]

  static let others = [
    Case(
      "Relocating print 02 in D from esx1, ds 1 to esx2, ds 2", .migrationStarted,
      [
        "vm": "print 02", "host": "esx1", "other_host": "esx2", "datastore": "ds 1", "other_datastore": "ds 2",
        "datacenter": "D",
      ]),
    Case("Removed host esx1 in D", .hostRemoved, ["host": "esx1", "datacenter": "D"]),
    Case("Removed host esx1 from cluster C in D", .hostRemoved, ["host": "esx1", "cluster": "C", "datacenter": "D"]),
    Case("Host esx1 removed", .hostRemoved, ["host": "esx1"]),
    Case("Added host esx1 to datacenter D", .hostAdded, ["host": "esx1", "datacenter": "D"]),
    Case("Added host esx1 to cluster C", .hostAdded, ["host": "esx1", "cluster": "C"]),
    Case("The host esx1 is no longer in standby mode", .hostStandbyExited, ["host": "esx1"]),
  ]

  @Test(arguments: failures + restarts + others)
  func whatHappenedAndToWhat(expected: Case) throws {
    for text in [
      expected.text, expected.text.hasSuffix(".") ? expected.text : expected.text + ".",
      " " + expected.text.replacing(" in ", with: "  in "),
    ] {
      let reading = try #require(read(text), "\(text)")
      #expect(VCenterTypes.type(of: reading.foreignType) == expected.type, "\(text)")
      #expect(reading.fields.filter { !["rest", "why", "_"].contains($0.key) } == expected.names, "\(text)")
    }
    let shouted = try #require(read(expected.text.uppercased()))
    #expect(shouted.fields["host"] == expected.names["host"]?.uppercased())
  }

  @Test(arguments: [
    "vSphere HA did not detect a host failure of host esx1", "vSphere HA may detect a host failure of host esx1",
    "vSphere HA reported that a restart of web on host esx1 failed", "vSphere HA restarted a virtual machine",
    "Host esx1 failed", "Connected to database", "vSphere HA detected a possible host failure of host the one in cluster C",
    "The vSphere HA availability state of the host esx1 in cluster in C in D has changed to Something New",
  ])
  func whatCannotBeToldIsLeftUnread(text: String) { #expect(read(text) == nil) }

  @Test func statesOfAnAgent() {
    func state(_ words: String) -> HostAvailability? {
      read("The vSphere HA availability state of the host h in cluster in C in D has changed to \(words)")?.availability
    }
    #expect(state("Host Failed") == .failed && state("Dead") == .failed && state("Network isolated") == .isolated)
    #expect(state("Connected to master") == .connected && state("Master") == .connected && state("Live") == .connected)
    for words in ["Unreachable", "Election", "Network partitioned from master", "Uninitialized", "FDM error"] {
      #expect(state(words) == nil, "\(words)")
    }
    #expect(read("The vSphere HA availability state of the host h has changed to Dead")?.availability == .failed)
  }

  @Test func aRenamedMachineBearsItsNewName() {
    for (text, old, new) in [
      ("Renamed a from b to a in D", "b", "a"), ("Renamed b from b to a in D", "b", "a"),
      ("Renamed a b from a b to c in d in D", "a b", "c in d"),
      ("Renamed web to app from web to app to web to app in D", "", ""),
    ] {
      let fields = read(text)?.fields
      if old.isEmpty { continue }
      #expect(fields?["vm"] == new && fields?["old_name"] == old && fields?["new_name"] == new, "\(text)")
    }
    #expect(read("Renamed x from a to b in D") == nil, "neither of its names is that of the VM")
    let known = MessageReading("Renamed n from a to n in b to n in D", foreignType: nil) { _, name in name == "a" }
    #expect(known?.fields["old_name"] != "a to n in b" || known == nil)
  }

  @Test func objectsThatATextOnlyPointsAtAreNoNames() {
    #expect(read("vSphere HA detected a possible host failure of this host")?.fields["host"] == nil)
    #expect(read("vSphere HA restarted this virtual machine")?.fields["vm"] == nil)
    #expect(read("vSphere HA unsuccessfully failed over this virtual machine. vSphere HA will retry.")?.fields["vm"] == nil)
  }

  /// The texts of the fixtures say what their fields say.
  @Test(arguments: Project.stories.map { "stories/\($0)" } + ["vcenter-a", "field/C1-possible-failure-text"])
  func textsAgreeWithFields(story: String) throws {
    let name = story.hasPrefix("field") ? "events.xml" : "govc-events.xml"
    var reader = try XMLEventReader(path: InputPath(Project.fixture("\(story)/\(name)")))
    var mapper = VCenterEventMapper()
    var count = 0
    while case .piece(let record, _)? = try reader.next() {
      let event = try mapper.event(from: record)
      guard let message = event.message, let reading = read(message) else { continue }
      count += 1
      // A class and an id of one happening have one text.
      guard VCenterTypes.type(of: reading.foreignType) == event.type else {
        Issue.record("\(message): \(event.type) is read as \(reading.foreignType)")
        continue
      }
      if let vm = reading.fields["vm"] { #expect(vm == event.vm?.name, "\(message)") }
      if let host = reading.fields["host"] { #expect(host == event.host?.name, "\(message)") }
      if let cluster = reading.fields["cluster"] {
        #expect(event.cluster == nil || cluster == event.cluster?.name, "\(message)")
      }
    }
    #expect(count > 4)
  }

  @Test func hostileTextsCostLittle() {
    let texts = [
      "vSphere HA " + String(repeating: "host a in cluster b ", count: 200) + "failed",
      "HA " + String(repeating: "restarted a on b in cluster in c in d. e f g: ", count: 90),
      "Renamed " + String(repeating: "a from a to a in ", count: 230),
      String(repeating: "vSphere HA host failure of host ", count: 120), String(repeating: "HA", count: 50_000),
      String(repeating: "Host a could not reach isolation address ", count: 90),
    ]
    for text in texts {
      let clock = ContinuousClock()
      let time = clock.measure {
        _ = read(text)
        var check = UnreadTexts()
        var event = Event(occurredAt: testNow, type: .foreignOther)
        event.message = text
        check.take(event)
      }
      #expect(time < .seconds(5), "\(text.prefix(40)): \(time)")
    }
  }
}
