package import Inventory

/// An inventory as it would be: without some hosts, with more hosts and VMs.
package struct WhatIf: Sendable {
  /// Hosts that are taken away; their VMs find places on the others.
  package var without: [String] = []
  /// How many hosts are added, and like which.
  package var hosts: (count: Int, like: String)?
  /// How many VMs are added, and like which.
  package var vms: (count: Int, like: String)?

  package init() {}

  package var isNothing: Bool { without.isEmpty && hosts == nil && vms == nil }

  /// Hosts are added first, then some are taken away, then VMs are added. VMs go to the fullest hosts that take them, or
  /// to those with the most room where more failures are survived then.
  /// - Throws: `notFound` for a host or VM that the inventory does not have; `refused` where VMs find no place.
  package func applied(to snapshot: ClusterSnapshot) throws -> ClusterSnapshot {
    var snapshot = snapshot
    if let hosts { try add(hosts.count, like: hosts.like, to: &snapshot) }
    for name in without { try remove(name, from: &snapshot) }
    if let vms { try add(vms: vms.count, like: vms.like, to: &snapshot) }
    return snapshot
  }

  private func host(_ name: String, _ snapshot: ClusterSnapshot) throws -> Host {
    guard let host = snapshot.hosts.first(where: { $0.name == name }) else {
      throw YadokariError(.notFound, "there is no host \(name); see \"yadokari host list\"")
    }
    return host
  }

  /// `esx01+1`, `esx01+2` and so on, but for those that are there.
  private static func names(_ count: Int, like name: String, besides others: [String]) -> [String] {
    let taken = Set(others)
    return Array((1...).lazy.map { "\(name)+\($0)" }.filter { !taken.contains($0) }.prefix(count))
  }

  /// What the model sees its copies see, too.
  private func add(_ count: Int, like name: String, to snapshot: inout ClusterSnapshot) throws {
    let model = try host(name, snapshot)
    for copyName in Self.names(count, like: name, besides: snapshot.hosts.map(\.name)) {
      var copy = model
      copy.name = copyName
      (copy.isConnected, copy.mode) = (true, .normal)
      snapshot.hosts.append(copy)
      for index in snapshot.datastores.indices where snapshot.datastores[index].isSeen(by: name) {
        snapshot.datastores[index].hosts?.insert(copy.name)
      }
      for index in snapshot.luns.indices {
        snapshot.luns[index].numbers[copy.name] = snapshot.luns[index].numbers[name]
      }
    }
  }

  private func remove(_ name: String, from snapshot: inout ClusterSnapshot) throws {
    let gone = try host(name, snapshot)
    let pool = Pool(of: PoolScope(of: gone), in: snapshot)
    if let number = pool.hosts.firstIndex(where: { $0.name == name }) {
      let homes = try homes(without: number, in: pool)
      for index in snapshot.vms.indices {
        snapshot.vms[index].host = homes[snapshot.vms[index].name] ?? snapshot.vms[index].host
      }
    }
    // VMs that are off start wherever there is room.
    let others = snapshot.hosts.filter { $0.name != name && PoolScope(of: $0) == PoolScope(of: gone) }
    for index in snapshot.vms.indices where snapshot.vms[index].host == name {
      snapshot.vms[index].host = others.first?.name ?? ""
    }
    snapshot.hosts.removeAll { $0.name == name }
  }

  /// Where the VMs of a host go: on the fullest hosts that take them, or on those with the most room where more
  /// failures are survived then.
  private func homes(without number: Int, in pool: Pool) throws -> [String: String] {
    let evacuation = Evacuation(pool, profile: VMProfile(vcpus: 0, memoryMiB: 0))
    let none = [Int](repeating: 0, count: pool.hosts.count)
    let verdict = evacuation.verdict(of: [number], none, budget: FitSearch.searchSteps)
    guard let first = verdict.places else {
      let why = SetVerdict(verdict, of: [number], evacuation, new: none, in: pool)
      throw YadokariError(
        .refused,
        "without \(pool.hosts[number].name) there is no place for \(why?.unplaced.joined(separator: ", ") ?? "its VMs"): "
          + (why?.argument ?? ""))
    }
    let loads = evacuation.moved(of: [number], none).compactMap(\.load)
    func moved(_ places: [Int]) -> Pool {
      var after = pool
      for (load, place) in zip(loads, places) { after.loads[load].item.origin = place }
      after.hosts[number].memory = 0
      return after
    }
    let others = evacuation.bins.filter { $0.host != number }
    var places = first
    if let second = Packing.roomiest(loads.map { pool.loads[$0].item }, into: others),
      FailureTolerance.of(moved(second)).proved > FailureTolerance.of(moved(first)).proved
    {
      places = second
    }
    var homes: [String: String] = [:]
    for (load, place) in zip(loads, places) { for vm in pool.loads[load].vms { homes[vm] = pool.hosts[place].name } }
    return homes
  }

  private func add(vms count: Int, like name: String, to snapshot: inout ClusterSnapshot) throws {
    guard let model = snapshot.vms.first(where: { $0.name == name }) else {
      throw YadokariError(.notFound, "there is no VM \(name); see \"yadokari vm list\"")
    }
    let scope = snapshot.hosts.first { $0.name == model.host }.map { PoolScope(of: $0) }
    let pool = scope.map { Pool(of: $0, in: snapshot) } ?? Pool()
    var item = PackingItem(RoomNeed(of: model), cpu: model.vcpus, origin: -1)
    item.allowed = pool.loads.first { $0.vms.contains(name) }?.item.allowed
    let full = placed(count, item, pool, roomiest: false)
    let even = placed(count, item, pool, roomiest: true)
    guard full.count == count || even.count == count else {
      throw YadokariError(.refused, "only \(max(full.count, even.count)) VMs like \(name) find a place, not \(count)")
    }
    func tolerated(_ places: [Int]) -> Int {
      guard places.count == count else { return -1 }
      var after = pool
      for place in places {
        var own = item
        own.origin = place
        after.loads.append(Pool.Load(vms: [name], item: own))
      }
      return FailureTolerance.of(after).proved
    }
    let names = Self.names(count, like: name, besides: snapshot.vms.map(\.name))
    for (copyName, place) in zip(names, tolerated(even) > tolerated(full) ? even : full) {
      var copy = model
      (copy.name, copy.host, copy.power) = (copyName, pool.hosts[place].name, .on)
      // What is mapped into one is not mapped into the others.
      copy.disks = copy.disks.filter { $0.mapping == nil }
      snapshot.vms.append(copy)
    }
  }

  /// The hosts of as many copies as find a place, each on the fullest host that takes it or on the one with the most room.
  private func placed(_ count: Int, _ item: PackingItem, _ pool: Pool, roomiest: Bool) -> [Int] {
    var (bins, places) = (pool.bins(), [Int]())
    for _ in 0..<count {
      let open = bins.indices.filter { bins[$0].takes(item) }.sorted { (bins[$0].memory, $0) < (bins[$1].memory, $1) }
      guard let bin = roomiest ? open.last : open.first else { break }
      bins[bin].add(item)
      places.append(bin)
    }
    return places
  }
}
