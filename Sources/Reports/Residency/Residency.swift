internal import History
internal import Inventory
internal import Ledger

/// Where VMs ran in a stretch of time.
struct Residency {
  let since: Instant
  let until: Instant
  let head: ChainHead
  let coresPerSocket: Int?
  /// By name.
  var vms: [ResidencyVM] = []
  var hosts: [ObjectID: ResidencyHost] = [:]
  var clusters: [ObjectID: ObjectSummary] = [:]
  var gaps: [ReportGap] = []

  init(since: Instant, until: Instant, head: ChainHead, coresPerSocket: Int?) {
    (self.since, self.until, self.head, self.coresPerSocket) = (since, until, head, coresPerSocket)
  }

  /// The size of each host that is named: the largest that it had while a VM ran there, else in all the time.
  private var sizes: [ObjectID: HostSize] = [:]

  func size(of host: ObjectID) -> HostSize { sizes[host] ?? HostSize() }

  /// The size of the host of a stay.
  func size(of stay: RunStay) -> HostSize {
    stay.host.flatMap { hosts[$0]?.size(from: stay.from, to: stay.last) } ?? HostSize()
  }

  /// To be called when all VMs are there.
  mutating func measure() {
    for stay in vms.flatMap(\.stays) where stay.isRunning == true {
      guard let host = stay.host else { continue }
      sizes[host] = HostSize.larger(sizes[host] ?? HostSize(), size(of: stay))
    }
    for host in reach where sizes[host] == nil { sizes[host] = hosts[host]?.size(from: since, to: until) }
  }

  /// What a set of hosts comes to; a sum is nil where one of them is not known.
  func sum(of hosts: Set<ObjectID>) -> ResidencySum {
    var sum = ResidencySum(hosts: hosts.count, sockets: 0, cores: 0, coresAtLeast: 0)
    for host in hosts {
      let size = size(of: host)
      sum.sockets = Self.add(sum.sockets, size.sockets)
      sum.cores = Self.add(sum.cores, size.cores)
      sum.coresAtLeast = Self.add(sum.coresAtLeast, size.cores(atLeast: coresPerSocket))
    }
    return sum
  }

  private static func add(_ sum: Int64?, _ part: Int64?) -> Int64? { sum.flatMap { sum in part.map { sum + $0 } } }

  var ranOn: Set<ObjectID> { vms.reduce(into: []) { $0.formUnion($1.ranOn) } }
  var reach: Set<ObjectID> { vms.reduce(into: []) { $0.formUnion($1.reach) } }
}
