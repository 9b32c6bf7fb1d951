import Inventory
import Testing

@testable import Planning

/// Trends, changes and what would be.
@Suite struct CapacityCourseTests {
  private func trend(_ used: [Double], every days: Double = 30, of capacity: Double = 100) -> Trend {
    let points = used.enumerated().map { number, value in
      Trend.Point(at: Instant(microseconds: 0).adding(seconds: Double(number) * days * 86_400), used: value)
    }
    return Trend("memory", unit: "GiB", capacity: capacity, points: points)
  }

  @Test func aStraightCourseReachesItsEndWhenTheLineDoes() {
    // 1 a day, 40 left.
    let trend = trend([0, 30, 60])
    guard case .grows(let days, let earliest, let latest) = trend.verdict else {
      Issue.record("\(trend.verdict)")
      return
    }
    #expect(abs(days - 40) < 1e-6 && abs(earliest - 40) < 1e-6 && abs((latest ?? 0) - 40) < 1e-6)
    #expect(abs((trend.slopePerDay ?? 0) - 1) < 1e-9)
    #expect(trend.mean == 30 && trend.peak == 60 && trend.percentile95 == 60)
  }

  /// The interval of a line through 1, 3, 2, 4 at 0, 10, 20, 30 days: slope 0.08, its deviation 0.0424, t of 2 degrees 2.920.
  @Test func aCrookedCourseHasAnInterval() {
    let trend = trend([1, 3, 2, 4], every: 10, of: 20)
    guard case .grows(let days, let earliest, let latest) = trend.verdict else {
      Issue.record("\(trend.verdict)")
      return
    }
    let reach = 2.920 * (1.8 / 2 / 500).squareRoot()
    #expect(abs(days - (20 - 3.7) / 0.08) < 0.1 && abs(earliest - (20 - 3.7) / (0.08 + reach)) < 0.1 && latest == nil)
  }

  @Test func littleHistoryAndNoGrowthSayNothing() {
    #expect(trend([]).verdict == .notEnoughHistory && trend([]).peak == nil)
    #expect(trend([1, 2]).verdict == .notEnoughHistory)
    #expect(trend([1, 2, 3], every: 10).verdict == .notEnoughHistory)
    #expect(trend([5, 5, 5]).verdict == .steady && trend([5, 4, 3]).verdict == .steady)
    #expect(trend([90, 100, 110]).verdict == .full)
    #expect(trend([1, 2, 3], of: 0).verdict == .notEnoughHistory)
  }

  // MARK: What would be

  private func lab() -> ClusterSnapshot {
    var snapshot = ClusterSnapshot()
    snapshot.clusters = [Cluster(name: "c")]
    snapshot.hosts = ["a", "b"].map { Host(name: $0, cluster: "c", cores: 4, memoryMiB: 1000) }
    snapshot.vms = [("on", "a", 400), ("off", "a", 300), ("other", "b", 500)].map {
      VirtualMachine(name: $0.0, host: $0.1, memoryMiB: $0.2, vcpus: 1)
    }
    snapshot.vms[1].power = .off
    snapshot.datastores = [Datastore(name: "san", capacityMiB: 1)]
    snapshot.datastores[0].hosts = ["a"]
    return snapshot
  }

  @Test func aHostThatGoesLeavesItsVMs() throws {
    var whatIf = WhatIf()
    whatIf.without = ["a"]
    let after = try whatIf.applied(to: lab())
    #expect(after.hosts.map(\.name) == ["b"] && after.vms.allSatisfy { $0.host == "b" } && after.vms.count == 3)
    var full = lab()
    full.vms[2].memoryMiB = 700
    #expect(throws: YadokariError.self) { try whatIf.applied(to: full) }
    whatIf.without = ["none"]
    #expect(throws: YadokariError.self) { try whatIf.applied(to: lab()) }
  }

  @Test func whatIsAddedIsLikeItsModel() throws {
    var whatIf = WhatIf()
    whatIf.hosts = (2, "a")
    let hosts = try whatIf.applied(to: lab())
    #expect(hosts.hosts.map(\.name) == ["a", "b", "a+1", "a+2"] && hosts.datastores[0].hosts == ["a", "a+1", "a+2"])
    whatIf = WhatIf()
    whatIf.vms = (2, "on")
    let vms = try whatIf.applied(to: lab())
    // Each goes to the fullest host that takes it.
    #expect(vms.vms.suffix(2).map(\.name) == ["on+1", "on+2"] && vms.vms.suffix(2).map(\.host) == ["b", "a"])
    var taken = lab()
    taken.hosts[1].name = "a+1"
    for index in taken.vms.indices { taken.vms[index].host = "a" }
    var more = WhatIf()
    more.hosts = (2, "a")
    #expect(try more.applied(to: taken).hosts.map(\.name) == ["a", "a+1", "a+2", "a+3"])
    whatIf.vms = (3, "on")
    #expect(throws: YadokariError.self) { try whatIf.applied(to: lab()) }
  }

  @Test func whatChangedIsFoundByName() {
    var after = lab()
    after.hosts.append(Host(name: "c", cluster: "c", cores: 1, memoryMiB: 1))
    after.vms.removeFirst()
    after.vms[0].memoryMiB = 600
    after.vms.append(VirtualMachine(name: "new", host: "b", memoryMiB: 100, vcpus: 2))
    let change = CapacityChange(of: .cluster("c"), from: lab(), at: .distantPast, to: after)
    #expect(change.hostsAdded == ["c"] && change.hostsRemoved == [] && change.vmsAdded == ["new"])
    #expect(change.vmsRemoved == ["on"] && change.resized.map(\.name) == ["off"] && !change.isNothing)
    #expect(change.grantedMiBBefore == 900 && change.grantedMiBAfter == 600)
    #expect(CapacityChange(of: .cluster("c"), from: lab(), at: .distantPast, to: lab()).isNothing)
    var other = lab()
    other.hosts[0].memoryMiB = 2000
    other.hosts[1].isConnected = false
    let hosts = CapacityChange(of: .cluster("c"), from: lab(), at: .distantPast, to: other)
    #expect(hosts.hostsResized.map(\.name) == ["a"] && hosts.hostsGoneAway == ["b"] && hosts.hostsBack.isEmpty)
    #expect(
      CapacityChange(of: .cluster("c"), from: other, at: .distantPast, to: lab()).hostsBack == ["b"] && !hosts.isNothing)
  }
}
