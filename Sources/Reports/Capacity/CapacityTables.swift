internal import Inventory
internal import Planning

/// The capacity of pools as tables of values.
struct CapacityTables {
  private let clusters: [CapacityReport.Cluster]
  private let outside: [(source: String, gap: ClusterCapacity.Gap)]

  /// - Parameter outside: what is in no pool, and what else concerns none.
  init(_ clusters: [CapacityReport.Cluster], outside: [(source: String, gap: ClusterCapacity.Gap)]) {
    (self.clusters, self.outside) = (clusters, outside)
  }

  /// - Parameter hasHosts: whether some pools are hosts in no cluster.
  static func summary(hasHosts: Bool) -> [TableColumn] {
    PoolIdentity.columns(isShown: true, hasHosts: hasHosts) + summaryValues
  }

  private static let summaryValues = [
    TableColumn("hosts", "Hosts", isNumber: true), TableColumn("vms", "VMs", isNumber: true),
    TableColumn("vms_powered_on", "On", isNumber: true), TableColumn("cores", "Cores", isNumber: true),
    TableColumn("memory_gib", "Memory", isNumber: true), TableColumn("vcpus", "vCPUs", isNumber: true),
    TableColumn("vm_memory_gib", "VM memory", isNumber: true),
    TableColumn("memory_granted_percent", "Memory granted", isNumber: true),
    TableColumn("cpu_demand_percent", "CPU used", isNumber: true),
    TableColumn("free_hosts", "Free (hosts)", isNumber: true),
    TableColumn("failures_tolerated", "Failures tolerated", isNumber: true),
    TableColumn("fit_keeping_failures", "Room for 4 GiB VMs", isNumber: true),
    TableColumn("guest_consumed_tib", "In guests", isNumber: true, isDataOnly: true),
  ]

  static func row(_ cluster: CapacityReport.Cluster) -> [Cell] {
    let (capacity, sums) = (cluster.capacity, cluster.capacity.sums)
    return cluster.pool.cells + [
      .int(sums.hosts), .int(sums.vms), .int(sums.vmsOn),
      .int(sums.cores.map(Int64.init)), tenths(sums.memoryMiB.map { Double($0) / 1024 }), .int(sums.vcpus),
      tenths(Double(sums.vmMemoryMiB) / 1024), tenths(capacity.memoryGranted.usedRatio.map { $0 * 100 }),
      tenths(capacity.cpuDemand.usedRatio.map { $0 * 100 }), tenths(capacity.memoryGranted.freeHosts),
      .int(capacity.failuresTolerated.map { Int64($0.proved) }), .int(capacity.fits?.first?.keeping.map(Int64.init)),
      tenths(sums.guestConsumedMiB.map { $0 / 1_048_576 }),
    ]
  }

  static let hostColumns =
    PoolIdentity.columnsBesideHost + [
      TableColumn("host", "Host"),
      TableColumn("live", "Can run VMs"), TableColumn("vms_powered_on", "VMs on", isNumber: true),
      TableColumn("cores", "Cores", isNumber: true), TableColumn("cpu_cores_used", "Cores used", isNumber: true),
      TableColumn("usable_memory_gib", "Memory usable", isNumber: true),
      TableColumn("granted_memory_gib", "Granted", isNumber: true),
      TableColumn("free_memory_gib", "Free", isNumber: true),
    ]

  static func row(_ use: HostUseView, of cluster: CapacityReport.Cluster) -> [Cell] {
    [
      .text(cluster.source), .text(cluster.pool.scope.cluster), .text(use.host.name), .text(use.host.isLive ? "yes" : "no"),
      .int(use.vmsOn.map(Int64.init)),
      .int(use.host.cores > 0 ? Int64(use.host.cores) : nil),
      tenths(use.cpuCores), tenths(use.usableMiB.map { Double($0) / 1024 }),
      tenths(use.grantedMiB.map { Double($0) / 1024 }),
      tenths(use.freeMiB.map { Double($0) / 1024 }),
    ]
  }

