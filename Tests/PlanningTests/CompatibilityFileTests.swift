import Inventory
import Testing

@testable import Planning

/// Files, mapped LUNs and upgrades.
@Suite struct CompatibilityFileTests {
  @Test func mappedLUNsNeedTheSameNumber() throws {
    func codes(_ numbers: [String: Int], _ mode: VirtualDisk.MappingMode = .virtual) throws -> [String] {
      try PlanningTests.codes {
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
    var lab = PlanningTests.lab()
    lab.luns = [LUN(id: "l", sizeMiB: 1024)]
    lab.vms[0].disks[0].mapping = .init(lun: "l", mode: .physical)
    var move = MoveRequest(.storage, of: "v", datastore: "new")
    #expect(try codes(lab, move) == [])
    move.way = .redoLog
    #expect(try codes(lab, move) == ["error rdm-physical-no-log"])
  }

  @Test func spaceIsCounted() throws {
    let move = MoveRequest(.storage, of: "v", datastore: "new")
    #expect(try codes(move) { $0.datastores[1].usedMiB = 40_000 } == ["warning space-tight"])
    var lab = PlanningTests.lab()
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
      var move = MoveRequest(.storage, of: "v", datastore: "new")
      move.way = .redoLog
      return try PlanningTests.codes(move) {
        $0.datastores = [Datastore(name: "san", capacityMiB: 512_000), Datastore(name: "new", capacityMiB: 512_000)]
        ($0.datastores[0].usedMiB, $0.datastores[0].copyMiBPerSecond) = (460_800, 64)
        ($0.datastores[1].copyMiBPerSecond, $0.datastores[1].commitMiBPerSecond) = (64, 32)
        $0.vms[0].disks[0].sizeMiB = 102_400
        $0.vms[0].disks[0].writeMiBPerSecond = writes
      }
    }
    #expect(try codes(writes: 10) == [])
    #expect(try codes(writes: 19) == ["warning log-space-tight"])
    #expect(try codes(writes: 20) == ["error log-space-missing"])
  }

  @Test func datastoresAreTargetsToo() throws {
    var lab = PlanningTests.lab()
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

  @Test func anUpgradeHasOneWay() throws {
    let move = MoveRequest(.upgrade, of: "v", to: "b", datastore: "new")
    func codes(_ source: String, _ target: String, _ format: String) throws -> [String] {
      try PlanningTests.codes(move) {
        ($0.hosts[0].product, $0.hosts[1].product, $0.datastores[0].format) = (source, target, format)
      }
    }
    #expect(try codes("ESX 2.5.3", "ESX 3.5", "vmfs2") == ["warning upgrade-one-way"])
    #expect(try codes("ESX 2.1", "ESX 3.0.1", "vmfs2") == ["error upgrade-source", "warning upgrade-one-way"])
    #expect(try codes("ESX 2.5", "ESX 3.0.0", "vmfs2") == ["error upgrade-target", "warning upgrade-one-way"])
    #expect(try codes("ESX 2.5", "ESX 3.5", "vmfs3") == ["error upgrade-source-format", "warning upgrade-one-way"])
    var lab = PlanningTests.lab()
    lab.hosts[0].product = "ESX 2.5"
    lab.datastores[0].format = "vmfs2"
    lab.datastores[0].hosts = ["a"]
    #expect(try PlanningTests.codes(lab, move) == ["error datastore-not-seen", "warning upgrade-one-way"])
  }
}
