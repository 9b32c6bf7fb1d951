internal import Inventory
internal import Planning

/// The capacity of clusters as tables of values.
struct CapacityTables {
  private let clusters: [CapacityReport.Cluster]

  init(_ clusters: [CapacityReport.Cluster]) { self.clusters = clusters }

  static let summary = [
    TableColumn("source", "Source", isDataOnly: true), TableColumn("cluster", "Cluster"),
    TableColumn("hosts", "Hosts", isNumber: true), TableColumn("vms", "VMs", isNumber: true),
    TableColumn("vms_powered_on", "On", isNumber: true), TableColumn("cores", "Cores", isNumber: true),
    TableColumn("memory_gib", "GiB", isNumber: true), TableColumn("vcpus", "vCPUs", isNumber: true),
    TableColumn("vm_memory_gib", "VM GiB", isNumber: true),
    TableColumn("memory_granted_ratio", "Memory %", isNumber: true),
    TableColumn("cpu_demand_ratio", "CPU %", isNumber: true),
    TableColumn("free_hosts", "Hosts free", isNumber: true),
    TableColumn("failures_tolerated", "May fail", isNumber: true),
    TableColumn("fit_keeping_failures", "4 GiB VMs left", isNumber: true),
    TableColumn("guest_consumed_tib", "In guests TiB", isNumber: true, isDataOnly: true),
  ]

  static func row(_ cluster: CapacityReport.Cluster) -> [Cell] {
    let (capacity, sums) = (cluster.capacity, cluster.capacity.sums)
    return [
      .text(cluster.source), .text(capacity.cluster), .int(sums.hosts), .int(sums.vms), .int(sums.vmsOn),
      .int(sums.cores.map(Int64.init)), tenths(sums.memoryMiB.map { Double($0) / 1024 }), .int(sums.vcpus),
      tenths(Double(sums.vmMemoryMiB) / 1024), tenths(capacity.memoryGranted.usedRatio.map { $0 * 100 }),
      tenths(capacity.cpuDemand.usedRatio.map { $0 * 100 }), tenths(capacity.memoryGranted.freeHosts),
      .int(capacity.failuresTolerated.map { Int64($0.proved) }), .int(capacity.fits?.first?.keeping.map(Int64.init)),
      tenths(sums.guestConsumedMiB.map { $0 / 1_048_576 }),
    ]
  }

  static let hostColumns = [
    TableColumn("cluster", "Cluster", isDataOnly: true), TableColumn("host", "Host"),
    TableColumn("live", "Can run VMs"), TableColumn("vms_powered_on", "VMs on", isNumber: true),
    TableColumn("cores", "Cores", isNumber: true), TableColumn("cpu_cores_used", "Cores used", isNumber: true),
    TableColumn("usable_memory_gib", "GiB usable", isNumber: true),
    TableColumn("granted_memory_gib", "GiB granted", isNumber: true),
    TableColumn("free_memory_gib", "GiB free", isNumber: true),
  ]

  static func row(_ use: HostUseView, of cluster: String) -> [Cell] {
    [
      .text(cluster), .text(use.host.name), .text(use.host.isLive ? "yes" : "no"), .int(use.vmsOn.map(Int64.init)),
      .int(use.host.cores),
      tenths(use.cpuCores), tenths(use.usableMiB.map { Double($0) / 1024 }),
      tenths(use.grantedMiB.map { Double($0) / 1024 }),
      tenths(use.freeMiB.map { Double($0) / 1024 }),
    ]
  }

  static let fitColumns = [
    TableColumn("cluster", "Cluster", isDataOnly: true), TableColumn("vcpus", "vCPUs", isNumber: true),
    TableColumn("memory_mib", "MiB", isNumber: true), TableColumn("fit", "If no host fails", isNumber: true),
    TableColumn("keep_failures", "Failures kept", isNumber: true),
    TableColumn("fit_keeping_failures", "Fit then", isNumber: true),
    TableColumn("upper_bound", "At most", isNumber: true), TableColumn("verdict", "Verdict"),
    TableColumn("limited_by", "Limited by"),
  ]

  static func row(_ fit: Fit, failures: Int, of cluster: String) -> [Cell] {
    [
      .text(cluster), .int(fit.profile.vcpus), .int(fit.profile.memoryMiB), .int(fit.free), .int(failures),
      .int(fit.keeping.map(Int64.init)), .int(fit.bound.count), .text(fit.verdict.rawValue),
      .text(fit.bound.resource.rawValue),
    ]
  }

