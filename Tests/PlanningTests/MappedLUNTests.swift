import Inventory
import Testing

@testable import Planning

@Suite struct MappedLUNTests {
  private func mapped(_ numbers: [String: Int], _ mode: VirtualDisk.MappingMode, host: String = "a") throws -> MappedLUN {
    var lab = ClusterSnapshot()
    lab.hosts = ["a", "b", "c"].map { Host(name: $0, cluster: "c", cores: 8, memoryMiB: 8192) }
    lab.luns = [LUN(id: "l", sizeMiB: 1024)]
    lab.luns[0].numbers = numbers
    var vm = VirtualMachine(name: "v", host: host, memoryMiB: 1024, vcpus: 1)
    vm.disks = [VirtualDisk(datastore: "d", sizeMiB: 5), VirtualDisk(datastore: "e", sizeMiB: 1024)]
    vm.disks[1].mapping = .init(lun: "l", mode: mode)
    lab.vms = [vm, VirtualMachine(name: "w", host: "a", memoryMiB: 1024, vcpus: 1)]
    let all = MappedLUN.all(lab)
    #expect(all.count == 1)
    return try #require(all.first)
  }

  @Test func whereItIsAndWhatItIs() throws {
    let lun = try mapped(["a": 1], .virtual)
    #expect(lun.vm == "v" && lun.host == "a" && lun.disk == 1 && lun.lun == "l" && lun.datastore == "e")
    #expect(lun.sizeMiB == 1024)
  }

  @Test func hostsThatSeeItOtherwiseAreNoTargets() throws {
    #expect(try mapped(["a": 1, "b": 1, "c": 1], .virtual).blockedHosts == [])
    #expect(try mapped(["a": 1, "b": 2], .virtual).blockedHosts == ["b", "c"])
    #expect(try mapped(["b": 2], .virtual).blockedHosts == ["c"], "its own number is not known")
    #expect(try mapped([:], .virtual).blockedHosts == [])
    #expect(try mapped(["b": 2], .virtual, host: "").blockedHosts == ["a", "c"])
  }

  @Test func whatItStops() throws {
    #expect(try mapped(["a": 1, "b": 1, "c": 1], .virtual).obstacles == [.lunStays])
    #expect(
      try mapped(["a": 1], .physical).obstacles
        == [.noSnapshot, .noRedoLog, .noImageBackup, .lunStays, .hostsBlocked])
    #expect(try mapped([:], .virtual).obstacles == [.lunStays, .hostsNotKnown])
  }
}
