import Inventory

@testable import History

/// The plain way to tell VMs of shared names apart: every record is held against every VM. `VMNameTrack` has to find the same.
struct PlainNames {
  private struct Known {
    var id: ObjectID?
    var name: String
    var last: VMMention
    var datacenter: ObjectID?
    var cluster: ObjectID?
    var host: ObjectID?
    var isHostKnown = false
    var isOnlyCreated: Bool
    var records: [Int64]
  }

  private let all: [VMMention]
  private var vms: [Known] = []
  private var unknown: [Int64] = []

  private init(_ all: [VMMention]) { self.all = all }

  /// Whether VMs with different ids bore a name.
  private func isShared(_ name: String) -> Bool {
    let bearers = all.filter { $0.vm != nil && [$0.name, $0.oldName, $0.newName].contains(name) && name != "" }
    return Set(bearers.map(\.vm)).count > 1
  }

  static func answer(_ mentions: [VMMention]) -> VMNameTrack.Answer {
    var names = PlainNames(mentions)
    for mention in mentions { names.take(mention) }
    var answer = VMNameTrack.Answer(unknown: names.unknown)
    let bare = names.vms.filter { $0.id == nil }
    for (number, vm) in bare.enumerated() {
      for seq in vm.records { answer.meanings[seq] = .unnumbered(number) }
    }
    for vm in names.vms {
      guard let id = vm.id else { continue }
      for seq in vm.records { answer.meanings[seq] = .known(id) }
    }
    return answer
  }

  private mutating func take(_ mention: VMMention) {
    var place: Int?
    if let id = mention.vm {
      place = vms.firstIndex { $0.id == id }
      if place == nil {
        let winners = winners(mention) { $0.id == nil && ($0.name == mention.name || $0.name == mention.oldName) }
        if winners.count == 1 { place = winners[0] }
      }
    } else {
      let name = mention.oldName ?? mention.name
      let winners = winners(mention) { $0.name == name }
      if winners.count > 1 {
        unknown.append(mention.seq)
        return
      }
      place = winners.first
    }
    let index = place ?? vms.count
    if index == vms.count {
      vms.append(Known(name: mention.oldName ?? mention.name, last: mention, isOnlyCreated: true, records: []))
    }
    var vm = vms[index]
    vm.last = mention
    if let id = mention.vm { vm.id = id } else { vm.records.append(mention.seq) }
    if let name = mention.newName { vm.name = name } else if mention.name != "" { vm.name = mention.name }
    if let datacenter = mention.datacenter { vm.datacenter = datacenter }
    if let cluster = mention.cluster { vm.cluster = cluster }
    if let host = mention.host {
      vm.host = host
      vm.isHostKnown = mention.isHostKnown
    }
    if !mention.isCreation, !mention.isSetup { vm.isOnlyCreated = false }
    vms[index] = vm
  }

  /// The VMs that fit a record best, among those that may be meant.
  private func winners(_ mention: VMMention, where isCandidate: (Known) -> Bool) -> [Int] {
    var points: [Int: Int] = [:]
    for (index, vm) in vms.enumerated() where isCandidate(vm) {
      if vm.last.isRemoval { continue }
      if mention.isCreation, !vm.isOnlyCreated { continue }
      if let here = vm.datacenter, let there = mention.datacenter, here != there { continue }
      if let here = vm.host, let there = mention.hostBefore, here != there, isShared(vm.name),
        !mention.isHostDoubtful, vm.isHostKnown == mention.isHostKnown
      {
        continue
      }
      let host = mention.hostBefore ?? mention.host
      points[index] =
        (mention.datacenter != nil && vm.datacenter == mention.datacenter ? 1 : 0)
        + (mention.cluster != nil && vm.cluster == mention.cluster ? 2 : 0)
        + (mention.failedHosts.isEmpty && host != nil && vm.host == host ? 4 : 0)
        + (mention.failedHosts.contains { $0 == vm.host } ? 4 : 0)
    }
    let most = points.values.max()
    return points.keys.filter { points[$0] == most }.sorted()
  }
}
