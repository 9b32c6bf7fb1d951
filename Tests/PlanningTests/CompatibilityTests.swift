import Foundation
import Inventory
import TestSupport
import Testing

@testable import Planning

@Suite struct CompatibilityTests {
  /// Two hosts, one datastore, one VM on the first host: nothing forbids anything.
  private func lab() -> ClusterSnapshot {
    var lab = ClusterSnapshot()
    lab.clusters = [Cluster(name: "c")]
    lab.hosts = ["a", "b"].map { Host(name: $0, cluster: "c", cores: 8, memoryMiB: 8192) }
    lab.datastores = [Datastore(name: "san", capacityMiB: 100_000), Datastore(name: "new", capacityMiB: 50_000)]
    var vm = VirtualMachine(name: "v", host: "a", memoryMiB: 1024, vcpus: 2)
    vm.networks = ["VM Network"]
    vm.disks = [VirtualDisk(datastore: "san", sizeMiB: 10_000)]
    lab.vms = [vm]
    return lab
  }

  private func codes(
    _ lab: ClusterSnapshot, _ move: Move = Move(.live, of: "v", to: "b"), _ situation: Situation = Situation()
  ) throws -> [String] {
    let verdict = try #require(Compatibility(lab, situation).verdict(on: move))
    return verdict.reasons.map { "\($0.severity.rawValue) \($0.code.rawValue)" }
  }

  /// What is found after a change to the lab.
  private func codes(_ move: Move = Move(.live, of: "v", to: "b"), _ change: (inout ClusterSnapshot) -> Void) throws
    -> [String]
  {
    var lab = lab()
    change(&lab)
    return try codes(lab, move)
  }

  @Test func nothingIsFoundWhereNothingIsWrong() throws {
    #expect(try codes(lab()).isEmpty)
    #expect(try codes(lab(), Move(.storage, of: "v", datastore: "new")).isEmpty)
    #expect(try codes(lab(), Move(.liveStorage, of: "v", to: "b", datastore: "new")).isEmpty)
    let compatibility = Compatibility(lab())
    #expect(compatibility.verdict(on: Move(.live, of: "none", to: "b")) == nil)
    #expect(compatibility.verdict(on: Move(.live, of: "v", to: "none")) == nil)
    #expect(compatibility.verdict(on: Move(.storage, of: "v", datastore: "none")) == nil)
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

  @Test func theStateOfTheVM() throws {
    #expect(try codes { $0.vms[0].power = .off } == ["error vm-powered-off"])
    #expect(try codes { $0.vms[0].power = .suspended } == ["error vm-powered-off"])
    #expect(try codes { $0.vms[0].isTemplate = true } == ["error vm-is-template"])
    #expect(try codes(Move(.cold, of: "v", to: "b")) { _ in } == ["error vm-powered-on"])
    #expect(try codes(Move(.cold, of: "v", to: "b")) { $0.vms[0].power = .off } == [])
    #expect(try codes(Move(.live, of: "v", to: "a")) { _ in } == ["error already-there"])
    #expect(try codes(Move(.storage, of: "v", datastore: "san")) { _ in } == ["error already-there"])
    #expect(try codes { $0.vms[0].snapshots = 1 } == ["warning snapshots-kept"])
    #expect(try codes(Move(.storage, of: "v", datastore: "new")) { $0.vms[0].snapshots = 1 } == ["error snapshots-present"])
    #expect(try codes { $0.vms[0].devices = ["local_cd"] } == ["error local-device"])
    #expect(try codes { $0.hosts[0].isConnected = false } == ["error source-disconnected"])
    #expect(
      try codes(Move(.storage, of: "v", datastore: "new")) { $0.hosts[0].isConnected = false }
        == ["error source-disconnected"])
    #expect(try codes { $0.hosts[1].mode = .enteringMaintenance } == ["error host-in-maintenance"])
  }

