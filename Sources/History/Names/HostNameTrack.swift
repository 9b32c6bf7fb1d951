package import Inventory

/// Which host bore a name when: a host that was removed and added again has another id, and its name passes on to it.
package struct HostNameTrack {
  /// What a record tells of the hosts of one name.
  package struct Mention: Sendable {
    /// When the record happened.
    package let at: Instant
    /// The host, where the record has its id.
    package let host: ObjectID?
    /// What the record says of the host in the inventory.
    package let kind: Kind

    /// What a record says of a host's being in the inventory.
    package enum Kind: Sendable {
      case added
      case removed
      case other
    }

    /// A mention from its parts.
    package init(at: Instant, host: ObjectID?, kind: Kind) {
      self.at = at
      self.host = host
      self.kind = kind
    }
  }

  /// A time in which one host bore the name.
  package struct Bearing: Sendable, Equatable {
    /// When the host began to bear the name; `distantPast` for the first.
    package var from: Instant
    /// When the host ceased to bear it; `distantFuture` for the last.
    package var to: Instant
    /// The host.
    package var bearer: NameBearer
  }

  private var bearings: [Bearing] = []
  private var isRemoved = false

  /// The times in which hosts bore a name, without a hole, oldest first.
  ///
  /// A removal ends the bearing; what is named after it, and is not added again, is still that host. An addition begins
  /// another one. A record with an id tells whose bearing it is; where another host bore the name until then, it passes on.
  /// - Parameter mentions: in the order of time.
  package static func bearings(_ mentions: [Mention]) -> [Bearing] {
    var track = HostNameTrack()
    for mention in mentions { track.take(mention) }
    return track.bearings
  }

  private mutating func take(_ mention: Mention) {
    if bearings.isEmpty {
      begin(mention.host.map { .known($0) } ?? .unnumbered(0), at: .distantPast)
    } else if mention.kind == .added, isRemoved || isOther(mention.host) {
      begin(mention.host.map { .known($0) } ?? .unnumbered(0), at: mention.at)
    } else if let host = mention.host, bearings[bearings.count - 1].bearer != .known(host) {
      pass(to: host, at: mention.at)
    }
    isRemoved = mention.kind == .removed || (isRemoved && mention.kind != .added && mention.host == nil)
  }

  private func isOther(_ host: ObjectID?) -> Bool { host.map { bearings.last?.bearer != .known($0) } ?? false }

  private mutating func begin(_ bearer: NameBearer, at moment: Instant) {
    if let last = bearings.indices.last { bearings[last].to = moment }
    bearings.append(Bearing(from: moment, to: .distantFuture, bearer: bearer))
  }

  private mutating func pass(to host: ObjectID, at moment: Instant) {
    // A late record of a host that bore the name before does not take it back.
    if bearings.contains(where: { $0.bearer == .known(host) }) { return }
    guard case .unnumbered = bearings[bearings.count - 1].bearer else { return begin(.known(host), at: moment) }
    bearings[bearings.count - 1].bearer = .known(host)
  }
}
