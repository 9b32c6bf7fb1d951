import Inventory
import TestSupport
import Testing

@testable import History

/// Which host bore a name when, beside a plain way that looks at all mentions before each.
@Suite struct HostNameTrackTests {
  private typealias Mention = HostNameTrack.Mention
  private typealias Bearing = HostNameTrack.Bearing

  /// The same rules, every one of them looked up again from the beginning.
  private static func plain(_ mentions: [Mention]) -> [Bearing] {
    /// Whether the host was out of the inventory just before a mention: after the last removal came no addition and no id.
    func isGone(before place: Int) -> Bool {
      guard let removal = (0..<place).last(where: { mentions[$0].kind == .removed }) else { return false }
      return ((removal + 1)..<place).allSatisfy { mentions[$0].kind == .other && mentions[$0].host == nil }
    }
    var starts: [(at: Instant, bearer: NameBearer)] = []
    for (place, mention) in mentions.enumerated() {
      let named = mention.host.map { NameBearer.known($0) }
      guard let last = starts.last else {
        starts.append((.distantPast, named ?? .unnumbered(0)))
        continue
      }
      let isOther = named != nil && named != last.bearer
      if mention.kind == .added, isGone(before: place) || isOther {
        starts.append((mention.at, named ?? .unnumbered(0)))
      } else if isOther, let named, !starts.contains(where: { $0.bearer == named }) {
        if last.bearer == .unnumbered(0) {
          starts[starts.count - 1].bearer = named
        } else {
          starts.append((mention.at, named))
        }
      }
    }
    return starts.indices.map { place in
      let to = place + 1 < starts.count ? starts[place + 1].at : .distantFuture
      return Bearing(from: starts[place].at, to: to, bearer: starts[place].bearer)
    }
  }

  private static func random(_ seed: Int) -> [Mention] {
    var random = SplitMix64(seed: UInt64(seed))
    return (0..<Int.random(in: 0...9, using: &random)).map { place in
      let id = Int.random(in: 0...4, using: &random)
      let kind: Mention.Kind = [.added, .removed, .removed, .other, .other, .other][Int.random(in: 0...5, using: &random)]
      // Two mentions may share a moment.
      return Mention(
        at: Instant(microseconds: Int64(place / 2)), host: id < 3 ? ObjectID(rawValue: Int64(id)) : nil, kind: kind)
    }
  }

  @Test("The hosts of a name are what a plain reading of all mentions finds", arguments: 0..<40)
  func theHostsAreThoseOfAPlainReading(block: Int) {
    for seed in (block * 50)..<(block * 50 + 50) {
      let mentions = Self.random(seed)
      #expect(HostNameTrack.bearings(mentions) == Self.plain(mentions), "seed \(seed)")
    }
  }
}
