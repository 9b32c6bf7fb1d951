import Hypervisor
import History
import Inventory
import TestSupport
import Testing

@testable import Engines

/// Power cycles with faults, deaths of the service and spoilt orders, drawn by chance.
@Suite struct UpgradeChanceTests {
  private func lab(_ random: inout SplitMix64) -> UpgradeLab {
    var more: [(Double, TimelineAction)] = []
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      let at = Double(Int.random(in: 2500...4000, using: &random)) / 10
      let pairs: [(TimelineAction, TimelineAction?)] = [
        (.hostPowerCut(host: "a"), .hostPowerRestore(host: "a")),
        (.hostNetworkCut(host: "a"), .hostNetworkRestore(host: "a")),
        (.hostStorageCut(host: "a"), .hostStorageRestore(host: "a")),
        (.serviceNetworkCut, .serviceNetworkRestore), (.serviceCrash, .serviceStart), (.hostHang(host: "a"), nil),
        (.vmStartFails(vm: "w", host: "a", times: Int.random(in: 1...4, using: &random)), nil),
        (.vmMigrate(vm: "w", host: "b"), .vmMigrate(vm: "w", host: "a")),
        (.vmPowerOff(vm: "w"), .vmPowerOn(vm: "w")),
        (.hostEnterMaintenance(host: "a"), .hostExitMaintenance(host: "a")),
        (.vmUpgradeSchedule(vm: "w", when: Double(Int.random(in: 250...5000, using: &random))), nil),
      ]
      guard let (fault, end) = pairs.randomElement(using: &random) else { continue }
      more.append((at, fault))
      let seconds = Double(Int.random(in: 1...1200, using: &random)) / [1, 10, 100][Int.random(in: 0...2, using: &random)]
      if let end { more.append((at + seconds, end)) }
    }
    var lab = UpgradeLab(more, disks: Int.random(in: 0...3, using: &random), until: 9000)
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      lab.deaths.append((Int.random(in: 1...28, using: &random), Double(Int.random(in: 0...60, using: &random))))
    }
    if Bool.random(using: &random) { lab.faults.loseAnswer = Int.random(in: 10...30, using: &random) }
    if Bool.random(using: &random) { lab.faults.lateOrder = Int.random(in: 10...30, using: &random) }
    if Bool.random(using: &random) { lab.faults.repeatOrder = Int.random(in: 10...30, using: &random) }
    return lab
  }

  @Test(arguments: 0..<UInt64(10))
  func aVMNeverStaysOffSilently(block: UInt64) async throws {
    for seed in (block * 15)..<((block + 1) * 15) {
      var random = SplitMix64(seed: seed)
      let lab = lab(&random)
      let found = try await lab.play()
      let story =
        "seed \(seed)\n\(lab.scenario.timeline.map { "\($0.at) \($0.action)" })\n\(found.told.joined(separator: "\n"))"
      #expect(found.objections.isEmpty, "\(story)")
      // At the end everything has ended, waits for its host, or waits for its time.
      #expect(found.debt?.state != .running, "\(story)")
      // Off by our hand, and nobody says why: the last event would be that it was powered off.
      #expect(found.events.last != "vm.powered_off" && found.events.last != "vm.hardware_upgraded", "\(story)")
    }
  }
}