  static let fitColumns =
    PoolIdentity.columns(isShown: false) + [
      TableColumn("vcpus", "vCPUs", isNumber: true),
      TableColumn("memory_mib", "Memory", isNumber: true), TableColumn("fit", "Fits", isNumber: true),
      TableColumn("keep_failures", "Failures tolerated", isNumber: true),
      TableColumn("fit_keeping_failures", "Fits with failures", isNumber: true),
      TableColumn("upper_bound", "Upper bound", isNumber: true), TableColumn("verdict", "Verdict"),
      TableColumn("limited_by", "Limited by"),
    ]

  static func row(_ fit: Fit, of cluster: CapacityReport.Cluster) -> [Cell] {
    let failures = cluster.capacity.afterFailures.failures
    return cluster.pool.cells + [
      .int(fit.profile.vcpus), .int(fit.profile.memoryMiB),
      .int(fit.free), .int(failures),
      .int(fit.keeping.map(Int64.init)), .int(fit.bound.count), .text(fit.verdict.rawValue),
      .text(fit.bound.resource.rawValue),
    ]
  }

  static let retireColumns =
    PoolIdentity.columns(isShown: false) + [
      TableColumn("target_percent", "CPU up to", isNumber: true),
      TableColumn("count", "Retirable hosts", isNumber: true), TableColumn("hosts", "Hosts"),
      TableColumn("sockets", "Sockets", isNumber: true), TableColumn("cores", "Cores", isNumber: true),
      TableColumn("watts", "Watts idle", isNumber: true), TableColumn("rack_units", "Rack units", isNumber: true),
      TableColumn("moves", "VMs to move", isNumber: true), TableColumn("moved_gib", "Memory to move", isNumber: true),
    ]

  static func row(_ retirement: Retirement, of cluster: CapacityReport.Cluster) -> [Cell] {
    let capacity = cluster.capacity
    let gone = Set(retirement.hosts)
    let hosts = capacity.hosts.map(\.host).filter { gone.contains($0.name) }
    func sum(_ value: (Host) -> Double?) -> Double? {
      let known = hosts.compactMap(value)
      return known.count == hosts.count && !hosts.isEmpty ? known.reduce(0, +) : nil
    }
    return cluster.pool.cells + [
      tenths(retirement.targetRatio * 100), .int(hosts.count),
      .text(CapacityText.list(retirement.hosts, most: 8)), .int(CapacitySums.sum(of: hosts, \.sockets).map(Int64.init)),
      .int(CapacitySums.sum(of: hosts, \.cores).map(Int64.init)), tenths(sum(\.wattsIdle)), tenths(sum(\.rackUnits)),
      .int(retirement.moves.reduce(0) { $0 + $1.vms.count }),
      tenths(Double(retirement.moves.reduce(0) { $0 + $1.memoryMiB }) / 1024),
    ]
  }

  static let datastoreColumns =
    PoolIdentity.columns(isShown: false) + [
      TableColumn("datastore", "Datastore"),
      TableColumn("vms", "VMs", isNumber: true), TableColumn("capacity_gib", "Size", isNumber: true),
      TableColumn("used_gib", "Used", isNumber: true), TableColumn("used_percent", "Full", isNumber: true),
      TableColumn("provisioned_gib", "Provisioned", isNumber: true), TableColumn("risk", "Risk"),
    ]

  static func row(_ use: DatastoreUse, of cluster: CapacityReport.Cluster) -> [Cell] {
    let ratio = use.usedMiB.flatMap { used in use.capacityMiB.map { used / $0 } }
    return cluster.pool.cells + [
      .text(use.name), .int(use.vms),
      tenths(use.capacityMiB.map { $0 / 1024 }),
      tenths(use.usedMiB.map { $0 / 1024 }), tenths(ratio.map { $0 * 100 }), tenths(use.provisionedMiB.map { $0 / 1024 }),
      use.isOvercommitted ? .state("may become too full", .unsure) : .text(nil),
    ]
  }

