internal import History
internal import Inventory
internal import Ledger
internal import Planning

/// Which hosts could run the VMs of a source, over time: those of a VM's cluster, and of these the ones that its rules,
/// networks, datastores, mapped LUNs and required features allow, where the inventory tells of them.
struct ReachHistory {
  /// How it is known where a VM could have run, the weakest first.
  enum Basis: String, Comparable {
    /// Nothing shows it.
    case unknown
    /// Its host is in no cluster.
    case host
    /// All hosts of its cluster: the inventory does not tell what rules out some.
    case cluster
    /// Rules, networks, datastores, LUNs and features were looked at.
    case rules

    static func < (left: Basis, right: Basis) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .unknown: 0
      case .host: 1
      case .cluster: 2
      case .rules: 3
      }
    }
  }

  /// A stretch of time in which nothing changed but VMs.
  private struct Epoch {
    let from: Instant
    var to: Instant
    let snapshot: ClusterSnapshot
    let members: [ObjectID: [ObjectID]]
    var reach: [ObjectID: HostReach]
  }

  /// What was answered already.
  private struct Asked: Hashable {
    let epoch: Int
    let cluster: ObjectID
    let host: ObjectID?
    let configuration: Int
  }

  /// The settings of hosts and VMs that matter.
  static let hostKeys = ["networks", "features"]
  static let vmKeys = ["needs", "disks"]

  private let hosts: [ResidencyHost]
  private let names: [ObjectID: String]
  private var epochs: [Epoch] = []

  /// - Parameters:
  ///   - hosts: those of the source.
  ///   - clusters: the settings of its clusters.
  init(_ hosts: [ResidencyHost], clusters: [[String: [Span<String>]]], from: Instant, to: Instant) {
    self.hosts = hosts
    names = Dictionary(hosts.map { ($0.summary.id, $0.summary.name) }) { first, _ in first }
    let shared = clusters.map { $0.filter { Self.isShared($0.key) } }
    let changes = Set(hosts.flatMap(\.changes) + shared.flatMap { $0.values.flatMap { $0.flatMap { [$0.from, $0.to] } } })
    for moment in [from] + changes.filter({ from < $0 && $0 <= to }).sorted() { begin(at: moment, shared) }
  }

  private static func isShared(_ key: String) -> Bool {
    ["datastores", "luns", "rules"].contains(key) || key.hasPrefix(ClusterSnapshot.key(ofDatastore: ""))
  }

  private mutating func begin(at moment: Instant, _ clusters: [[String: [Span<String>]]]) {
    var snapshot = ClusterSnapshot()
    snapshot.isComplete = false
    for cluster in clusters {
      let settings = cluster.compactMapValues { span(at: moment, in: $0)?.value }
      // Only cluster files list datastores.
      if settings["datastores"] != nil { snapshot.isComplete = true }
      snapshot.takeShared(settings)
    }
    var members: [ObjectID: [ObjectID]] = [:]
    var descriptions: [ObjectID: [Host]] = [:]
    for host in hosts where host.isThere(at: moment) {
      guard let cluster = span(at: moment, in: host.times.cluster)?.value else { continue }
      members[cluster, default: []].append(host.summary.id)
      var settings: [String: String] = [:]
      for key in Self.hostKeys { settings[key] = host.setting(key, at: moment) }
      descriptions[cluster, default: []].append(Host(name: host.summary.name, cluster: "", settings: settings))
    }
    snapshot.hosts = members.keys.sorted().flatMap { descriptions[$0] ?? [] }
    if let last = epochs.last, last.members == members, last.snapshot == snapshot { return }
    if !epochs.isEmpty { epochs[epochs.count - 1].to = moment }
    epochs.append(
      Epoch(
        from: moment, to: .distantFuture, snapshot: snapshot, members: members,
        reach: descriptions.mapValues { HostReach($0, snapshot) }))
  }

  /// Where a VM could have run during its stays.
  /// - Parameter settings: those of the VM.
  mutating func hosts(
    of vm: ObjectSummary, during stays: [RunStay], settings: [String: [Span<String>]]
  ) -> (hosts: Set<ObjectID>, basis: Basis) {
    var (found, basis, asked) = (Set<ObjectID>(), Basis.rules, Set<Asked>())
    let cuts = Set(Self.vmKeys.flatMap { (settings[$0] ?? []).flatMap { [$0.from, $0.to] } }).sorted()
    for stay in stays {
      // Where it was, it could be.
      if let host = stay.host { found.insert(host) }
      guard let cluster = stay.cluster else {
        basis = min(basis, stay.host == nil ? .unknown : .host)
        continue
      }
      for number in epochs.indices where epochs[number].from <= stay.last && epochs[number].to > stay.from {
        guard let members = epochs[number].members[cluster] else {
          if stay.host == nil { basis = .unknown }
          continue
        }
        guard epochs[number].snapshot.isComplete else {
          basis = min(basis, .cluster)
          found.formUnion(members)
          continue
        }
        let first = max(stay.from, epochs[number].from)
        let inside = cuts.filter { first < $0 && $0 <= stay.last && $0 < epochs[number].to }
        for moment in [first] + inside {
          let configuration = cuts.count { $0 <= moment }
          let question = Asked(epoch: number, cluster: cluster, host: stay.host, configuration: configuration)
          guard asked.insert(question).inserted else { continue }
          var described = VirtualMachine(
            name: vm.name, host: stay.host.flatMap { names[$0] } ?? "", memoryMiB: 0, vcpus: 0)
          described.take(settings.compactMapValues { span(at: moment, in: $0)?.value })
          let allowed = epochs[number].reach[cluster]?.allowed(described)
          found.formUnion(zip(members, allowed ?? members.map { _ in true }).filter(\.1).map(\.0))
        }
      }
    }
    return (found, stays.isEmpty ? .unknown : basis)
  }
}
