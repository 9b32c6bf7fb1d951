package import Inventory

/// A stretch of trouble of one host, from its last sign of life until it is known to be back.
package struct Outage: Sendable, Equatable {
  /// Why we look: the worst that was said of the host.
  package enum Trigger: String, Sendable {
    case hostFailed = "host_failed"
    case hostIsolated = "host_isolated"
    case storageLost = "storage_lost"
    case connectionLost = "connection_lost"
  }

  /// The lowest sequence number among the records of the trigger's kind: the incident's id.
  package let id: Int64
  package let host: ObjectID
  package var cluster: ObjectID?
  package let trigger: Trigger
  /// The earliest sign of trouble, T0.
  package var failedAt: Instant
  /// When it was declared failed or isolated; nil where nobody declared anything.
  package var declaredAt: Instant?
  /// When the host's return was recorded, by its connection or by the state of its HA agent; nil where no record tells it.
  package var recoveredAt: Instant?
  /// When the host is first known to be back, by whatever evidence; `distantFuture` where none shows it.
  package internal(set) var backAt: Instant
  /// Number of the record that shows the return; nil where there is none.
  package internal(set) var ended: Int64?
  /// Sequence numbers of the records that tell of the trouble, in the order of happening.
  package let records: [Int64]
}

extension Outage {
  /// The outages of one host, oldest first.
  ///
  /// Lost connection, changed state, failure in either of its forms merge until the host is back. Where no return was
  /// recorded, a sign of life (a VM that arrived or was started there) between two troubles parts them.
  /// - Parameters:
  ///   - records: the host's own records, in whatever order.
  ///   - signsOfLife: times at which something ran or arrived on the host.
  package static func outages(of host: ObjectID, records: [Record], signsOfLife: [Instant]) -> [Outage] {
    var finished: [Outage] = []
    var open: [(record: Record, trouble: HostAvailability)] = []
    let signs = signsOfLife.sorted()
    for record in records.sorted() {
      switch HostSign(record) {
      case .trouble(let trouble)?:
        if let last = open.last?.record.at, let life = signs.first(after: last), life < record.at {
          finished += Outage(host, open, backAt: life).map { [$0] } ?? []
          open = []
        }
        open.append((record, trouble))
      case .recovered?:
        if var outage = Outage(host, open, backAt: record.at) {
          outage.ended = record.seq
          finished.append(outage)
        }
        open = []
        // An inventory shows that the host is back, not when it came back.
        if record.type != .hostObserved, let last = finished.indices.last, finished[last].recoveredAt == nil {
          finished[last].recoveredAt = record.at
        }
      case .disconnected?, nil: break
      }
    }
    return finished + (Outage(host, open, backAt: .distantFuture).map { [$0] } ?? [])
  }

  private init?(_ host: ObjectID, _ marks: [(record: Record, trouble: HostAvailability)], backAt: Instant) {
    guard let first = marks.first, let worst = marks.map(\.trouble).max(by: { $0.severity < $1.severity }) else {
      return nil
    }
    // The event that declares the trouble counts before an agent's changed state, which only reports it.
    let telling = marks.filter { $0.trouble == worst }.map(\.record)
    let declaring = telling.filter { $0.type != .foreignOther && $0.type != .hostObserved }
    let decisive = declaring.isEmpty ? telling : declaring
    self.host = host
    cluster = marks.lazy.compactMap(\.record.cluster).first
    failedAt = first.record.at
    self.backAt = backAt
    recoveredAt = nil
    ended = nil
    records = marks.map(\.record.seq)
    id = decisive.map(\.seq).min() ?? first.record.seq
    declaredAt = worst == .connectionLost ? nil : decisive.map(\.at).min()
    trigger =
      switch worst {
      case .failed: .hostFailed
      case .isolated: .hostIsolated
      case .storageLost: .storageLost
      default: .connectionLost
      }
  }
}
