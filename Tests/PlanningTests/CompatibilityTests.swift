import Foundation
import Inventory
import TestSupport
import Testing

@testable import Planning

@Suite struct CompatibilityTests {
  @Test func nothingIsFoundWhereNothingIsWrong() throws {
    #expect(try codes(lab()).isEmpty)
    #expect(try codes(lab(), MoveRequest(.storage, of: "v", datastore: "new")).isEmpty)
    #expect(try codes(lab(), MoveRequest(.liveStorage, of: "v", to: "b", datastore: "new")).isEmpty)
    let compatibility = Compatibility(lab())
    #expect(compatibility.verdict(on: MoveRequest(.live, of: "none", to: "b")) == nil)
    #expect(compatibility.verdict(on: MoveRequest(.live, of: "v", to: "none")) == nil)
    #expect(compatibility.verdict(on: MoveRequest(.storage, of: "v", datastore: "none")) == nil)
    #expect(compatibility.targets(of: "none") == nil && compatibility.targets(of: "v", datastore: "none") == nil)
    #expect(compatibility.targets(of: "v")?.map(\.host) == ["b", "a"])
  }

  /// The prepared checks against the plain ones, over clusters in which everything happens.
  @Test func thePreparedChecksFindWhatThePlainOnesFind() throws {
    let first = UInt64.random(in: 0...UInt64.max)
    var seen: Set<String> = []
    for seed in first..<(first &+ 20) {
      var random = MixedCluster(seed: seed)
      let cluster = random.snapshot(hosts: 6, vms: 60)
      let plain = PlainCompatibility(cluster: cluster)
      let prepared = Compatibility(cluster)
      for (number, vm) in cluster.vms.enumerated() {
        for (target, host) in cluster.hosts.enumerated() {
          let verdict = prepared.verdict(vm: number, host: target)
          let found = Set(verdict.reasons.map { "\($0.severity.rawValue) \($0.code.rawValue)" })
          let expected = plain.findings(vm, host)
          #expect(found == expected, "seed \(seed): \(vm.name) to \(host.name)")
          #expect(verdict.isAllowed == expected.allSatisfy { !$0.hasPrefix("error") })
          #expect(verdict.reasons.allSatisfy { !$0.text.isEmpty && $0.text.hasSuffix(".") })
          if found != expected { return }
          seen.formUnion(found)
        }
      }
    }
    #expect(seen.count >= 25, "\(seen.sorted())")
  }

  @Test("Space, logs, links and limits are found as plain counting finds them")
  func movesOfFilesAsPlainlyCounted() throws {
    let first = UInt64.random(in: 0...UInt64.max)
    var seen: [String: Int] = [:]
    for seed in first..<(first &+ 3000) {
      var random = BusyCluster(seed: seed)
      let (cluster, situation) = (random.snapshot(), random.situation())
      let plain = PlainMoves(cluster: cluster, situation: situation)
      let prepared = Compatibility(cluster, situation)
      for _ in 0..<4 {
        var move = random.request()
        let disks = cluster.vms.first { $0.name == move.vm }?.disks.count ?? 0
        move.disks = move.disks.filter { $0.key < disks }
        let verdict = try #require(prepared.verdict(on: move), "seed \(seed)")
        let own = verdict.reasons.filter { PlainMoves.codes.contains($0.code) }
        let found = Set(own.map { "\($0.severity.rawValue) \($0.code.rawValue)" })
        let expected = plain.findings(move)
        #expect(found == expected, "seed \(seed): \(move)")
        if found != expected { return }
        for code in found { seen[code, default: 0] += 1 }
      }
    }
    for code in PlainMoves.codes {
      #expect(seen.filter { $0.key.hasSuffix(code.rawValue) }.values.reduce(0, +) > 5, "\(code)")
    }
  }

