internal import ArgumentParser
internal import Inventory
internal import Ledger
internal import Planning

/// Which clusters: on the commands about capacity.
struct ClusterOptions: ParsableArguments {
  /// A cluster in the inventory of its source at one moment.
  struct Found: Sendable {
    let source: String
    let name: String
    var snapshot: ClusterSnapshot
  }

  @Option(help: "Only this cluster.")
  var cluster: String?

  @Option(help: "Only clusters of this source.")
  var source: String?

  func validate() throws { try refuseBlank(("--cluster", cluster), ("--source", source)) }

  /// - Throws: `notFound` for a cluster or source that is not there.
  func find(_ reader: borrowing LedgerReader, at moment: Instant) throws -> [Found] {
    if let source { try reader.checkSource(source) }
    var found: [Found] = []
    for name in try source.map({ [$0] }) ?? reader.sourceNames() {
      let snapshot = try reader.snapshot(of: name, at: moment)
      found += snapshot.clusters.map { Found(source: name, name: $0.name, snapshot: snapshot) }
    }
    guard let cluster else { return found }
    let named = found.filter { $0.name == cluster }
    guard named.isEmpty else { return named }
    let names = found.map(\.name)
    throw YadokariError(
      .notFound,
      "there is no cluster \(cluster) at \(moment)" + (names.isEmpty ? "" : "; there are \(names.joined(separator: ", "))"))
  }
}
