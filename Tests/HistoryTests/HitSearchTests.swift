import Inventory
import TestSupport
import Testing

@testable import History

/// Random stories: looking only where something can be gives what looking everywhere gives.
@Suite struct HitSearchTests {
  /// Two clusters of three hosts, five VMs, some hundred records in few moments, so that many fall together.
  private struct Story {
    var outages: [Outage] = []
    var finished: [ObjectID: [Instant]] = [:]
    var files: [VMFile] = []
    private var random: SplitMix64
    private var seq: Int64 = 0
    private var length: Int64

    init(seed: UInt64) {
      random = SplitMix64(seed: seed)
      length = Int64.random(in: 30...400, using: &random)
      for host in 1...6 { addOutages(of: Int64(host)) }
      for cluster in [90, 91] {
        let count = Int.random(in: 0...4, using: &random)
        finished[ObjectID(rawValue: Int64(cluster))] = (0..<count).map { _ in moment() }.sorted()
      }
      for vm in 50..<55 { addFile(of: Int64(vm)) }
    }

    private mutating func moment() -> Instant { Instant(microseconds: Int64.random(in: 1...length, using: &random)) }

    private mutating func record(_ type: EventType) -> Record {
      seq += 1
      var record = Record(seq: seq, at: moment(), type: type, source: "v")
      record.foreignKey = "\(seq)"
      return record
    }

    private mutating func addOutages(of host: Int64) {
      let signs: [EventType] = [.hostFailed, .hostConnectionLost, .hostIsolated, .hostRecovered, .hostRecovered]
      let records = (0..<Int.random(in: 0...8, using: &random)).map { _ in
        var sign = record(signs.randomElement(using: &random) ?? .hostFailed)
        (sign.host, sign.cluster) = (ObjectID(rawValue: host), ObjectID(rawValue: host <= 3 ? 90 : 91))
        return sign
      }
      var found = Outage.outages(of: ObjectID(rawValue: host), records: records, signsOfLife: [])
      if Int.random(in: 0..<5, using: &random) == 0 { for index in found.indices { found[index].cluster = nil } }
      outages += found
    }

    private mutating func addFile(of vm: Int64) {
      let types: [EventType] = [
        .vmPoweredOn, .vmPoweredOff, .vmPlaced, .migrationStarted, .migrationCompleted, .migrationCompleted, .vmRestarted,
        .vmRestarted, .vmRestartFailed, .vmNotProtected, .vmWaiting, .vmDuplicate, .vmUnregistered, .vmReset,
      ]
      let records = (0..<Int.random(in: 0...40, using: &random)).map { number in
        var record = record(number == 0 ? .vmRegistered : types.randomElement(using: &random) ?? .vmPlaced)
        record.vm = ObjectID(rawValue: vm)
        let host = Int64.random(in: 1...6, using: &random)
        record.host = ObjectID(rawValue: host)
        record.cluster = Bool.random(using: &random) ? ObjectID(rawValue: host <= 3 ? 90 : 91) : nil
        if Bool.random(using: &random) { record.otherHost = ObjectID(rawValue: Int64.random(in: 1...6, using: &random)) }
        record.facts.power = [.on, .off, nil].randomElement(using: &random) ?? nil
        return record
      }
      let history = VMHistory(records)
      files.append(
        VMFile(
          id: ObjectID(rawValue: vm), residency: history.residency.spans, power: history.power.spans,
          cluster: history.cluster.spans, isProtected: [], restartPriority: [], records: records))
    }
  }

  private func words(_ verdicts: [VMVerdict]) -> [String] {
    verdicts.map { "\($0.outage.id) \($0.basis) \($0.outcome) \($0.survival) \($0.hasFailoverRecord) \($0.wasStopped)" }
  }

  @Test func asThePlainWay() {
    var hits = 0
    for seed in 0..<400 as Range<UInt64> {
      let story = Story(seed: seed)
      let index = OutageIndex(story.outages)
      let searches = story.files.map { HitSearch($0, index, failoversFinished: story.finished) }
      let real = PlainHits.realOutages(index.outages, story.files)
      let declared = story.outages.filter { $0.trigger == .hostFailed }.map(\.id)
      #expect(Set(searches.flatMap(\.madeReal)).union(declared) == real, "seed \(seed)")
      for (file, search) in zip(story.files, searches) {
        let plain = PlainHits.verdicts(
          on: file, outages: index.outages, real: real, failoversFinished: story.finished)
        #expect(words(search.verdicts(real: real)) == words(plain), "seed \(seed), VM \(file.id)")
        hits += plain.count
        for (place, outage) in index.outages.enumerated() {
          guard let cluster = outage.cluster else { continue }
          let mayBeThere =
            file.isUnplaced(justBefore: outage.failedAt, in: cluster)
            || file.host(justBefore: outage.failedAt) == outage.host
          #expect(!mayBeThere || search.suspected.contains(place), "seed \(seed), VM \(file.id), outage \(outage.id)")
        }
      }
    }
    #expect(hits > 2000, "the stories hit nobody")
  }
}
