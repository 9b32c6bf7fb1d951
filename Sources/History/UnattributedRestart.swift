package import Inventory

/// A restart by HA that belongs to no failure that is known: the records of the failure are missing, or were not understood.
package struct UnattributedRestart: Sendable, Equatable {
  /// The VM that was restarted.
  package let vm: ObjectID
  /// The cluster that HA's record names; nil where it names none.
  package let cluster: ObjectID?
  /// Where it was started; nil where the record does not say.
  package let to: ObjectID?
  /// The power-on, or where there is none HA's record.
  package var upAt: Instant
  /// How sure it is that HA restarted the VM.
  package var grade = Grade.proven
  /// Numbers of the records, in order.
  package var events: [Int64]

  /// The restarts that some of a VM's records tell of; several records of one restart are one.
  /// - Parameters:
  ///   - records: of the VM, in order.
  ///   - wanted: numbers of HA's records.
  package static func restarts(in records: [Record], telling wanted: Set<Int64>) -> [UnattributedRestart] {
    var found: [UnattributedRestart] = []
    var last: (place: Int, host: ObjectID?)?
    for place in records.indices where wanted.contains(records[place].seq) {
      let record = records[place]
      guard let vm = record.vm else { continue }
      if let last, last.host == record.host, isQuiet(records, between: last.place, and: place), !found.isEmpty {
        found[found.count - 1].events.append(record.seq)
        continue
      }
      let powerOn = powerOn(records, beside: place)
      found.append(
        UnattributedRestart(
          vm: vm, cluster: record.cluster, to: record.host, upAt: powerOn?.at ?? record.at,
          events: [record.seq, powerOn?.seq].compactMap { $0 }.sorted()))
      last = (place, record.host)
    }
    return found
  }

  /// Whether nothing but starts on one host was recorded between two places.
  private static func isQuiet(_ records: [Record], between first: Int, and second: Int) -> Bool {
    records[first...second].allSatisfy { record in
      let sign = PowerSign(record)
      return sign == .none || (sign == .start && record.host == records[first].host)
    }
  }

  /// The power-on that belongs to a restart: after it, or just before it.
  private static func powerOn(_ records: [Record], beside place: Int) -> Record? {
    func isPowerOn(_ record: Record) -> Bool { record.type == .vmPoweredOn && record.host == records[place].host }
    if let next = records[(place + 1)...].firstIndex(where: isPowerOn), isQuiet(records, between: place, and: next) {
      return records[next]
    }
    if let previous = records[..<place].lastIndex(where: isPowerOn), isQuiet(records, between: previous, and: place) {
      return records[previous]
    }
    return nil
  }
}
