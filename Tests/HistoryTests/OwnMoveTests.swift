import Inventory
import Testing

@testable import History

/// Where a VM is that we move ourselves: the journal tells of it once, when the target runs it.
@Suite struct OwnMoveTests {
  private func record(_ type: EventType, _ detail: JSONValue) -> Record {
    var record = Record(seq: 1, at: Instant(microseconds: 0), type: type, source: "lab", facts: Facts(detail))
    (record.vm, record.host, record.otherHost) = (ObjectID(rawValue: 1), ObjectID(rawValue: 2), ObjectID(rawValue: 3))
    return record
  }

  @Test func onlyOnePhaseIsAMove() {
    let (source, target) = (ObjectID(rawValue: 2), ObjectID(rawValue: 3))
    #expect(PlaceEvidence(record(.migrationPhase, ["phase": "running"])) == .move(from: source, to: target))
    for phase in ["prepare", "precopy", "stopped", "commit", "asking"] {
      #expect(PlaceEvidence(record(.migrationPhase, ["phase": .string(phase)])) == .none, "\(phase)")
    }
    // What is left to a person may run on either host.
    #expect(PlaceEvidence(record(.migrationParked, ["kind": "live"])) == .none)
    #expect(PlaceEvidence(record(.migrationRolledBack, ["kind": "live"])) == .presence(source))
    // A completed move of ours stands at its target; one of a vCenter tells of both ends.
    #expect(PlaceEvidence(record(.migrationCompleted, ["kind": "live"])) == .arrival(source))
    #expect(PlaceEvidence(record(.migrationCompleted, [:])) == .move(from: target, to: source))
  }
}
