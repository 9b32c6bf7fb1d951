internal import History
internal import Inventory
internal import Ledger

/// A host on which VMs ran or could have run.
struct ResidencyHost {
  let summary: ObjectSummary
  let times: HostTimes
  /// Since when some record tells of it.
  private let knownSince: Instant
  private let absences: [Range<Instant>]
  private let settings: [String: [Span<String>]]

  /// No processor has more cores, no machine more sockets.
  private static let largest: Int64 = 1 << 24

  /// - Parameter absences: when inventories that list everything did not list it.
  init(_ summary: ObjectSummary, absences: [Range<Instant>], _ reader: borrowing LedgerReader) throws {
    (self.summary, self.absences) = (summary, absences)
    let id = summary.id
    times = HostTimes(cluster: try reader.clusterMembership(of: id))
    knownSince = try reader.firstKnown(host: id) ?? .distantFuture
    settings = try reader.settings(of: id)
  }

  /// Whether it was among the hosts at a moment.
  func isThere(at moment: Instant) -> Bool { knownSince <= moment && !absences.contains { $0.contains(moment) } }

  /// The largest size that it is known to have had between two moments, both included.
  func size(from: Instant, to: Instant) -> HostSize {
    func largest(_ key: String) -> Int64? {
      (settings[key] ?? []).filter { $0.from <= to && $0.to > from }
        .compactMap { $0.value.flatMap { Int64($0) } }.filter { (1...Self.largest).contains($0) }.max()
    }
    return HostSize(sockets: largest("sockets"), cores: largest("cores"))
  }

  /// What a setting was at a moment.
  func setting(_ key: String, at moment: Instant) -> String? { settings[key].flatMap { span(at: moment, in: $0)?.value } }

  /// Maker and model of the machine, as far as they are known at a moment.
  func model(at moment: Instant) -> String? {
    let words = ["vendor", "model"].compactMap { setting($0, at: moment) }
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  /// Every moment at which it comes, changes its cluster, or what it offers VMs changes.
  var changes: [Instant] {
    [knownSince] + absences.flatMap { [$0.lowerBound, $0.upperBound] } + times.cluster.map(\.from)
      + ReachHistory.hostKeys.flatMap { (settings[$0] ?? []).flatMap { [$0.from, $0.to] } }
  }
}
