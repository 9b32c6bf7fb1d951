package import Inventory
package import Planning

/// How much is left, in all clusters and on all hosts in none: the answer in words first, a row for each, then each in
/// detail.
package struct CapacityReport {
  /// A cluster of a source, or a host in none, and when that source was last heard of.
  package struct Cluster: Sendable {
    /// The cluster or host.
    package var pool: PoolIdentity
    /// Its capacity at the moment of the report.
    package var capacity: ClusterCapacity
    /// When the source was last heard of; nil where it never was.
    package var lastEvidence: Instant?
    /// How it came to be so; nil where it is not looked at.
    package var course: CapacityCourse?

    /// A pool with what was found of it.
    package init(_ pool: PoolIdentity, capacity: ClusterCapacity, lastEvidence: Instant?, course: CapacityCourse? = nil) {
      (self.pool, self.capacity, self.lastEvidence, self.course) = (pool, capacity, lastEvidence, course)
    }

    var source: String { pool.source }
  }

  private let clusters: [Cluster]
  private let outside: [(source: String, gap: ClusterCapacity.Gap)]
  private let now: Instant
  private let command: String

  /// - Parameters:
  ///   - outside: what is in no pool, and what else concerns none, each of a source.
  ///   - now: what the age of the data is told from.
  ///   - command: what made it, as a person would type it again.
  package init(
    _ clusters: [Cluster], outside: [(source: String, gap: ClusterCapacity.Gap)], now: Instant, command: String
  ) {
    (self.clusters, self.outside, self.now, self.command) = (clusters, outside, now, command)
  }

  /// - Parameter moment: of which it is.
  package func report(at moment: Instant) -> Report {
    var report = Report(schema: "yadokari.capacity/1", at: moment, itemsKey: "clusters")
    report.items = clusters.map { cluster in
      guard case .object(let members) = CapacityJSON(pool: cluster.pool, capacity: cluster.capacity).value else {
        return .null
      }
      return .object(members + (cluster.course?.members ?? CapacityCourse.none))
    }
    let gaps = clusters.flatMap { cluster in cluster.capacity.gaps.map { (cluster, $0) } }
    report.extra = [
      .init(
        "gaps",
        .array(
          gaps.map { CapacityText.json($1, of: $0.pool) } + outside.map { CapacityText.json($0.gap, of: nil) })
      ), .init("command", .string(command)),
    ]
    report.hasSectionForEachAnswer = false
    report.answer =
      clusters.flatMap { cluster in
        CapacityWords(cluster.capacity, name: name(of: cluster)).answer
      } + [age].compactMap(\.self)
    if clusters.isEmpty {
      report.answer = ["No cluster is known at that time."] + outside.map { "\($0.gap.code): \($0.gap.text)." }
    }
    report.sections =
      clusters.isEmpty
      ? [] : [summary] + clusters.flatMap { cluster in CapacitySections(cluster, name: name(of: cluster)).sections }
    report.tables = CapacityTables(clusters, outside: outside).all
    (report.flatColumns, report.flatRows) = (CapacityTables.summary(hasHosts: hasHosts), clusters.map(CapacityTables.row))
    report.evidence = clusters.map { cluster in
      (
        cluster.pool.scope.cluster.map { "Cluster \($0)" } ?? "Host \(cluster.pool.scope.host ?? "")",
        "source \(cluster.source), last heard of \(cluster.lastEvidence?.description ?? "never")"
      )
    }
    return report
  }

  private func name(of cluster: Cluster) -> String { cluster.pool.label(among: clusters.map(\.pool)) }

  private var hasHosts: Bool { clusters.contains { $0.pool.scope.host != nil } }

  /// How old the newest data is, where that is a day or more.
  private var age: String? {
    guard let last = clusters.compactMap(\.lastEvidence).max() else { return nil }
    let days = Int(now.seconds(since: last) / 86_400)
    return days >= 1 ? "The newest data is \(counted(days, "day")) old." : nil
  }

  private var summary: Report.Section {
    let one = hasHosts ? "The host" : "The cluster"
    let all = hasHosts ? "All clusters and hosts in none" : "All clusters"
    var section = Report.Section(heading: clusters.count == 1 ? one : all)
    (section.columns, section.rows) = (CapacityTables.summary(hasHosts: hasHosts), clusters.map(CapacityTables.row))
    section.notes = outside.map { "\($0.gap.code): \($0.gap.text)" }
    return section
  }
}
