import History
import Inventory
import Testing

/// The spans of a VM laid over each other.
@Suite struct VMTimesTests {
  private let esx1 = ObjectID(rawValue: 1)
  private let esx2 = ObjectID(rawValue: 2)
  private let prod = ObjectID(rawValue: 90)
  private let lab = ObjectID(rawValue: 91)

  private func at(_ seconds: Int64) -> Instant { Instant(microseconds: seconds * 1_000_000) }

  private func span<Value>(
    _ from: Int64, _ to: Int64?, _ value: Value?, _ grade: Grade = .proven
  ) -> Span<Value> {
    Span(from: at(from), to: to.map(at) ?? .distantFuture, value: value, grade: grade, began: nil, ended: nil)
  }

  private func stays(
    _ residency: [Span<ObjectID>], _ power: [Span<PowerState>], cluster: [Span<ObjectID>] = [],
    hosts: [ObjectID: HostTimes] = [:], from: Int64 = 0, to: Int64 = 100
  ) -> [String] {
    VMTimes(residency: residency, power: power, cluster: cluster).stays(from: at(from), to: at(to), hosts: hosts).map {
      let power = $0.isRunning.map { $0 ? "on" : "off" } ?? "?"
      return
        "\($0.from.wholeSeconds)-\($0.to.wholeSeconds) \($0.host?.rawValue ?? 0) \($0.cluster?.rawValue ?? 0) \(power) "
        + "\($0.grade.rawValue) \(Int($0.provenSeconds))"
    }
  }

  @Test func aStayIsOneHowevermuchIsKnownOfItsParts() {
    let found = stays([span(0, 40, esx1), span(40, nil, esx1, .inferred)], [span(0, 60, .on), span(60, nil, .off)])
    #expect(found == ["0-60 1 0 on inferred 40", "60-100 1 0 off inferred 0"])
  }

  @Test func suspendedIsNotRunAndTheTimeBeforeAndAfterIsCutOff() {
    let found = stays(
      [span(-50, 30, esx1), span(30, 300, esx2)], [span(-50, 20, .on), span(20, 300, .suspended)], from: 10, to: 50)
    #expect(found == ["10-20 1 0 on proven 10", "20-30 1 0 off proven 10", "30-50 2 0 off proven 20"])
  }

  @Test func whereNothingSpeaksOfItItIsNotThere() {
    #expect(
      stays([span(10, 20, esx1)], [span(15, 30, .on)], cluster: [span(40, 50, prod)]) == [
        "10-15 1 0 ? proven 5", "15-20 1 0 on proven 5", "20-30 0 0 on unknown 0", "40-50 0 90 ? unknown 0",
      ])
    #expect(stays([], []) == [])
  }

  @Test func theClusterIsThatOfTheHostElseItsOwn() {
    let times = HostTimes(cluster: [span(0, 50, prod), span(50, 70, nil)])
    #expect(
      stays([span(0, nil, esx1)], [span(0, nil, .on)], cluster: [span(0, nil, lab)], hosts: [esx1: times]) == [
        "0-50 1 90 on proven 50", "50-100 1 91 on proven 50",
      ])
  }

  @Test func theLastMomentCountsAndWeakensNothing() {
    let residency = [span(0, 100, esx1), span(100, nil, esx1, .inferred)]
    #expect(stays(residency, [span(0, nil, .on)]) == ["0-100 1 0 on proven 100"])
    #expect(
      stays(residency, [span(0, 100, .off), span(100, nil, .on)]) == [
        "0-100 1 0 off proven 100", "100-100 1 0 on inferred 0",
      ])
    #expect(stays(residency, [span(0, nil, .on)], from: 100) == ["100-100 1 0 on inferred 0"])
    #expect(stays(residency, [span(0, nil, .on)], from: 101) == [])
  }
}
