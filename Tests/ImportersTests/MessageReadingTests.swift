import Foundation
import History
import Inventory
import Testing

@testable import Importers

/// What is read from the texts of messages, and what is left unread.
@Suite struct MessageReadingTests {
  private func fields(
    _ message: String, type: String? = nil, vms: Set<String> = [], hosts: Set<String> = []
  ) -> [String: String]? {
    MessageReading(message, foreignType: type) { kind, name in
      switch kind {
      case .vm: vms.contains(name)
      case .host: hosts.contains(name)
      default: true
      }
    }?.fields
  }

  @Test(arguments: [
    "on", "web (old)", "a, b", "in", "web [1]", "\u{6771}\u{4eac} \u{30b5}\u{30fc}\u{30d0}", "vm  two", "is powered on",
    "{vm}",
    "a.b.c.", "host",
  ])
  func aNameMayBeAnything(name: String) {
    let found = fields("\(name) on esx1 in DC is powered on", vms: [name], hosts: ["esx1"])
    #expect(found == ["vm": name, "host": "esx1", "datacenter": "DC"])
    let moved = fields(
      "Virtual machine \(name) was migrated from host esx1, ds1 in DC to esx2, ds2 in DC", vms: [name],
      hosts: ["esx1", "esx2"])
    #expect(moved?["vm"] == name && moved?["other_host"] == "esx1" && moved?["host"] == "esx2")
  }

  @Test func namesWithTheWordsOfTheForm() {
    let text = "web on host 1 on esx1 in DC is powered on"
    #expect(fields(text)?["vm"] == "web on host 1", "no host has a blank in its name")
    #expect(fields(text, vms: ["web on host 1"], hosts: ["esx1"])?["vm"] == "web on host 1")
    #expect(fields("on on esx1 in DC is powered on")?["vm"] == "on")
  }

  @Test func severalSentencesBehindTheForm() {
    let failed = fields(
      "vSphere HA unsuccessfully failed over vm1 on esx01 in cluster C1 in DC. vSphere HA will retry if the maximum number of "
        + "attempts has not been exceeded. Reason: no host")
    #expect(failed?["vm"] == "vm1" && failed?["host"] == "esx01" && failed?["datacenter"] == "DC")
    let moved = fields("Virtual machine vm1 was migrated from host esx01.lab, ds1 in DC to host esx02.lab, ds2 in DC")
    #expect(moved?["host"] == "esx02.lab" && moved?["other_host"] == "esx01.lab")
    let stopped = fields(
      "vSphere HA stopped trying to restart virtual machine vm1 in cluster C1 in datacenter DC because of x")
    #expect(stopped?["vm"] == "vm1" && stopped?["cluster"] == "C1")
    #expect(fields("DRS powered On vm1 on esx01 in DC")?["host"] == "esx01", "capital letters differ by version")
    #expect(
      fields("vSphere HA restarted virtual machine vm1 on host esx02 in cluster C1 in datacenter DC")?["cluster"] == "C1")
  }

  @Test func blanksAndFullStopsOfOtherVersions() {
    #expect(fields("web1 on  esx1 in DC is powered on")?["host"] == "esx1")
    #expect(fields("web1 on esx1 in DC is powered on.")?["host"] == "esx1")
    #expect(fields("web1  on esx1 in  DC is powered  off")?["vm"] == "web1")
  }

  @Test func aTypeOfAFieldAllowsItsOwnFormsOnly() {
    let text = "web1 on esx1 in DC is powered on"
    #expect(fields(text, type: "VmPoweredOnEvent")?["vm"] == "web1")
    #expect(fields(text, type: "VmPoweredOffEvent") == nil)
    #expect(fields(text, type: "esx.problem.x") == nil)
  }

  @Test(arguments: [
    "web1 auf esx1 in DC ist eingeschaltet", "La machine virtuelle web1 a \u{e9}t\u{e9} mise sous tension", "", " ",
    "on in is powered on", " on esx1 in DC is powered on", "web1 on esx1 in DC is powered", "web1 on esx1 is powered on",
    "User alice logged in", "Migrating  off host  in ",
  ])
  func whatHasNoneOfTheFormsIsLeftUnread(text: String) {
    #expect(fields(text) == nil)
  }

  @Test func aTextWithManyReadingsCostsLittle() {
    let hostile = [
      String(repeating: "a on b in c ", count: 330) + "is powered on",
      "Virtual machine " + String(repeating: "a was migrated from host b, c in d to e, f in g ", count: 80),
      "Cannot migrate " + String(repeating: "a from b, c to d, e in f ", count: 150),
      String(repeating: " ", count: 4000), String(repeating: "on ", count: 100_000),
    ]
    for text in hostile {
      var steps = MessagePattern.stepLimit
      var count = 0
      for pattern in MessagePatterns.all { count += pattern.readings(of: Array(text.utf8), steps: &steps).count }
      #expect(steps > -MessagePattern.stepLimit / 10 && count < 1000)
      #expect(fields(text) == nil)
    }
  }

  @Test func wordsOfAnAgentsState() {
    func state(_ words: String) -> HostAvailability? {
      MessageReading(
        "The vSphere HA availability state of the host esx1 in cluster C in DC has changed to \(words)", foreignType: nil
      ) { _, _ in true }?.availability
    }
    #expect(state("Host failed") == .failed && state("Dead") == .failed && state("Isolated") == .isolated)
    #expect(state("Master") == .connected && state("Uninitialized") == nil)
  }
}
