package import Inventory
package import Planning

/// How much is left, in all clusters: the answer in words first, a row for each cluster, then each in detail.
package struct CapacityReport {
  /// A cluster of a source, and when that source was last heard of.
  package struct Cluster: Sendable {
    package var source: String
    package var capacity: ClusterCapacity
    package var lastEvidence: Instant?
    /// How it came to be so; nil where it is not looked at.
    package var course: CapacityCourse?

    package init(source: String, capacity: ClusterCapacity, lastEvidence: Instant?, course: CapacityCourse? = nil) {
      (self.source, self.capacity, self.lastEvidence, self.course) = (source, capacity, lastEvidence, course)
    }
  }

  private let clusters: [Cluster]
  private let outside: [ClusterCapacity.Gap]
  private let now: Instant
  private let command: String

  /// - Parameters:
  ///   - outside: what belongs to no cluster.
  ///   - now: what the age of the data is told from.
  ///   - command: what made it, as a person would type it again.
  package init(_ clusters: [Cluster], outside: [ClusterCapacity.Gap], now: Instant, command: String) {
    (self.clusters, self.outside, self.now, self.command) = (clusters, outside, now, command)
  }

  /// - Parameter moment: of which it is.
  package func report(at moment: Instant) -> Report {
    var report = Report(schema: "yadokari.capacity/1", at: moment, itemsKey: "clusters")
    report.items = clusters.map { cluster in
      guard case .object(let members) = CapacityJSON(source: cluster.source, capacity: cluster.capacity).value else {
        return .null
      }
      return .object(members + (cluster.course?.members ?? CapacityCourse.none))
    }
    let gaps = clusters.flatMap { cluster in cluster.capacity.gaps.map { (cluster, $0) } }
    report.extra = [
      .init(
        "gaps",
        .array(
          gaps.map { CapacityText.json($1, of: $0.capacity.cluster) } + outside.map { CapacityText.json($0, of: nil) })
      ), .init("command", .string(command)),
    ]
    report.hasSectionForEachAnswer = false
    report.answer =
      clusters.flatMap { cluster in
        CapacityWords(cluster.capacity, source: isShared(cluster) ? cluster.source : nil).answer
      } + [age].compactMap(\.self)
    if clusters.isEmpty { report.answer = ["No cluster is known at that time."] }
    report.sections =
      clusters.isEmpty
      ? [] : [summary] + clusters.flatMap { cluster in CapacitySections(cluster, isNameShared: isShared(cluster)).sections }
    report.tables = CapacityTables(clusters).all
    (report.flatColumns, report.flatRows) = (CapacityTables.summary, clusters.map(CapacityTables.row))
    report.evidence = clusters.map { cluster in
      (
        "Cluster \(cluster.capacity.cluster)",
        "source \(cluster.source), last heard of \(cluster.lastEvidence?.description ?? "never")"
      )
    }
    return report
  }

  private func isShared(_ cluster: Cluster) -> Bool {
    clusters.contains { $0.capacity.cluster == cluster.capacity.cluster && $0.source != cluster.source }
  }

  /// How old the newest data is, where that is a day or more.
  private var age: String? {
    guard let last = clusters.compactMap(\.lastEvidence).max() else { return nil }
    let days = Int(now.seconds(since: last) / 86_400)
    return days >= 1 ? "The newest data is \(counted(days, "day")) old." : nil
  }

  private var summary: Report.Section {
    var section = Report.Section(heading: clusters.count == 1 ? "The cluster" : "All clusters")
    (section.columns, section.rows) = (CapacityTables.summary, clusters.map(CapacityTables.row))
    section.notes = outside.map { "\($0.code): \($0.text)" }
    return section
  }
}
