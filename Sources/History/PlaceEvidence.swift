package import Inventory

/// What a record proves of where its virtual machine was.
package enum PlaceEvidence: Sendable, Equatable {
  case none
  /// It was there before and is there after: operations in place, failed and beginning moves, an inventory.
  case presence(ObjectID)
  /// It is there from now on; where it was before is not said.
  case arrival(ObjectID)
  case move(from: ObjectID, to: ObjectID)
  /// A completed move that names one host as both ends: it was there, and is who knows where.
  case departure(ObjectID)
  /// A record whose host is not always the VM's own: it counts where nothing better contradicts it.
  case hint(ObjectID)
  /// It begins to exist here.
  case registration(ObjectID?)
  /// It ceases to exist here.
  case unregistration(ObjectID?)

  /// Which evidence a record gives. The host columns mean what `Event` says of them.
  package init(_ record: Record) {
    guard record.vm != nil else {
      self = .none
      return
    }
    switch record.type {
    case .vmRegistered: self = .registration(record.host)
    case .vmUnregistered: self = .unregistration(record.host)
    // Of our own moves the journal told before that it runs there.
    case .migrationCompleted where record.facts.isOwnMove: self = record.host.map { .arrival($0) } ?? .none
    case .migrationCompleted: self = Self.completedMove(record)
    default:
      guard let host = record.host else {
        self = .none
        return
      }
      self = Self.evidence(of: record, on: host)
    }
  }

  private static func evidence(of record: Record, on host: ObjectID) -> PlaceEvidence {
    switch record.type {
    case .vmPoweredOn, .vmResumed: return .arrival(host)
    case .vmRestarted:
      if let source = record.otherHost, source != host { return .move(from: source, to: host) }
      return .arrival(host)
    // Of our own moves one entry of the journal tells of a new place; the others come while the VM is on its way.
    case .migrationPhase:
      guard record.facts.phase == "running", let target = record.otherHost, target != host else { return .none }
      return .move(from: host, to: target)
    case .migrationParked, .migrationRequested, .migrationRefused: return .none
    case .vmRestartFailed, .vmNotProtected, .vmWaiting, .vmRestartAttempted, .vmDuplicate: return .hint(host)
    case .foreignOther: return record.meaning?.place(host) ?? .hint(host)
    default: return .presence(host)
    }
  }

  private static func completedMove(_ record: Record) -> PlaceEvidence {
    switch (record.otherHost, record.host) {
    case (let source?, let target?) where source != target: return .move(from: source, to: target)
    case (_?, let target?):
      // One host as both ends is a storage move, if the datastore changed; otherwise the record names the source twice.
      let isStorageMove =
        record.datastore != nil && record.otherDatastore != nil && record.datastore != record.otherDatastore
      return isStorageMove ? .presence(target) : .departure(target)
    case (nil, let target?): return .arrival(target)
    case (_, nil): return .none
    }
  }
}

extension PlaceEvidence {
  /// The evidence as a claim at the record's moment.
  func claim(of record: Record) -> Claim<ObjectID>? {
    func claim(_ before: Claim<ObjectID>.Side, _ after: Claim<ObjectID>.Side, yields: Bool = false) -> Claim<ObjectID> {
      Claim(record, before: before, after: after, yields: yields)
    }
    switch self {
    case .none: return nil
    case .presence(let host): return claim(.value(host), .value(host))
    case .arrival(let host): return claim(.silent, .value(host))
    case .move(let from, let to): return claim(.value(from), .value(to))
    case .departure(let host): return claim(.value(host), .unknown, yields: true)
    case .hint(let host): return claim(.value(host), .value(host), yields: true)
    case .registration(let host): return claim(.gone, host.map { .value($0) } ?? .unknown)
    case .unregistration(let host): return claim(host.map { .value($0) } ?? .silent, .gone)
    }
  }
}
