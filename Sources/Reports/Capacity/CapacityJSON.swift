internal import Inventory
internal import Planning

/// The capacity of a pool as a document has it.
struct CapacityJSON {
  let pool: PoolIdentity
  let capacity: ClusterCapacity

  var value: JSONValue {
    let sums = capacity.sums
    return .object(
      pool.members + [
        .init("hosts", int(sums.hosts)),
        .init("hosts_live", int(sums.liveHosts)), .init("vms", int(sums.vms)), .init("vms_powered_on", int(sums.vmsOn)),
        .init("sockets", sums.sockets.map(int) ?? .null), .init("cores", sums.cores.map(int) ?? .null),
        .init("threads", sums.threads.map(int) ?? .null), .init("memory_gib", gib(sums.memoryMiB)),
        .init("usable_memory_gib", gib(sums.usableMiB)), .init("vcpus", int(sums.vcpus)),
        .init("vm_memory_gib", gib(sums.vmMemoryMiB)), .init("vcpus_powered_on", int(sums.vcpusOn)),
        .init("vm_memory_powered_on_gib", gib(sums.vmMemoryOnMiB)),
        .init("guest_consumed_tib", tib(sums.guestConsumedMiB)), .init("provisioned_tib", tib(sums.provisionedMiB)),
        .init("in_use_tib", tib(sums.inUseMiB)),
        .init(
          "pooled",
          [
            "cpu_demand": pooled(capacity.cpuDemand), "memory_granted": pooled(capacity.memoryGranted),
            "memory_active": pooled(capacity.memoryActive),
          ]),
        .init(
          "if_all_start",
          [
            "memory_granted": pooled(capacity.memoryIfAllStart),
            "unplaced": capacity.unplacedIfAllStart.map(strings) ?? .null,
          ]), .init("overcommit", overcommit), .init("after_failures", afterFailures),
        .init("failures_tolerated", tolerated), .init("survives_failure_in_maintenance", inMaintenance),
        .init("fit", capacity.fits.map { .array($0.map(fit)) } ?? .null),
        .init("retire", capacity.retirements.map { .array($0.map(retire)) } ?? .null), .init("policies", policies),
        .init("licences", .array(capacity.licences.map(licence))),
        .init("stranded", .array(capacity.stranded.map(stranded))),
        .init("datastores", .array(capacity.datastores.map(datastore))),
        .init("host_use", .array(capacity.hosts.map(host))),
        .init(
          "biggest_vms",
          .array(
            capacity.biggest.map {
              ["vm": .string($0.name), "vcpus": int($0.vcpus), "memory_mib": .int($0.memoryMiB), "host": .string($0.host)]
            })),
      ])
  }

  // MARK: Parts

  private func pooled(_ use: PooledUse) -> JSONValue {
    ["used_ratio": ratio(use.usedRatio), "free_hosts": ratio(use.freeHosts)]
  }

  private var overcommit: JSONValue {
    let sums = capacity.sums
    func share(_ part: Double, _ whole: Double?) -> JSONValue {
      guard let whole, whole > 0 else { return .null }
      return ratio(part / whole)
    }
    return [
      "vcpus_per_core": share(Double(sums.vcpusOn), sums.cores.map { Double($0) }),
      "vcpus_per_thread": share(Double(sums.vcpusOn), sums.threads.map { Double($0) }),
      "memory_granted_ratio": share(Double(sums.vmMemoryOnMiB), sums.usableMiB.map { Double($0) }),
    ]
  }

  private var afterFailures: JSONValue {
    let after = capacity.afterFailures
    return [
      "failures": int(after.failures), "cores": after.cores.map(int) ?? .null, "memory_gib": gib(after.memoryMiB),
      "vcpus_per_core": ratio(after.vcpusPerCore),
    ]
  }

  private var tolerated: JSONValue {
    guard let tolerance = capacity.failuresTolerated else { return .null }
    let argument: String
    switch tolerance.argument {
    case .overfull: argument = "none: it holds more than it has as it is"
    case .packed(let sets): argument = sets == 1 ? "the VMs are where they are" : "all \(sets) sets were packed"
    case .greedy: argument = "room: wherever VMs are placed one after the other, a host with room is left for the next"
    }
    let next: JSONValue
    switch tolerance.next {
    case .noHostLeft: next = .null
    case .set(let verdict): next = CapacityText.json(verdict)
    case .sampled(let sets):
      next = [
        "hosts": .null, "verdict": "sampled", "unplaced": [], "because": .null, "short_of": .null, "sets_packed": int(sets),
        "argument": .string(
          "there are too many sets to look at; of those that take most away \(sets) were, and all VMs found places"),
      ]
    }
    return ["proved": int(tolerance.proved), "argument": .string(argument), "next": next]
  }

  /// One host in maintenance and another that fails: its VMs have to find places as those of two that fail do.
  private var inMaintenance: JSONValue {
    guard let tolerance = capacity.failuresTolerated else { return .null }
    if tolerance.proved >= 2 { return true }
    guard case .set(let verdict) = tolerance.next, verdict.isProved else { return .null }
    return false
  }

