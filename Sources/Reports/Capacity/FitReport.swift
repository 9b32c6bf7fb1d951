package import Inventory
package import Planning

/// How many more VMs of a size fit into clusters, and on hosts in none.
package struct FitReport {
  /// A cluster, or a host in none, and what was found of it.
  package struct Cluster: Sendable {
    /// The cluster or host.
    package var pool: PoolIdentity
    /// Nil where the inventory does not list the hosts on which VMs run.
    package var fit: Fit?
    /// Whether the failures that are provided for are not all sets of hosts, since they are too many.
    package var isSampled = false
    /// Why nothing can be said.
    package var gap: ClusterCapacity.Gap?

    /// A pool for which no number is known yet; `gap` is why, where nothing can be said.
    package init(_ pool: PoolIdentity, gap: ClusterCapacity.Gap?) { (self.pool, self.gap) = (pool, gap) }

    var name: String { pool.label }
  }

  /// - Parameters:
  ///   - clusters: what was found of each.
  ///   - outside: what is in no pool, and what else concerns none.
  ///   - failures: how many are kept.
  package static func report(
    _ clusters: [Cluster], outside: [ClusterCapacity.Gap], profile: VMProfile, keepFailures failures: Int, at moment: Instant
  ) -> Report {
    var report = Report(schema: "yadokari.capacity-fit/1", at: moment, itemsKey: "clusters")
    report.items = clusters.map { json($0, profile, failures) }
    report.extra = [
      .init(
        "gaps",
        .array(
          clusters.compactMap { cluster in cluster.gap.map { CapacityText.json($0, of: cluster.pool) } }
            + outside.map { CapacityText.json($0, of: nil) }))
    ]
    report.answer = clusters.map { sentence($0, profile, failures) }
    if clusters.isEmpty {
      report.answer = ["No cluster is known at that time."] + outside.map { "\($0.code): \($0.text)." }
    }
    report.hasSectionForEachAnswer = false
    let columns =
      PoolIdentity.columns(isShown: true, hasHosts: clusters.contains { $0.pool.scope.host != nil }) + values
    report.flatColumns = columns
    report.flatRows = clusters.map { cells($0, profile, failures) }
    guard !clusters.isEmpty else { return report }
    var section = Report.Section(heading: "VMs of \(size(profile)) that fit")
    (section.columns, section.rows) = (columns, report.flatRows)
    section.notes = clusters.flatMap { cluster in
      remarks(cluster, failures) + [cluster.gap].compactMap(\.self).map { "\($0.code): \($0.text)" }
    }
    section.notes += outside.map { "\($0.code): \($0.text)" }
    report.sections = [section]
    return report
  }

  /// `2 vCPUs and 4 GiB`
  package static func size(_ profile: VMProfile) -> String {
    "\(counted(profile.vcpus, "vCPU")) and \(CapacityText.exactly(profile.memoryMiB))"
  }

  private static func sentence(_ cluster: Cluster, _ profile: VMProfile, _ failures: Int) -> String {
    guard let fit = cluster.fit else { return "\(cluster.name): what fits is not known (\(cluster.gap?.code ?? ""))." }
    let free = "\(cluster.name): \(fit.free) VMs of \(size(profile)) fit"
    guard let keeping = fit.keeping else {
      let hosts = fit.obstacle?.hosts ?? []
      let what = hosts.isEmpty ? "it holds more than it has" : "the failure of \(hosts.joined(separator: ", "))"
      let verdict = fit.verdict == .impossible ? "is not survived" : "finds no way to be survived"
      return free + " while no host fails, but \(hosts.isEmpty ? what : "\(what) \(verdict)") as it is."
    }
    guard failures > 0 else { return free + " while no host fails." }
    let any = failures == 1 ? "any one host" : "any \(failures) hosts"
    let bound = keeping == fit.bound.count ? "no more can" : "at most \(fit.bound.count) can"
    return free + "; \(keeping) so that \(any) may fail: proved by packing (\(bound))."
  }

  private static func remarks(_ cluster: Cluster, _ failures: Int) -> [String] {
    guard let fit = cluster.fit else { return [] }
    let obstacle = fit.obstacle.map { obstacle in
      "\(cluster.name): "
        + (obstacle.unplaced.isEmpty || obstacle.hosts.isEmpty
          ? ""
          : "if \(obstacle.hosts.joined(separator: ", ")) failed, \(CapacityText.list(obstacle.unplaced)) would find "
            + "no place: ")
        + "\(obstacle.argument)\(CapacityText.short(obstacle))"
    }
    let sampled =
      cluster.isSampled
      ? "\(cluster.name): there are more than \(FailureSets.most) sets of \(failures) hosts; only the largest were let fail"
      : nil
    return [obstacle, sampled].compactMap(\.self)
  }

  private static let values = [
    TableColumn("keep_failures", "Failures tolerated", isNumber: true), TableColumn("vcpus", "vCPUs", isNumber: true),
    TableColumn("memory_mib", "Memory", isNumber: true), TableColumn("fit", "Fits", isNumber: true),
    TableColumn("fit_keeping_failures", "Fits with failures", isNumber: true),
    TableColumn("upper_bound", "Upper bound", isNumber: true), TableColumn("limited_by", "Limited by"),
    TableColumn("verdict", "Verdict"), TableColumn("bound_by", "Bound because", isDataOnly: true, isOnPages: true),
  ]

  private static func cells(_ cluster: Cluster, _ profile: VMProfile, _ failures: Int) -> [Cell] {
    let fit = cluster.fit
    return cluster.pool.cells + [
      .int(failures), .int(profile.vcpus), .int(profile.memoryMiB),
      .int(fit.map { Int64($0.free) }), .int(fit?.keeping.map(Int64.init)), .int(fit.map { Int64($0.bound.count) }),
      .text(fit?.bound.resource.rawValue), .text(fit?.verdict.rawValue), .text(fit?.bound.argument),
    ]
  }

  private static func json(_ cluster: Cluster, _ profile: VMProfile, _ failures: Int) -> JSONValue {
    let cells = cells(cluster, profile, failures).dropFirst(cluster.pool.cells.count)
    let fit = JSONValue.object(zip(values, cells).dropFirst().map { JSONValue.Member($0.key, $1.json) })
    return .object(
      cluster.pool.members + [
        .init("keep_failures", .int(Int64(failures))),
        .init("sampled", .bool(cluster.isSampled)), .init("fit", cluster.fit == nil ? .null : .array([fit])),
        .init("obstacle", cluster.fit?.obstacle.map { CapacityText.json($0) } ?? .null),
      ])
  }
}
