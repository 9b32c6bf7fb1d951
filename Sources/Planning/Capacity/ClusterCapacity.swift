package import Inventory

/// How much is left in a cluster, or on a host in none.
package struct ClusterCapacity: Sendable {
  /// What the inventory does not say, as a gap of the report.
  package struct Gap: Sendable, Equatable {
    package var code: String
    package var text: String
    package var vms: [String] = []
  }

  /// What live hosts have left when so many fail: for each resource without its own largest.
  package struct AfterFailures: Sendable, Equatable {
    package var failures: Int
    /// Nil where a host does not say it, as the next.
    package var cores: Int?
    package var memoryMiB: Int64?
    /// vCPUs of all VMs for each core that is left; nil where none is.
    package var vcpusPerCore: Double?
  }

  /// The cluster or host that this is the capacity of.
  package var scope: PoolScope
  package var sums: CapacitySums
  package var cpuDemand: PooledUse
  package var memoryGranted: PooledUse
  package var memoryActive: PooledUse
  /// As if all VMs ran that are off or suspended.
  package var memoryIfAllStart: PooledUse
  /// Those of them that would find no host with room, biggest first; nil where hosts are missing.
  package var unplacedIfAllStart: [String]?
  package var afterFailures: AfterFailures
  /// Nil where hosts are missing on which VMs of the cluster run.
  package var failuresTolerated: FailureTolerance?
  package var fits: [Fit]?
  package var retirements: [Retirement]?
  package var slots: SlotPolicy?
  package var percentage: PercentagePolicy?
  package var dedicated: DedicatedPolicy?
  package var licences: [LicenceScope]
  package var datastores: [DatastoreUse]
  package var stranded: [StrandedHost]
  /// All hosts, in the order of the inventory, with what they carry.
  package var hosts: [HostUseView]
  /// The VMs with the most memory among those that run.
  package var biggest: [VirtualMachine]
  package var gaps: [Gap]

  /// Computes the capacity of a pool in a snapshot.
  package init(of scope: PoolScope, in snapshot: ClusterSnapshot, _ question: CapacityQuestion) {
    self.scope = scope
    let members = ClusterMembers(of: scope, in: snapshot)
    let (hosts, live, running) = (members.hosts, members.live, members.running)
    let sums = CapacitySums(hosts, members.vms)
    self.sums = sums
    let pool = Pool(of: scope, in: snapshot, vcpusPerCore: question.vcpusPerCore)

    let demand = CPUDemand(live, running)
    let usable = sums.memoryMiB == nil ? 0 : Double(pool.hosts.reduce(0) { $0 + $1.memory })
    func granted(_ vms: [VirtualMachine]) -> Double { vms.reduce(0) { $0 + Double(RoomNeed(of: $1).memoryMiB) } }
    let cores = CapacitySums.sum(of: live, \.cores) ?? 0
    cpuDemand = PooledUse(used: demand.cores, of: Double(cores), hosts: live.count)
    memoryGranted = PooledUse(used: granted(running), of: usable, hosts: live.count)
    memoryIfAllStart = PooledUse(used: granted(running) + granted(members.idle), of: usable, hosts: live.count)
    let active = running.compactMap(\.memoryActiveMiB)
    memoryActive = PooledUse(
      used: active.count == running.count ? active.reduce(0, +) : nil, of: usable, hosts: live.count)
    afterFailures = Self.after(question.keepFailures, live, sums)
    biggest = Array(running.sorted { ($0.memoryMiB, $1.name) > ($1.memoryMiB, $0.name) }.prefix(5))
    licences = LicenceScope.all(snapshot, live, pool)
    datastores = DatastoreUse.all(snapshot, hosts, members.vms)
    let byHost = Dictionary(grouping: running, by: \.host)
    let used = byHost.mapValues { Int64(granted($0)) }
    stranded = members.lost.isEmpty ? StrandedHost.all(live, memoryUsed: used, cpuUsed: demand.byHost) : []
    let isWhole = members.lost.isEmpty
    let idle = Dictionary(grouping: members.vms.filter { $0.power != .on || $0.isTemplate }, by: \.host)
    self.hosts = hosts.map { host in
      var view = HostUseView(
        host, vmsOn: isWhole ? byHost[host.name]?.count ?? 0 : nil, grantedMiB: isWhole ? used[host.name] ?? 0 : nil,
        cpuCores: demand.byHost[host.name])
      view.idle = idle[host.name]?.map(\.name) ?? []
      return view
    }
    if snapshot.isComplete {
      slots = SlotPolicy(live, running)
      percentage = PercentagePolicy(live, running)
      dedicated = DedicatedPolicy(live, running)
    }
    let obstacle = members.obstacleToPacking(vcpusPerCore: question.vcpusPerCore)
    gaps = [obstacle].compactMap(\.self) + Self.gaps(members, isComplete: snapshot.isComplete, demand)
    guard obstacle == nil else { return }
    failuresTolerated = FailureTolerance.of(pool)
    fits = question.profiles.map { profile in
      var search = FitSearch(pool, profile: profile, keepFailures: question.keepFailures)
      return search.run()
    }
    unplacedIfAllStart = StartOfAll.unplaced(members.idle, in: pool)
    if let byVM = demand.byVM {
      retirements = question.targets.map {
        Retirement(pool, target: $0, demand: byVM, keepFailures: question.keepFailures)
      }
    }
  }

  private static func after(_ failures: Int, _ hosts: [Host], _ sums: CapacitySums) -> AfterFailures {
    let cores = sums.cores.map { _ in hosts.map(\.cores).sorted(by: >).dropFirst(failures).reduce(0, +) }
    let memory = hosts.map(\.memoryMiB).sorted(by: >).dropFirst(failures).reduce(0, +)
    return AfterFailures(
      failures: failures, cores: cores, memoryMiB: sums.memoryMiB == nil ? nil : memory,
      vcpusPerCore: cores.flatMap { $0 > 0 ? Double(sums.vcpus) / Double($0) : nil })
  }
}
