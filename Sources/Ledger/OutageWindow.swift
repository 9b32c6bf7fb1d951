internal import History
internal import Inventory
internal import SQLite

/// The outages of a host in a stretch of time. They are found by their beginnings, which are kept, and read from there: what
/// was before the stretch costs nothing.
extension OutageReader {
  /// Seconds of records that are read first for the return of a host.
  private static let firstPiece = 86_400.0
  /// How many times as long each further piece is.
  private static let growth = 8.0

  /// The outages of a host that began in a stretch of time, both ends included, as the records up to a moment tell them,
  /// oldest first.
  func outages(ofHost host: Int64, from: Instant, through: Instant, until moment: Instant) throws -> [Outage] {
    let last = min(through, moment)
    let begins = try connection.all(
      "SELECT failed_at FROM outage WHERE host = $1 AND failed_at >= $2 AND failed_at <= $3 ORDER BY failed_at", host,
      from.microseconds, last.microseconds
    ) { Instant(microseconds: $0.int(0)) }
    return try begins.enumerated().compactMap { index, begin in
      let next = index + 1 < begins.count ? begins[index + 1] : try nextBegin(ofHost: host, after: begin, through: moment)
      return try outage(ofHost: host, from: begin, next: next, until: moment)
    }
  }

  /// The last outage of a host that began before a moment, and each earlier one that may have lasted until then.
  func lastOutages(ofHost host: Int64, before end: Instant, until moment: Instant) throws -> [Outage] {
    let begins = try connection.all(
      """
      SELECT failed_at FROM outage WHERE host = $1 AND failed_at < $2
        AND (back_at > $2 OR failed_at = (SELECT max(failed_at) FROM outage WHERE host = $1 AND failed_at < $2))
      ORDER BY failed_at
      """, host, end.microseconds
    ) { Instant(microseconds: $0.int(0)) }
    return try begins.compactMap { begin in
      let next = try nextBegin(ofHost: host, after: begin, through: moment)
      return try outage(ofHost: host, from: begin, next: next, until: moment)
    }
  }

  private func nextBegin(ofHost host: Int64, after begin: Instant, through moment: Instant) throws -> Instant? {
    let found = try connection.first(
      "SELECT min(failed_at) FROM outage WHERE host = $1 AND failed_at > $2 AND failed_at <= $3", host, begin.microseconds,
      moment.microseconds, row: { $0.optionalInt(0) })
    return (found ?? nil).map { Instant(microseconds: $0) }
  }

  /// The outage that began at a moment.
  /// - Parameter next: when the host's next outage began; nil where there is no further one up to `moment`.
  private func outage(
    ofHost host: Int64, from begin: Instant, next: Instant?, until moment: Instant
  ) throws -> Outage? {
    // In trouble until the next began, it was back in between only where something ran or arrived on it.
    let goesOn = try next.map { try isInTrouble(host, justBefore: $0) } ?? false
    let signs = try goesOn ? next.map { try signsOfLife(ofHost: host, after: begin, before: $0) } ?? [] : []
    let end = next.map { goesOn ? $0 : $0.justBefore } ?? moment
    var length = Self.firstPiece
    var found: Outage?
    while true {
      let piece = min(end, begin.adding(seconds: length))
      let own = try records.records(ofHost: host, from: begin, to: piece)
      found = Outage.outages(of: ObjectID(rawValue: host), records: own, signsOfLife: signs).first
      if found?.recoveredAt != nil || piece == end { break }
      length *= Self.growth
    }
    // The older form of the event names no cluster; then it is the one that the host was in.
    if let bare = found, bare.cluster == nil { found?.cluster = try cluster(ofHost: bare.host, at: bare.failedAt) }
    return found
  }

  private func isInTrouble(_ host: Int64, justBefore moment: Instant) throws -> Bool {
    try connection.first(
      """
      SELECT 1 FROM host_state WHERE host = $1 AND aspect = 'availability' AND from_at < $2 AND to_at >= $2
        AND state IN ('connection_lost', 'storage_lost', 'isolated', 'failed') LIMIT 1
      """, host, moment.microseconds, row: { _ in true }) ?? false
  }
}
