import History
import Inventory
import Testing

/// One VM on host 1, which is in trouble from 1000 on; host 2 is well.
@Suite struct PowerFoldTests {
  private static let host = ObjectID(rawValue: 1)

  private func record(
    _ at: Int64, _ type: EventType, host: Int64 = 1, foreign: String? = nil, _ change: (inout Record) -> Void = { _ in }
  ) -> Record {
    var record = Record(seq: at, at: Instant(microseconds: at), type: type, foreignType: foreign, source: "v")
    record.vm = ObjectID(rawValue: 50)
    record.host = ObjectID(rawValue: host)
    record.foreignKey = "\(at)"
    change(&record)
    return record
  }

  private func trouble(dead: Int64? = 1010, back: Int64? = 2000, stopped: Bool = true) -> [ObjectID: [HostTrouble]] {
    let trouble = HostTrouble(
      host: Self.host, failedAt: Instant(microseconds: 1000), declaredDeadAt: dead.map { Instant(microseconds: $0) },
      backAt: back.map { Instant(microseconds: $0) } ?? .distantFuture, began: 1000, ended: back, stoppedVMs: stopped)
    return [Self.host: [trouble]]
  }

  /// Each stretch of one value as `from value`, whatever supports it.
  private func spans(_ records: [Record], _ troubles: [ObjectID: [HostTrouble]] = [:]) -> [String] {
    var stretches: [(from: Int64, value: PowerState?)] = []
    for span in VMHistory(records, troubles: troubles).power.spans
    where stretches.last.map({ $0.value != span.value }) ?? true {
      stretches.append((span.from.microseconds, span.value))
    }
    return stretches.map { "\($0.from) \($0.value?.rawValue ?? "?")" }
  }

  @Test("A start shows that the VM was off before, so two starts contradict each other")
  func twoStarts() {
    #expect(spans([record(10, .vmPoweredOn), record(500, .vmPoweredOn)]) == ["10 ?", "500 on"])
    #expect(
      spans([record(10, .vmPoweredOn), record(90, .vmPoweredOff), record(500, .vmPoweredOn)])
        == ["10 on", "90 off", "500 on"])
  }

  @Test("Starting, powered on and HA's record are one start, in either order")
  func oneStart() {
    let starting = record(10, .foreignOther, foreign: "VmStartingEvent")
    #expect(spans([starting, record(11, .vmPoweredOn)]) == ["10 on"])
    #expect(spans([record(10, .vmPoweredOn), record(900, .vmRestarted)]) == ["10 on"])
    #expect(spans([record(10, .vmRestarted), record(900, .vmPoweredOn)]) == ["10 on"])
    let between = record(20, .vmReset)
    #expect(
      spans([record(10, .vmPoweredOn), between, record(900, .vmRestarted)]) == ["10 on", "20 ?", "900 on"])
  }

  @Test("What ran on a host that died is not known to run until a record shows it, and a start shows that it was off")
  func deadUntilShownAlive() {
    #expect(spans([record(10, .vmPoweredOn)], trouble()) == ["10 on", "1000 ?"])
    #expect(spans([record(10, .vmPoweredOn), record(5000, .vmPoweredOn)], trouble()) == ["10 on", "1000 off", "5000 on"])
    #expect(spans([record(10, .vmPoweredOn), record(5000, .vmRebooted)], trouble()) == ["10 on", "1000 ?", "5000 on"])
    #expect(spans([record(10, .vmPoweredOn), record(5000, .vmPoweredOff)], trouble()) == ["10 on", "1000 ?", "5000 off"])
    #expect(spans([record(10, .vmPoweredOn), record(50, .vmSuspended)], trouble()) == ["10 on", "50 suspended"])
  }

  @Test("An inventory's word on a VM of a host in trouble is what it knew before")
  func inventories() {
    let on = record(1500, .vmPlaced) { $0.facts.power = .on }
    let later = record(2500, .vmPlaced) { $0.facts.power = .on }
    #expect(spans([record(10, .vmPoweredOn), on], trouble()) == ["10 on", "1000 ?"])
    #expect(spans([record(10, .vmPoweredOn), on, later], trouble()) == ["10 on", "1000 ?", "2500 on"])
    #expect(spans([on], trouble()) == ["1000 ?"])
  }

  @Test("Where nothing shows that a lost connection stopped any VM, they ran on; meanwhile nothing is known")
  func onlyCutOff() {
    let lost = trouble(dead: nil, stopped: false)
    #expect(spans([record(10, .vmPoweredOn)], lost) == ["10 on", "1000 ?", "2000 on"])
    #expect(spans([record(10, .vmPoweredOn)], trouble(dead: nil, back: nil, stopped: false)) == ["10 on", "1000 ?"])
    #expect(spans([record(10, .vmPoweredOn)], trouble(dead: nil)) == ["10 on", "1000 ?"])
  }

  @Test("A start after a lost connection with no stop on record shows that the VM stopped in it")
  func stopsInOutages() {
    func stops(_ records: [Record]) -> [Int64] {
      var history = VMHistory([record(10, .vmPoweredOn)] + records, troubles: trouble(dead: nil, stopped: false))
      return history.takeStops().map(\.seq)
    }
    #expect(stops([record(3000, .vmPoweredOn)]) == [3000])
    #expect(stops([record(3000, .vmPoweredOn, host: 2)]) == [3000])
    #expect(stops([record(3000, .vmPlaced) { $0.facts.power = .off }]) == [3000])
    #expect(stops([record(1500, .vmPlaced) { $0.facts.power = .off }]) == [])
    #expect(stops([record(2500, .vmPoweredOff), record(3000, .vmPoweredOn)]) == [])
    #expect(stops([record(2500, .vmPoweredOff) { $0.facts.isFound = true }]) == [2500])
    #expect(stops([record(2500, .vmRebooted), record(3000, .vmPoweredOn)]) == [])
    #expect(stops([record(2500, .foreignOther, foreign: "VmGuestShutdownEvent"), record(3000, .vmPoweredOn)]) == [])
  }

  @Test("Fault Tolerance and what HA left alone never stopped")
  func neverStopped() {
    let failover = record(1020, .foreignOther, host: 2, foreign: "VmPrimaryFailoverEvent")
    #expect(spans([record(10, .vmPoweredOn), failover], trouble()) == ["10 on"])
    let alone = record(1020, .foreignOther, foreign: "com.vmware.vc.HA.VMIsHADisabledIsolationEvent")
    #expect(spans([record(10, .vmPoweredOn), alone], trouble(dead: nil)) == ["10 on"])
  }

  @Test("A stop that was only found does not say when it happened")
  func foundOff() {
    let found = record(500, .vmPoweredOff) { $0.facts.isFound = true }
    #expect(spans([record(10, .vmPoweredOn), found]) == ["10 ?", "500 off"])
  }
}
