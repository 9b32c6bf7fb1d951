import Inventory

@testable import Planning

/// Checks a proof of a fit against a pool by plain counting, knowing nothing of how it was found.
struct ProofCheck {
  let pool: Pool

  /// What is wrong with it; nothing where it holds.
  func faults(_ proof: FitProof) -> [String] {
    var faults: [String] = []
    var (memory, cpu, place): ([String: Int], [String: Int], [String: String]) = ([:], [:], [:])
    var mhz: [String: Int] = [:]
    var allowed: [String: Set<String>] = [:]
    for load in pool.loads {
      for vm in load.vms {
        // Of VMs that are kept together the first carries the whole size.
        let isFirst = vm == load.vms.first
        (memory[vm], cpu[vm]) = (isFirst ? load.item.memory : 0, isFirst ? load.item.cpu : 0)
        mhz[vm] = isFirst ? load.item.mhz : 0
        place[vm] = pool.hosts[load.item.origin].name
        if let list = load.item.allowed {
          allowed[vm] = Set(zip(pool.hosts, list).filter(\.1).map(\.0.name))
        }
      }
    }
    for (host, count) in proof.new {
      for number in 0..<count {
        let vm = "new/\(host)/\(number)"
        (memory[vm], cpu[vm], place[vm]) = (Int(proof.profile.memoryMiB), proof.profile.vcpus, host)
      }
    }
    faults += overfull(place, memory, cpu, mhz).map { "as it is: \($0)" }
    let sets = FailureSets(of: proof.keepFailures, hosts: pool.hosts).sets
    if proof.keepFailures > 0, proof.evacuations.count != sets.count { faults.append("\(proof.evacuations.count) sets") }
    for evacuation in proof.evacuations {
      let failed = Set(evacuation.failed)
      let to = Dictionary(uniqueKeysWithValues: evacuation.to.map { ($0.vm, $0.host) })
      let moved = Set(place.filter { failed.contains($0.value) }.keys)
      if Set(to.keys) != moved { faults.append("\(evacuation.failed): other VMs move than those that have to") }
      if to.contains(where: { failed.contains($0.value) }) { faults.append("\(evacuation.failed): a VM on a failed host") }
      for (vm, host) in to where allowed[vm]?.contains(host) == false { faults.append("\(vm) may not be on \(host)") }
      let after = place.merging(to) { $1 }
      faults += overfull(after, memory, cpu, mhz).map { "\(evacuation.failed): \($0)" }
      if apart(after) > apart(place) { faults.append("\(evacuation.failed): VMs that stay apart are together") }
    }
    return faults
  }

  private func overfull(
    _ place: [String: String], _ memory: [String: Int], _ cpu: [String: Int], _ mhz: [String: Int]
  ) -> [String] {
    var used: [String: (memory: Int, cpu: Int, mhz: Int)] = [:]
    for (vm, host) in place {
      used[host, default: (0, 0, 0)].memory += memory[vm] ?? 0
      used[host, default: (0, 0, 0)].cpu += cpu[vm] ?? 0
      used[host, default: (0, 0, 0)].mhz += mhz[vm] ?? 0
    }
    return pool.hosts.compactMap { host in
      let most = pool.vcpusPerCore.map { $0 * Double(host.cores) } ?? .infinity
      let load = used[host.name] ?? (0, 0, 0)
      let isOverfull = load.memory > host.memory || Double(load.cpu) > most || load.mhz > host.mhz ?? .max
      return isOverfull ? "\(host.name) holds \(load)" : nil
    }
  }

  /// How many pairs of VMs that stay apart are on one host.
  private func apart(_ place: [String: String]) -> Int {
    var groups: [Int: [String]] = [:]
    for load in pool.loads { for group in load.item.groups { groups[group, default: []] += load.vms } }
    return groups.values.reduce(0) { sum, vms in
      let counts = Dictionary(grouping: vms.compactMap { place[$0] }, by: \.self).values.map(\.count)
      return sum + counts.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    }
  }
}