  static let retireColumns = [
    TableColumn("cluster", "Cluster", isDataOnly: true), TableColumn("target", "CPU up to"),
    TableColumn("count", "Hosts that could go", isNumber: true), TableColumn("hosts", "Which"),
    TableColumn("sockets", "Sockets", isNumber: true), TableColumn("cores", "Cores", isNumber: true),
    TableColumn("watts", "Watts idle", isNumber: true), TableColumn("rack_units", "Rack units", isNumber: true),
    TableColumn("moves", "VMs to move", isNumber: true), TableColumn("moved_gib", "GiB to move", isNumber: true),
  ]

  static func row(_ retirement: Retirement, in capacity: ClusterCapacity) -> [Cell] {
    let gone = Set(retirement.hosts)
    let hosts = capacity.hosts.map(\.host).filter { gone.contains($0.name) }
    func sum(_ value: (Host) -> Double?) -> Double? {
      let known = hosts.compactMap(value)
      return known.count == hosts.count && !hosts.isEmpty ? known.reduce(0, +) : nil
    }
    return [
      .text(capacity.cluster), .text(CapacityText.percent(retirement.targetRatio)), .int(hosts.count),
      .text(CapacityText.list(retirement.hosts, most: 8)), .int(hosts.reduce(0) { $0 + $1.sockets }),
      .int(hosts.reduce(0) { $0 + $1.cores }), tenths(sum(\.wattsIdle)), tenths(sum(\.rackUnits)),
      .int(retirement.moves.reduce(0) { $0 + $1.vms.count }),
      tenths(Double(retirement.moves.reduce(0) { $0 + $1.memoryMiB }) / 1024),
    ]
  }

  static let datastoreColumns = [
    TableColumn("cluster", "Cluster", isDataOnly: true), TableColumn("datastore", "Datastore"),
    TableColumn("vms", "VMs", isNumber: true), TableColumn("capacity_gib", "GiB", isNumber: true),
    TableColumn("used_gib", "Used", isNumber: true), TableColumn("used_percent", "%", isNumber: true),
    TableColumn("provisioned_gib", "Provisioned", isNumber: true), TableColumn("risk", "Risk"),
  ]

  static func row(_ use: DatastoreUse, of cluster: String) -> [Cell] {
    let ratio = use.usedMiB.flatMap { used in use.capacityMiB.map { used / $0 } }
    return [
      .text(cluster), .text(use.name), .int(use.vms), tenths(use.capacityMiB.map { $0 / 1024 }),
      tenths(use.usedMiB.map { $0 / 1024 }), tenths(ratio.map { $0 * 100 }), tenths(use.provisionedMiB.map { $0 / 1024 }),
      use.isOvercommitted ? .state("may become too full", .unsure) : .text(nil),
    ]
  }

  var all: [Report.Table] {
    func table(_ name: String, _ columns: [TableColumn], _ rows: (ClusterCapacity) -> [[Cell]]) -> Report.Table {
      Report.Table(name: name, columns: columns, rows: clusters.flatMap { rows($0.capacity) })
    }
    return [
      Report.Table(name: "clusters", columns: Self.summary, rows: clusters.map(Self.row)),
      table("hosts", Self.hostColumns) { capacity in capacity.hosts.map { Self.row($0, of: capacity.cluster) } },
      table("fit", Self.fitColumns) { capacity in
        (capacity.fits ?? []).map { Self.row($0, failures: capacity.afterFailures.failures, of: capacity.cluster) }
      }, table("retire", Self.retireColumns) { capacity in (capacity.retirements ?? []).map { Self.row($0, in: capacity) } },
      table("datastores", Self.datastoreColumns) { capacity in
        capacity.datastores.map { Self.row($0, of: capacity.cluster) }
      },
      table(
        "gaps", [TableColumn("cluster", "Cluster"), TableColumn("code", "Code"), TableColumn("text", "Text")]
      ) { capacity in capacity.gaps.map { [.text(capacity.cluster), .text($0.code), .text($0.text)] } },
    ]
  }

  /// With one digit behind the point.
  private static func tenths(_ value: Double?) -> Cell {
    .value(value.map { .double(($0 * 10).rounded() / 10) } ?? .null)
  }
}
