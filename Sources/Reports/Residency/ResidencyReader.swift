internal import History
internal import Inventory
internal import Ledger

/// Reads where VMs ran: the spans of each VM once, those of each host once, and no snapshot of a cluster.
struct ResidencyReader {
  private let question: ResidencyQuestion
  private var residency: Residency
  /// Where the evidence of each source begins.
  private var begins: [String: Instant] = [:]
  /// By source, each read when its first VM asks.
  private var reaches: [String: ReachHistory] = [:]
  private var inventories: [String: WholeInventories] = [:]
  private var stayCount = 0

  /// How many stays are held at most.
  private static let limit = 1_000_000

  /// - Parameter moment: what happened later is not known yet.
  static func read(
    _ reader: borrowing LedgerReader, _ question: ResidencyQuestion, at moment: Instant
  ) throws -> Residency {
    var read = try ResidencyReader(reader, question, at: moment)
    try read.load(reader)
    return read.residency
  }

  private init(_ reader: borrowing LedgerReader, _ question: ResidencyQuestion, at moment: Instant) throws {
    if let source = question.source { try reader.checkSource(source) }
    self.question = question
    let until = min(question.until, moment)
    for source in try reader.sourceNames() where question.source == nil || source == question.source {
      begins[source] = try reader.evidence(of: source).firstAt ?? reader.firstRecord()
    }
    // Before the evidence nothing is known, not even who was where.
    let first = begins.values.min() ?? until
    residency = Residency(
      since: min(max(question.since, first), until), until: until, head: try reader.chainHead(),
      coresPerSocket: question.coresPerSocket)
  }

  private mutating func load(_ reader: borrowing LedgerReader) throws {
    let until = residency.until
    let vms =
      try question.vm.map { [try reader.summary(of: $0, at: until)] } ?? reader.summaries(of: .vm, at: until)
    var fits = 0
    for vm in vms.sorted(by: { ($0.name, $0.source, $0.id) < ($1.name, $1.source, $1.id) }) {
      guard let begin = begins[vm.source], question.pattern?.fits(vm.name) ?? true else { continue }
      fits += 1
      guard max(question.since, begin) <= until else { continue }
      try add(vm, from: max(question.since, begin), reader)
    }
    if question.pattern != nil, fits == 0 {
      throw YadokariError(.notFound, "no VM has a name that fits the pattern; see \"yadokari vm list\"")
    }
    residency.gaps = try ResidencyGaps.gaps(residency, question, sources: begins, reader)
    if question.isRunOnly {
      for index in residency.vms.indices { residency.vms[index].stays.removeAll { $0.isRunning != true } }
      residency.vms.removeAll(where: \.stays.isEmpty)
    }
    for index in residency.vms.indices { try addReach(toVM: index, reader) }
    residency.measure()
    residency.gaps += ResidencyGaps.gaps(ofSizes: residency)
  }

  private mutating func add(_ vm: ObjectSummary, from: Instant, _ reader: borrowing LedgerReader) throws {
    let until = residency.until
    let places = try reader.residency(of: vm.id, from: from, to: until)
    let power = try reader.power(of: vm.id, from: from, to: until)
    var times = VMTimes(
      residency: places, power: power, cluster: try reader.clusterMembership(of: vm.id, from: from, to: until),
      absences: try inventories(of: vm.source, reader).absences(of: vm.id, .vm, reader))
    var named = Set(places.compactMap(\.value))
    let unknown =
      places.filter { $0.value == nil }.map { $0.from..<$0.to } + power.filter { $0.value == nil }.map { $0.from..<$0.to }
    let moments = unknown.isEmpty ? [] : try reader.sightings(of: vm.id, from: from, to: until)
    for moment in moments where unknown.contains(where: { $0.contains(moment) }) {
      guard let seen = try SightedVM(vm.id, at: moment, reader) else { continue }
      times.addSighting(of: seen.hostID, seen.power, at: moment)
      if let host = seen.hostID { named.insert(host) }
    }
    var hosts: [ObjectID: HostTimes] = [:]
    for host in named {
      try addHost(host, reader)
      hosts[host] = residency.hosts[host]?.times
    }
    var stays = times.stays(from: from, to: until, hosts: hosts)
    if let hosts = question.hosts { stays.removeAll { stay in !(stay.host.map(hosts.contains) ?? false) } }
    if let cluster = question.cluster { stays.removeAll { $0.cluster != cluster } }
    guard !stays.isEmpty else { return }
    for cluster in Set(stays.compactMap(\.cluster)) where residency.clusters[cluster] == nil {
      residency.clusters[cluster] = try reader.summary(of: cluster, at: until)
    }
    stayCount += stays.count
    guard stayCount <= Self.limit else {
      throw YadokariError(
        .refused, "there are more than \(Self.limit) stays in that time; narrow it with --vm, --host, --since or --until")
    }
    residency.vms.append(ResidencyVM(summary: vm, stays: stays))
  }

  private mutating func inventories(of source: String, _ reader: borrowing LedgerReader) throws -> WholeInventories {
    if let known = inventories[source] { return known }
    let found = try WholeInventories(reader, of: source, until: residency.until)
    inventories[source] = found
    return found
  }

  private mutating func addHost(_ host: ObjectID, _ reader: borrowing LedgerReader) throws {
    guard residency.hosts[host] == nil else { return }
    let summary = try reader.summary(of: host, at: residency.until)
    let absences = try inventories(of: summary.source, reader).absences(of: host, .host, reader)
    residency.hosts[host] = try ResidencyHost(summary, absences: absences, reader)
  }

  // MARK: Where they could have run

  private mutating func addReach(toVM index: Int, _ reader: borrowing LedgerReader) throws {
    let vm = residency.vms[index]
    if reaches[vm.summary.source] == nil { reaches[vm.summary.source] = try reach(ofSource: vm.summary.source, reader) }
    var settings: [String: [Span<String>]] = [:]
    for key in ReachHistory.vmKeys { settings[key] = try reader.setting(key, of: vm.summary.id) }
    guard let found = reaches[vm.summary.source]?.hosts(of: vm.summary, during: vm.stays, settings: settings) else { return }
    (residency.vms[index].reach, residency.vms[index].basis) = found
  }

  private mutating func reach(ofSource source: String, _ reader: borrowing LedgerReader) throws -> ReachHistory {
    let until = residency.until
    for host in try reader.summaries(of: .host, at: until) where host.source == source { try addHost(host.id, reader) }
    let clusters = try reader.summaries(of: .cluster, at: until).filter { $0.source == source }
    return ReachHistory(
      residency.hosts.values.filter { $0.summary.source == source }.sorted { $0.summary.id < $1.summary.id },
      clusters: try clusters.map { try reader.settings(of: $0.id) }, from: residency.since, to: until)
  }
}