  @Test func theStateOfTheVM() throws {
    #expect(try codes { $0.vms[0].power = .off } == ["error vm-powered-off"])
    #expect(try codes { $0.vms[0].power = .suspended } == ["error vm-powered-off"])
    #expect(try codes { $0.vms[0].isTemplate = true } == ["error vm-is-template"])
    #expect(try codes(MoveRequest(.cold, of: "v", to: "b")) { _ in } == ["error vm-powered-on"])
    #expect(try codes(MoveRequest(.cold, of: "v", to: "b")) { $0.vms[0].power = .off } == [])
    #expect(try codes(MoveRequest(.live, of: "v", to: "a")) { _ in } == ["error already-there"])
    #expect(try codes(MoveRequest(.storage, of: "v", datastore: "san")) { _ in } == ["error already-there"])
    #expect(try codes { $0.vms[0].snapshots = 1 } == ["warning snapshots-kept"])
    #expect(
      try codes(MoveRequest(.storage, of: "v", datastore: "new")) { $0.vms[0].snapshots = 1 } == ["error snapshots-present"])
    #expect(try codes { $0.vms[0].devices = ["local_cd"] } == ["error local-device"])
    #expect(try codes { $0.hosts[0].isConnected = false } == ["error source-disconnected"])
    #expect(
      try codes(MoveRequest(.storage, of: "v", datastore: "new")) { $0.hosts[0].isConnected = false }
        == ["error source-disconnected"])
    #expect(try codes { $0.hosts[1].mode = .enteringMaintenance } == ["error host-in-maintenance"])
  }

  @Test func whatAnInventoryDoesNotSayIsOneWarning() throws {
    var lab = PlanningTests.lab()
    lab.isComplete = false
    (lab.hosts[1].memoryMiB, lab.hosts[1].cores, lab.vms[0].vcpus) = (0, 0, 8)
    lab.vms[0].host = ""
    lab.vms[0].networks = ["DMZ"]
    let verdict = try #require(Compatibility(lab).verdict(on: MoveRequest(.live, of: "v", to: "b")))
    #expect(verdict.isAllowed && verdict.reasons.map(\.code) == [.notKnown])
    let unknown = try #require(verdict.reasons.first?.unknown.names)
    #expect(Set(["place", "memory", "processors", "networks", "rdm", "snapshots"]).isSubset(of: unknown), "\(unknown)")
    #expect(verdict.reasons[0].text.contains("its host, memory, cores, CPU features, networks"))
    lab.vms[0].host = "a"
    let files = try #require(Compatibility(lab).verdict(on: MoveRequest(.storage, of: "v", datastore: "new")))
    #expect(files.reasons.map(\.unknown.names) == [["datastores", "space", "rdm", "snapshots", "load"]])
    // Real hypervisors grant more memory than there is.
    (lab.hosts[1].memoryMiB, lab.hosts[1].cores) = (512, 8)
    #expect(try codes(lab) == ["warning memory-short", "warning not-known"])
  }

  @Test func featuresHaveManySpellings() throws {
    let has: Set<String> = ["sse3", "cx16", "sse4_1", "popcnt"]
    #expect(
      try codes {
        $0.hosts[1].features = has
        $0.vms[0].frozenFeatures = ["cpuid.SSE3", "CMPXCHG16B", "SSE41", "cpuid.OSXSAVE"]
        $0.vms[0].requiredFeatures = ["pni", "sse4.1"]
      } == [])
    var lab = PlanningTests.lab()
    lab.hosts[1].features = has
    lab.vms[0].frozenFeatures = ["cpuid.SSE42", "cpuid.AES"]
    let reason = try #require(Compatibility(lab).verdict(on: MoveRequest(.live, of: "v", to: "b"))?.reasons.first)
    #expect(reason.code == .cpuFeaturesMissing && reason.severity == .error && reason.features == ["aes", "sse4.2"])
    #expect(reason.text == "Host b lacks CPU features aes, sse4.2 of VM v.")
    lab.vms[0].power = .off
    #expect(try codes(lab, MoveRequest(.cold, of: "v", to: "b")) == ["warning cpu-features-missing"])
    lab.vms[0].power = .suspended
    #expect(try codes(lab, MoveRequest(.cold, of: "v", to: "b")) == ["error cpu-features-missing"])
  }

  @Test func whatWasNotRecordedIsNotProven() throws {
    var lab = PlanningTests.lab()
    (lab.hosts[0].features, lab.hosts[1].features) = (["sse3", "aes"], ["sse3"])
    let reason = try #require(Compatibility(lab).verdict(on: MoveRequest(.live, of: "v", to: "b"))?.reasons.first)
    #expect(reason.code == .cpuFeaturesUnproven && reason.severity == .warning && reason.features == ["aes"])
    lab.vms[0].requiredFeatures = ["aes"]
    #expect(try codes(lab) == ["error cpu-features-missing"])
    lab.vms[0].requiredFeatures = []
    lab.hosts[0].features = nil
    #expect(try codes(lab) == ["warning not-known"])
    lab.vms[0].frozenFeatures = []
    #expect(try codes(lab) == [])
  }

  @Test func vendorsDifferAndBitsAloneAreNotKnown() throws {
    #expect(
      try codes {
        $0.hosts[0].processor = ProcessorID(vendor: "GenuineIntel")
        $0.hosts[1].processor = ProcessorID(vendor: "AuthenticAMD")
      } == ["error cpu-vendor-differs", "warning not-known"])
  }

  @Test func theESX2GenerationIsSmall() throws {
    #expect(try codes { $0.hosts[1].product = "ESX 2.5.3" } == ["error vmfs-unreadable"])
    #expect(
      try codes {
        $0.hosts[1].product = "VMware ESX Server 2.5.3 build-1"
        $0.datastores[0].format = "vmfs2"
        $0.vms[0].vcpus = 4
        $0.vms[0].memoryMiB = 4096
      } == ["error vcpus-over-limit", "error memory-over-limit"])
    // A VM that is on such a host all the same shows that the limit is not the whole truth.
    #expect(try codes { $0.vms[0].vcpus = 8 } == ["warning vcpus-over-limit"])
    #expect(
      try codes {
        $0.hosts[0].product = "ESX 2.5"; $0.datastores[0].format = "vmfs2"
      } == ["error vmfs-read-only"])
    #expect(
      try codes {
        $0.hosts[1].product = "Xen 3.0"; $0.vms[0].vcpus = 8
      } == [])
  }

  @Test func aProductIsReadHoweverItIsWritten() {
    func version(_ product: String) -> [Int]? { ProductLimits(product).map { [$0.major, $0.minor, $0.patch] } }
    #expect(version("VMware ESXi 6.5.0 build-1234.5") == [6, 5, 0])
    #expect(version("vmware esx® server, 2.5") == [2, 5, 0])
    #expect(version("EsX 4") == [4, 0, 0])
    #expect(version("2.5 of ESX") == nil)
    #expect(version("ESX 99999999999999999999") == nil)
    #expect(version("") == nil)
  }

  @Test func ofOtherVMsThanTheOneAskedAboutThereIsNoVerdict() throws {
    var cluster = lab()
    cluster.vms.append(VirtualMachine(name: "other", host: "a", memoryMiB: 1024, vcpus: 1))
    let (one, all) = (Compatibility(cluster, for: "v"), Compatibility(cluster))
    #expect(one.verdict(on: MoveRequest(.live, of: "other", to: "b")) == nil)
    #expect(one.targets(of: "v")?.map(\.host) == all.targets(of: "v")?.map(\.host))
  }

  @Test func memoryThatIsWrittenTooFastNeverGetsSmall() throws {
    #expect(try codes { $0.vms[0].dirtyMiBPerSecond = 200 } == ["warning not-converging"])
    var lab = PlanningTests.lab()
    lab.vms[0].dirtyMiBPerSecond = 80
    #expect(try codes(lab) == [])
    var situation = Situation()
    situation.moves = [MoveInFlight(vm: "w", from: "b", to: "c")]
    let verdict = try #require(Compatibility(lab, situation).verdict(on: MoveRequest(.live, of: "v", to: "b")))
    #expect(verdict.isAllowed && verdict.mustWait && verdict.reasons.map(\.code) == [.linkBusy])
  }

  @Test func movesThatAreUnderWayTakeRoomAndTurns() throws {
    var lab = PlanningTests.lab()
    lab.vms.append(VirtualMachine(name: "w", host: "a", memoryMiB: 7168, vcpus: 1))
    lab.rules = [PlacementRule(kind: .antiAffinity, vms: ["v", "w"])]
    var situation = Situation()
    situation.moves = [MoveInFlight(vm: "w", from: "a", to: "b")]
    #expect(try codes(lab, MoveRequest(.live, of: "v", to: "b"), situation) == ["error rule-anti-affinity"])
    lab.vms[0].memoryOverheadMiB = 1
    situation.moves.append(MoveInFlight(vm: "x", from: "c", to: "b"))
    #expect(
      try codes(lab, MoveRequest(.live, of: "v", to: "b"), situation)
        == ["error memory-short", "error rule-anti-affinity", "warning host-moves-limit"])
    #expect(try codes(lab, MoveRequest(.live, of: "w", to: "b"), situation).contains("error vm-busy"))
    situation = Situation()
    situation.busy = ["v": "its tools are installed"]
    situation.moves = (0..<4).map { MoveInFlight(vm: "m\($0)", from: "c", to: "c") }
    for number in 0..<4 { situation.moves[number].datastores = ["san"] }
    #expect(
      try codes(lab, MoveRequest(.storage, of: "v", datastore: "new"), situation)
        == ["error vm-busy", "warning datastore-moves-limit"])
  }

  @Test func everyCodeHasACureAndStandsInTheDocument() throws {
    let document = try String(contentsOf: Project.root.appendingPathComponent("docs/compatibility.md"), encoding: .utf8)
    for code in ReasonCode.allCases {
      #expect(document.contains("`\(code.rawValue)`"), "\(code)")
      #expect(code.cure.hasSuffix("."), "\(code)")
      #expect(code.rawValue.allSatisfy { $0.isLowercase || $0 == "-" }, "\(code)")
    }
  }
}
