package import Inventory
package import Ledger
package import Planning

/// Reads how the capacity of clusters changed.
package struct CapacityCourseReader {
  /// As many moments are looked at, the last ones.
  private static let mostPoints = 24

  private let source: String
  private let moment: Instant
  private let before: (at: Instant, snapshot: ClusterSnapshot)?
  private let uses: [[ObjectID: ClusterUse]]

  /// - Parameter since: the moment with which the cluster is compared; nil for the inventory before the last.
  package init(_ reader: borrowing LedgerReader, of source: String, since: Instant?, at moment: Instant) throws {
    (self.source, self.moment) = (source, moment)
    let taken = Set(try reader.evidence(of: source).snapshots.map(\.at)).filter { $0 <= moment }.sorted()
    if let earlier = since ?? taken.dropLast().last, let first = taken.first, earlier >= first {
      before = (earlier, try reader.snapshot(of: source, at: earlier))
    } else {
      before = nil
    }
    uses = try taken.suffix(Self.mostPoints).map { try reader.clusterUse(of: source, at: $0) }
  }

  /// - Parameters:
  ///   - object: the cluster or host.
  ///   - snapshot: the inventory as it is at the moment of the report.
  package func course(of scope: PoolScope, _ object: ObjectID, in snapshot: ClusterSnapshot) -> CapacityCourse {
    let points = uses.compactMap { $0[object] }
    let last = points.last
    var trends = [
      Trend(
        "memory_granted", unit: "GiB", capacity: Double(last?.usableMiB ?? 0) / 1024,
        points: points.map { Trend.Point(at: $0.at, used: Double($0.grantedMiB) / 1024) })
    ]
    let measured = points.filter { $0.coresUsed != nil }
    if !measured.isEmpty {
      trends.append(
        Trend(
          "cpu_demand", unit: "cores", capacity: Double(last?.cores ?? 0),
          points: measured.map { Trend.Point(at: $0.at, used: $0.coresUsed ?? 0) }))
    }
    let change = before.map { CapacityChange(of: scope, from: $0.snapshot, at: $0.at, to: snapshot) }
    return CapacityCourse(change: change, trends: trends)
  }
}