  static let trendColumns =
    PoolIdentity.columns(isShown: false) + [
      TableColumn("resource", "Resource"), TableColumn("used", "Used", isNumber: true),
      TableColumn("capacity", "Of", isNumber: true), TableColumn("unit", "Unit"),
      TableColumn("mean", "Mean", isNumber: true),
      TableColumn("p95", "95%", isNumber: true), TableColumn("peak", "Peak", isNumber: true),
      TableColumn("trend", "Forecast"),
    ]

  static func row(_ trend: Trend, of cluster: CapacityReport.Cluster) -> [Cell] {
    cluster.pool.cells + [
      .text(trend.resource.replacing("_", with: " ")),
      tenths(trend.points.last?.used), tenths(trend.capacity), .text(trend.unit), tenths(trend.mean),
      tenths(trend.percentile95), tenths(trend.peak), .text(CapacityCourse.words(trend)),
    ]
  }

  static let licenceColumns =
    PoolIdentity.columns(isShown: false) + [
      TableColumn("rules", "Rules"), TableColumn("vms", "VMs", isNumber: true), TableColumn("hosts", "Hosts"),
      TableColumn("sockets", "Sockets", isNumber: true), TableColumn("cores", "Cores", isNumber: true),
      TableColumn("own_memory_percent", "Own memory", isNumber: true),
      TableColumn("failures_tolerated", "Failures tolerated", isNumber: true),
      TableColumn("rest_memory_percent", "Memory of the rest", isNumber: true),
    ]

  static func row(_ scope: LicenceScope, of cluster: CapacityReport.Cluster) -> [Cell] {
    cluster.pool.cells + [
      .text(scope.rules.joined(separator: ", ")),
      .int(scope.vms.count), .text(scope.hosts.joined(separator: ", ")), .int(scope.sockets.map(Int64.init)),
      .int(scope.cores.map(Int64.init)),
      tenths(scope.ownMemory.usedRatio.map { $0 * 100 }), .int(scope.failuresTolerated),
      tenths(scope.restMemory.usedRatio.map { $0 * 100 }),
    ]
  }

  var all: [Report.Table] {
    func table(_ name: String, _ columns: [TableColumn], _ rows: (CapacityReport.Cluster) -> [[Cell]]) -> Report.Table {
      Report.Table(name: name, columns: columns, rows: clusters.flatMap(rows))
    }
    return [
      table("clusters", Self.summary(hasHosts: true)) { [Self.row($0)] },
      table("hosts", Self.hostColumns) { cluster in cluster.capacity.hosts.map { Self.row($0, of: cluster) } },
      table("fit", Self.fitColumns) { cluster in (cluster.capacity.fits ?? []).map { Self.row($0, of: cluster) } },
      table("retire", Self.retireColumns) { cluster in
        (cluster.capacity.retirements ?? []).map { Self.row($0, of: cluster) }
      },
      table("datastores", Self.datastoreColumns) { cluster in
        cluster.capacity.datastores.map { Self.row($0, of: cluster) }
      },
      table("licences", Self.licenceColumns) { cluster in cluster.capacity.licences.map { Self.row($0, of: cluster) } },
      table("trend", Self.trendColumns) { cluster in (cluster.course?.trends ?? []).map { Self.row($0, of: cluster) } },
      gaps,
    ]
  }

  private var gaps: Report.Table {
    let columns =
      PoolIdentity.columns(isShown: true, hasHosts: true) + [TableColumn("code", "Code"), TableColumn("text", "Text")]
    func words(_ gap: ClusterCapacity.Gap) -> [Cell] { [.text(gap.code), .text(gap.text)] }
    let own = clusters.flatMap { cluster in cluster.capacity.gaps.map { cluster.pool.cells + words($0) } }
    let others = outside.map { [.text($0.source), .text(nil), .text(nil), .text(nil)] + words($0.gap) }
    return Report.Table(name: "gaps", columns: columns, rows: own + others)
  }

  /// With one digit behind the point.
  private static func tenths(_ value: Double?) -> Cell {
    .value(value.map { .double(($0 * 10).rounded() / 10) } ?? .null)
  }
}