  @Test func whatAnInventoryDoesNotSayIsOneWarning() throws {
    var lab = lab()
    lab.isComplete = false
    (lab.hosts[1].memoryMiB, lab.hosts[1].cores, lab.vms[0].vcpus) = (0, 0, 8)
    lab.vms[0].host = ""
    lab.vms[0].networks = ["DMZ"]
    let verdict = try #require(Compatibility(lab).verdict(on: Move(.live, of: "v", to: "b")))
    #expect(verdict.isAllowed && verdict.reasons.map(\.code) == [.notKnown])
    let unknown = try #require(verdict.reasons.first?.unknown.names)
    #expect(Set(["place", "memory", "processors", "networks", "rdm", "snapshots"]).isSubset(of: unknown), "\(unknown)")
    #expect(verdict.reasons[0].text.contains("its host, memory, cores, CPU features, networks"))
    lab.vms[0].host = "a"
    let files = try #require(Compatibility(lab).verdict(on: Move(.storage, of: "v", datastore: "new")))
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
    var lab = lab()
    lab.hosts[1].features = has
    lab.vms[0].frozenFeatures = ["cpuid.SSE42", "cpuid.AES"]
    let reason = try #require(Compatibility(lab).verdict(on: Move(.live, of: "v", to: "b"))?.reasons.first)
    #expect(reason.code == .cpuFeaturesMissing && reason.severity == .error && reason.features == ["aes", "sse4.2"])
    #expect(reason.text == "Host b lacks CPU features aes, sse4.2 of VM v.")
    lab.vms[0].power = .off
    #expect(try codes(lab, Move(.cold, of: "v", to: "b")) == ["warning cpu-features-missing"])
    lab.vms[0].power = .suspended
    #expect(try codes(lab, Move(.cold, of: "v", to: "b")) == ["error cpu-features-missing"])
  }

  @Test func whatWasNotRecordedIsNotProven() throws {
    var lab = lab()
    (lab.hosts[0].features, lab.hosts[1].features) = (["sse3", "aes"], ["sse3"])
    let reason = try #require(Compatibility(lab).verdict(on: Move(.live, of: "v", to: "b"))?.reasons.first)
    #expect(reason.code == .cpuFeaturesUnproven && reason.severity == .warning && reason.features == ["aes"])
    lab.vms[0].requiredFeatures = ["aes"]
    #expect(try codes(lab) == ["error cpu-features-missing"])
    lab.vms[0].requiredFeatures = []
    lab.hosts[0].features = nil
    #expect(try codes(lab) == ["warning not-known"])
    lab.vms[0].frozenFeatures = []
    #expect(try codes(lab) == [])
  }

  @Test func datastoresAreTargetsToo() throws {
    var lab = lab()
    lab.datastores[1].usedMiB = 45_000
    lab.datastores.append(Datastore(name: "big", capacityMiB: 1e6))
    let targets = try #require(Compatibility(lab).datastores(for: "v"))
    #expect(targets.map(\.datastore) == ["big", "san", "new"] && targets.map(\.isAllowed) == [true, false, false])
    #expect(targets.allSatisfy { $0.kind == .storage && $0.host == "a" })
    #expect(targets.map { $0.reasons.map(\.code) } == [[], [.alreadyThere], [.spaceMissing]])
    #expect(Compatibility(lab).datastores(for: "none") == nil)
    lab.vms[0].host = ""
    #expect(Compatibility(lab).datastores(for: "v") == nil)
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

  @Test func mappedLUNsNeedTheSameNumber() throws {
    func codes(_ numbers: [String: Int], _ mode: VirtualDisk.MappingMode = .virtual) throws -> [String] {
      try self.codes {
        $0.luns = [LUN(id: "l", sizeMiB: 1024)]
        $0.luns[0].numbers = numbers
        $0.vms[0].disks[0].mapping = .init(lun: "l", mode: mode)
      }
    }
    #expect(try codes(["a": 1, "b": 1]) == [] && codes(["a": 1, "b": 1], .physical) == [])
    #expect(try codes(["a": 1, "b": 2]) == ["error rdm-lun-number-differs"])
    #expect(try codes(["a": 1]) == ["error rdm-lun-not-seen"])
    #expect(try codes(["b": 1]) == ["warning rdm-lun-unknown"] && codes([:]) == ["warning rdm-lun-unknown"])
  }

  @Test func aPhysicalMappingHasNoLog() throws {
    var lab = lab()
    lab.luns = [LUN(id: "l", sizeMiB: 1024)]
    lab.vms[0].disks[0].mapping = .init(lun: "l", mode: .physical)
    var move = Move(.storage, of: "v", datastore: "new")
    #expect(try codes(lab, move) == [])
    move.way = .redoLog
    #expect(try codes(lab, move) == ["error rdm-physical-no-log"])
  }

  @Test func spaceIsCounted() throws {
    let move = Move(.storage, of: "v", datastore: "new")
    #expect(try codes(move) { $0.datastores[1].usedMiB = 40_000 } == ["warning space-tight"])
    var lab = lab()
    lab.datastores[1].usedMiB = 30_000
    var situation = Situation()
    situation.moves = [MoveInFlight(vm: "w", from: "b", to: "b")]
    situation.moves[0].reservedMiB = ["new": 12_000]
    let reason = try #require(Compatibility(lab, situation).verdict(on: move)?.reasons.first)
    #expect(reason.code == .spaceMissing)
    #expect(
      reason.text
        == "The disks of VM v need 10000 MiB on datastore new: 50000 MiB less 42000 used or promised leave 8000.")
    #expect(try codes(move) { $0.datastores[1].capacityMiB = 0 } == ["warning not-known"])
  }