  private func fit(_ fit: Fit) -> JSONValue {
    [
      "vcpus": int(fit.profile.vcpus), "memory_mib": .int(fit.profile.memoryMiB), "fit": int(fit.free),
      "fit_keeping_failures": fit.keeping.map(int) ?? .null, "upper_bound": int(fit.bound.count),
      "limited_by": .string(fit.bound.resource.rawValue), "verdict": .string(fit.verdict.rawValue),
      "bound_by": .string(fit.bound.argument),
    ]
  }

  private func retire(_ retirement: Retirement) -> JSONValue {
    let names = Set(retirement.hosts)
    let hosts = capacity.hosts.map(\.host).filter { names.contains($0.name) }
    func sum(_ value: (Host) -> Double?) -> JSONValue {
      let known = hosts.compactMap(value)
      return known.count == hosts.count && !hosts.isEmpty ? .double(known.reduce(0, +)) : .null
    }
    return [
      "target_ratio": .double(retirement.targetRatio), "hosts": strings(retirement.hosts),
      "saves": [
        "hosts": int(hosts.count), "sockets": CapacitySums.sum(of: hosts, \.sockets).map(int) ?? .null,
        "cores": CapacitySums.sum(of: hosts, \.cores).map(int) ?? .null, "watts": sum(\.wattsIdle),
        "rack_units": sum(\.rackUnits),
        "licences": strings(hosts.compactMap(\.licence)),
      ],
      "moves": .array(
        retirement.moves.flatMap { move in
          move.vms.map { ["vm": .string($0), "from": .string(move.from), "to": .string(move.to)] }
        }), "moved_gib": gib(Int64(retirement.moves.reduce(0) { $0 + $1.memoryMiB })),
      // They run nowhere, but somebody has to register them elsewhere.
      "vms_off": strings(capacity.hosts.filter { names.contains($0.host.name) }.flatMap(\.idle)),
      "staying": .array(retirement.staying.map { ["host": .string($0.host), "because": .string($0.because)] }),
    ]
  }

  private var policies: JSONValue {
    [
      "slots": capacity.slots.map {
        [
          "slot_mhz": int($0.mhz), "slot_memory_mib": .int($0.memoryMiB), "slots": .array($0.slots.map(int)),
          "failures_tolerated": int($0.failuresTolerated),
        ]
      } ?? .null,
      "percentage": capacity.percentage.map {
        [
          "cpu": ratio($0.cpuRatio), "memory": ratio($0.memoryRatio), "failures_tolerated": int($0.failuresTolerated),
        ]
      } ?? .null,
      "dedicated": capacity.dedicated.map {
        ["hosts": strings($0.hosts), "failures_tolerated": int($0.hosts.count)]
      } ?? .null, "disagreements": strings(PolicyWords(capacity).disagreements),
    ]
  }

  private func licence(_ scope: LicenceScope) -> JSONValue {
    [
      "rules": strings(scope.rules), "vms": strings(scope.vms), "hosts": strings(scope.hosts),
      "sockets": scope.sockets.map(int) ?? .null, "cores": scope.cores.map(int) ?? .null,
      "own_memory": pooled(scope.ownMemory),
      "all_memory": pooled(scope.allMemory), "failures_tolerated": int(scope.failuresTolerated),
      "rest_memory": pooled(scope.restMemory),
    ]
  }

  private func stranded(_ stranded: StrandedHost) -> JSONValue {
    [
      "host": .string(stranded.host), "free_cores": ratio(stranded.freeCores),
      "free_memory_gib": gib(stranded.freeMiB),
    ]
  }

  private func datastore(_ use: DatastoreUse) -> JSONValue {
    [
      "datastore": .string(use.name), "capacity_gib": gib(use.capacityMiB), "used_gib": gib(use.usedMiB),
      "provisioned_gib": gib(use.provisionedMiB), "vms": int(use.vms), "overcommitted": .bool(use.isOvercommitted),
    ]
  }

  private func host(_ use: HostUseView) -> JSONValue {
    let host = use.host
    return [
      "host": .string(host.name), "live": .bool(host.isLive), "sockets": positive(host.sockets),
      "cores": positive(host.cores),
      "memory_gib": gib(host.memoryMiB), "usable_memory_gib": gib(use.usableMiB),
      "vms_powered_on": use.vmsOn.map(int) ?? .null,
      "granted_memory_gib": gib(use.grantedMiB), "cpu_cores_used": ratio(use.cpuCores),
      "memory_used_ratio": ratio(host.memoryUsedRatio),
    ]
  }

  // MARK: Values

  private func int(_ number: Int) -> JSONValue { .int(Int64(number)) }
  /// A count of which 0 means that it is not known.
  private func positive(_ number: Int) -> JSONValue { number > 0 ? int(number) : .null }
  private func gib(_ mib: Int64?) -> JSONValue { mib.map { .double(Double($0) / 1024) } ?? .null }
  private func gib(_ mib: Double?) -> JSONValue { mib.map { .double($0 / 1024) } ?? .null }
  private func tib(_ mib: Double?) -> JSONValue { mib.map { .double($0 / 1_048_576) } ?? .null }
  private func ratio(_ value: Double?) -> JSONValue { value.map { .double($0) } ?? .null }
  private func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
}