  @Test func aLogThatWouldFillItsDatastoreIsRefused() throws {
    func codes(writes: Double) throws -> [String] {
      var move = Move(.storage, of: "v", datastore: "new")
      move.way = .redoLog
      return try self.codes(move) {
        $0.datastores = [Datastore(name: "san", capacityMiB: 512_000), Datastore(name: "new", capacityMiB: 512_000)]
        ($0.datastores[0].usedMiB, $0.datastores[0].copyMiBPerSecond) = (460_800, 64)
        ($0.datastores[1].copyMiBPerSecond, $0.datastores[1].commitMiBPerSecond) = (64, 32)
        $0.vms[0].disks[0].sizeMiB = 102_400
        $0.vms[0].disks[0].writeMiBPerSecond = writes
      }
    }
    #expect(try codes(writes: 19) == [])
    #expect(try codes(writes: 20) == ["error log-space-missing"])
  }

  @Test func memoryThatIsWrittenTooFastNeverGetsSmall() throws {
    #expect(try codes { $0.vms[0].dirtyMiBPerSecond = 200 } == ["warning not-converging"])
    var lab = lab()
    lab.vms[0].dirtyMiBPerSecond = 80
    #expect(try codes(lab) == [])
    var situation = Situation()
    situation.moves = [MoveInFlight(vm: "w", from: "b", to: "c")]
    let verdict = try #require(Compatibility(lab, situation).verdict(on: Move(.live, of: "v", to: "b")))
    #expect(verdict.isAllowed && verdict.mustWait && verdict.reasons.map(\.code) == [.linkBusy])
  }

  @Test func movesThatAreUnderWayTakeRoomAndTurns() throws {
    var lab = lab()
    lab.vms.append(VirtualMachine(name: "w", host: "a", memoryMiB: 7168, vcpus: 1))
    lab.rules = [PlacementRule(kind: .antiAffinity, vms: ["v", "w"])]
    var situation = Situation()
    situation.moves = [MoveInFlight(vm: "w", from: "a", to: "b")]
    #expect(try codes(lab, Move(.live, of: "v", to: "b"), situation) == ["error rule-anti-affinity"])
    lab.vms[0].memoryOverheadMiB = 1
    situation.moves.append(MoveInFlight(vm: "x", from: "c", to: "b"))
    #expect(
      try codes(lab, Move(.live, of: "v", to: "b"), situation)
        == ["error memory-short", "error rule-anti-affinity", "warning host-moves-limit"])
    #expect(try codes(lab, Move(.live, of: "w", to: "b"), situation).contains("error vm-busy"))
    situation = Situation()
    situation.busy = ["v": "its tools are installed"]
    situation.moves = (0..<4).map { MoveInFlight(vm: "m\($0)", from: "c", to: "c") }
    for number in 0..<4 { situation.moves[number].datastores = ["san"] }
    #expect(
      try codes(lab, Move(.storage, of: "v", datastore: "new"), situation)
        == ["error vm-busy", "warning datastore-moves-limit"])
  }

  @Test func anUpgradeHasOneWay() throws {
    let move = Move(.upgrade, of: "v", to: "b", datastore: "new")
    func codes(_ source: String, _ target: String, _ format: String) throws -> [String] {
      try self.codes(move) {
        ($0.hosts[0].product, $0.hosts[1].product, $0.datastores[0].format) = (source, target, format)
      }
    }
    #expect(try codes("ESX 2.5.3", "ESX 3.5", "vmfs2") == ["warning upgrade-one-way"])
    #expect(try codes("ESX 2.1", "ESX 3.0.1", "vmfs2") == ["error upgrade-source", "warning upgrade-one-way"])
    #expect(try codes("ESX 2.5", "ESX 3.0.0", "vmfs2") == ["error upgrade-target", "warning upgrade-one-way"])
    #expect(try codes("ESX 2.5", "ESX 3.5", "vmfs3") == ["error upgrade-source-format", "warning upgrade-one-way"])
    var lab = lab()
    lab.hosts[0].product = "ESX 2.5"
    lab.datastores[0].format = "vmfs2"
    lab.datastores[0].hosts = ["a"]
    #expect(try self.codes(lab, move) == ["error datastore-not-seen", "warning upgrade-one-way"])
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
