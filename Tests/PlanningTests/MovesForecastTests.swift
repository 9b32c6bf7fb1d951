import Inventory
import TestSupport
import Testing

@testable import Planning

@Suite struct MovesForecastTests {
  private static let start = Instant(microseconds: 0)

  /// Three hosts, three datastores, and VMs of 4096 MiB with a disk of 40,960.
  private func lab(
    link: Double = 110, dirty: Double = 20, workingSet: Double? = nil, write: Double = 8, vms: Int = 1,
    _ change: (inout ClusterSnapshot) -> Void = { _ in }
  ) -> ClusterSnapshot {
    var cluster = ClusterSnapshot()
    cluster.clusters = [Cluster(name: "lab")]
    cluster.hosts = ["a", "b", "c"].map { name in
      var host = Host(name: name, cluster: "lab", cores: 8, memoryMiB: 65536)
      host.linkMiBPerSecond = link
      return host
    }
    cluster.datastores = ["old", "new", "third"].map { name in
      var datastore = Datastore(name: name, capacityMiB: 512_000)
      (datastore.copyMiBPerSecond, datastore.commitMiBPerSecond) = (64, 32)
      return datastore
    }
    cluster.vms = (1...vms).map { number in
      var vm = VirtualMachine(name: "vm\(number)", host: "a", memoryMiB: 4096, vcpus: 1)
      (vm.dirtyMiBPerSecond, vm.workingSetMiB) = (dirty, workingSet)
      var disk = VirtualDisk(datastore: "old", sizeMiB: 40960)
      disk.writeMiBPerSecond = write
      vm.disks = [disk]
      return vm
    }
    change(&cluster)
    return cluster
  }

  private func forecast(_ cluster: ClusterSnapshot, _ moves: (Double, MoveRequest)...) -> [MoveForecast] {
    let planned = moves.compactMap { PlannedMove($0.1, at: Self.start.adding(seconds: $0.0), in: cluster) }
    return MovesForecast(planned, in: cluster).moves
  }

  private func live(_ vm: String = "vm1", to host: String = "b") -> MoveRequest { MoveRequest(.live, of: vm, to: host) }

  private func storage(_ way: RelocationWay, _ vm: String = "vm1", to datastore: String = "new") -> MoveRequest {
    var move = MoveRequest(.storage, of: vm, datastore: datastore)
    move.way = way
    return move
  }

  /// Ends of moves, in seconds from the start.
  private func ends(_ moves: [MoveForecast]) -> [Double?] { moves.map { $0.ends?.seconds(since: Self.start) } }

  private func near(_ value: Double?, _ expected: Double) -> Bool { abs((value ?? .infinity) - expected) < 1e-4 }

  // MARK: One move alone

  /// Example A of the migration note.
  @Test func threePassesOverAGigabitLink() throws {
    let move = try #require(
      forecast(lab { $0.clusters[0].migration.downtimeLimitMilliseconds = 32000 / 110 }, (7, live())).first)
    #expect(move.passes == 3 && near(move.copiedMiB, 6_656_000 / 1331) && near(move.seconds, 665_600.0 / 14641))
    #expect(near(move.downtimeSeconds, 16384.0 / 73205) && move.begins == Self.start.adding(seconds: 7))
  }

  /// Example B.
  @Test func fourPassesWhereAQuarterIsWrittenAgain() throws {
    let cluster = lab(link: 128, dirty: 32) { $0.clusters[0].migration.downtimeLimitMilliseconds = 250 }
    let move = try #require(forecast(cluster, (0, live())).first)
    #expect(move.passes == 4 && move.copiedMiB == 5456 && move.seconds == 42.625 && move.downtimeSeconds == 0.125)
  }

  @Test(arguments: [
    (RelocationWay.mirror, 8.0, 1, 640, 0.0, 43520.0), (.mirror, 16, 1, 640, 0, 46080),
    (.changedBlocks, 8, 4, 731.40625, 0.15625, 46810), (.changedBlocks, 16, 5, 853.125, 0.625, 54600),
    (.redoLog, 8, 5, 853.125, 0.625, 47780), (.redoLog, 16, 9, 1278.75, 1.25, 61400),
  ])
  func theThreeWaysOfDisks(
    way: RelocationWay, write: Double, passes: Int, seconds: Double, downtime: Double, mib: Double
  ) throws {
    let move = try #require(forecast(lab(write: write), (0, storage(way))).first)
    #expect(move.ending == .completed && move.passes == passes && move.seconds == seconds)
    #expect(move.downtimeSeconds == downtime && move.copiedMiB + move.mirroredMiB == mib)
  }

  @Test func passesThatDoNotGetSmaller() {
    func move(_ workingSet: Double, _ policy: MigrationSettings.NotConverging, _ request: MoveRequest) -> MoveForecast? {
      let cluster = lab(link: 128, dirty: 256, workingSet: workingSet, write: 80) {
        $0.clusters[0].migration.downtimeLimitMilliseconds = 250
        $0.clusters[0].migration.notConverging = policy
        $0.vms[0].disks[0].writeSetMiB = 2048
      }
      return forecast(cluster, (0, request)).first
    }
    let small = move(24, .abort, live())
    #expect(small?.ending == .completed && small?.passes == 1 && small?.downtimeSeconds == 0.1875)
    let aborted = move(48, .abort, live())
    #expect(aborted?.ending == .givenUp && aborted?.passes == 2 && aborted?.seconds == 32.375)
    #expect(aborted?.downtimeSeconds == 0 && aborted?.copiedMiB == 4144)
    #expect(move(48, .force, live())?.downtimeSeconds == 0.375)
    // At 40 % of its speed the guest writes 38.4 MiB while 48 are copied, and 30.72 while these are: less than 32.
    let slowed = move(48, .throttle, live())
    #expect(slowed?.ending == .completed && slowed?.passes == 8 && near(slowed?.downtimeSeconds, 30.72 / 128))
    let forced = move(48, .force, storage(.changedBlocks))
    #expect(forced?.passes == 2 && forced?.downtimeSeconds == 32 && forced?.seconds == 704)
    #expect(move(48, .abort, storage(.changedBlocks))?.seconds == 672)
    // Of logs that do not get smaller the second is the first that can be seen not to.
    let logs = move(48, .force, storage(.redoLog))
    #expect(logs?.passes == 3 && logs?.downtimeSeconds == 64 && logs?.seconds == 640 + 3 * 64)
    // They go back into the old file, as many times as passes are allowed.
    let back = move(48, .abort, storage(.redoLog))
    #expect(back?.ending == .givenUp && back?.passes == 30 && back?.downtimeSeconds == 64 && back?.seconds == 640 + 30 * 64)
  }

  /// Behind the switch a guest is slowed, whatever is to be done where passes do not get smaller: there is no way back.
  @Test func logsThatGrowBehindTheSwitch() throws {
    for policy in [MigrationSettings.NotConverging.throttle, .abort] {
      let cluster = lab(write: 40, vms: 2) {
        $0.clusters[0].migration.notConverging = policy
        // With the datastore to themselves they would get smaller.
        if policy == .abort { for vm in 0..<2 { $0.vms[vm].disks[0].writeMiBPerSecond = 20 } }
      }
      let moves =
        policy == .abort
        ? forecast(cluster, (0, storage(.redoLog)), (0, storage(.redoLog, "vm2")))
        : forecast(cluster, (0, storage(.redoLog)))
      for move in moves { #expect(move.ending == .completed && move.passes > 3 && move.downtimeSeconds < 5, "\(move)") }
    }
  }

  /// A log is committed behind the switch, however little it holds.
  @Test func aSmallLogIsCommittedAllTheSame() throws {
    let move = try #require(forecast(lab(write: 0.05), (0, storage(.redoLog))).first)
    #expect(move.passes == 2 && near(move.seconds, 640 + 1 + 0.05 / 32) && near(move.downtimeSeconds, 0.05 / 32))
  }

  /// What the forecasts of one move alone say of it, whatever it is.
  @Test func aMoveAloneIsAsForecastAlone() throws {
    var random = SplitMix64(seed: 8)
    for number in 1...500 {
      let cluster = lab(
        link: .random(in: 20...200, using: &random), dirty: .random(in: 0...150, using: &random),
        workingSet: .random(in: 1...4000, using: &random), write: .random(in: 0...60, using: &random)
      ) {
        $0.clusters[0].migration.notConverging = .force
        $0.clusters[0].migration.maxPasses = .random(in: 2...20, using: &random)
        $0.clusters[0].migration.switchMilliseconds = .random(in: 0...500, using: &random)
        $0.vms[0].disks[0].writeSetMiB = .random(in: 1...40000, using: &random)
        $0.datastores[1].copyMiBPerSecond = .random(in: 20...200, using: &random)
        $0.datastores[1].commitMiBPerSecond = .random(in: 5...20, using: &random)
      }
      let settings = cluster.clusters[0].migration
      let load = LiveForecast.Load(cluster.vms[0], linkMiBPerSecond: cluster.hosts[0].linkMiBPerSecond, settings: settings)
      let (move, alone) = (try #require(forecast(cluster, (0, live())).first), LiveForecast(load))
      #expect(move.passes == alone.precopy.passes.count && abs(move.copiedMiB - alone.totalMiB) < 0.01, "\(number)")
      #expect(near(move.seconds, alone.totalSeconds) && near(move.downtimeSeconds, alone.downtimeSeconds), "\(number)")
      for way in RelocationWay.allCases {
        let load = StorageForecast.Load(
          cluster.vms[0].disks[0], from: cluster.datastores[0], to: cluster.datastores[1], settings: settings)
        let (move, alone) = (try #require(forecast(cluster, (0, storage(way))).first), StorageForecast(load, way: way))
        if way == .redoLog, !alone.converges || alone.passes.passes.count == 1 {
          // The engine commits at least one log, and counts the base as none.
          #expect(move.passes > alone.passes.passes.count, "\(number)")
          continue
        }
        #expect(move.passes == alone.passes.passes.count, "\(number), \(way)")
        #expect(abs(move.copiedMiB + move.mirroredMiB - alone.totalMiB) < 0.01, "\(number), \(way)")
        #expect(near(move.seconds, alone.totalSeconds) && near(move.downtimeSeconds, alone.downtimeSeconds), "\(number)")
      }
    }
  }

  // MARK: Several

  @Test func copiesShareTheirLinks() {
    let cluster = lab(dirty: 0, vms: 3) { for vm in 0..<3 { $0.vms[vm].memoryMiB = 1100 } }
    #expect(ends(forecast(cluster, (0, live()), (5, live("vm2")))) == [15, 20])
    // From one host to two: its link out is what they share.
    #expect(ends(forecast(cluster, (5, live("vm2", to: "c")), (0, live()))) == [20, 15])
    let back = lab(dirty: 0, vms: 2) { ($0.vms[0].memoryMiB, $0.vms[1].memoryMiB, $0.vms[1].host) = (1100, 1100, "b") }
    #expect(ends(forecast(back, (0, live()), (5, live("vm2", to: "a")))) == [10, 15])
    let met = lab(dirty: 0, vms: 2) { ($0.vms[0].memoryMiB, $0.vms[1].memoryMiB, $0.vms[1].host) = (1100, 1100, "c") }
    #expect(ends(forecast(met, (0, live()), (5, live("vm2")))) == [15, 20])
  }

  @Test func copiesShareTheirDatastores() {
    let cluster = lab(write: 0, vms: 3) {
      for vm in 0..<3 { $0.vms[vm].disks[0].sizeMiB = 6400 }
      $0.clusters[0].migration.perHost = 3
    }
    let moves = forecast(
      cluster, (0, storage(.mirror)), (50, storage(.changedBlocks, "vm2")), (50, storage(.redoLog, "vm3", to: "third")))
    #expect(ends(moves) == [200, 300, 300])
  }

  /// A link that others use at the time decides whether the passes get smaller.
  @Test func aMoveThatConvergesAloneMayNotBesideOthers() {
    let cluster = lab(dirty: 60, workingSet: 3000, vms: 2)
    #expect(forecast(cluster, (0, live())).map(\.ending) == [.completed])
    let both = forecast(cluster, (0, live()), (1, live("vm2")))
    #expect(both.contains { $0.ending == .givenUp })
  }

  @Test func memoryFollowsTheDisksOfAMoveOfBoth() throws {
    var request = MoveRequest(.liveStorage, of: "vm1", to: "b")
    request.datastore = "new"
    let cluster = lab(link: 128, dirty: 32) {
      ($0.clusters[0].migration.downtimeLimitMilliseconds, $0.clusters[0].migration.switchMilliseconds) = (250, 100)
    }
    let move = try #require(forecast(cluster, (0, request)).first)
    #expect(move.passes == 5 && move.copiedMiB == 40960 + 5456 && move.mirroredMiB == 2560)
    #expect(near(move.seconds, 640 + 42.625 + 0.1) && near(move.downtimeSeconds, 0.225))
    // There is no other way.
    request.way = .redoLog
    #expect(forecast(cluster, (0, request)) == [move])
  }

  @Test func movesWaitForTheirTurn() {
    let cluster = lab(dirty: 0, write: 0, vms: 3) {
      for vm in 0..<3 { ($0.vms[vm].memoryMiB, $0.vms[vm].disks[0].sizeMiB) = (1100, 640) }
      ($0.clusters[0].migration.perHost, $0.clusters[0].migration.perDatastore) = (1, 1)
      $0.vms[2].host = "c"
    }
    let moves = forecast(cluster, (0, live()), (1, live("vm2")), (2, storage(.mirror, "vm3")))
    #expect(ends(moves) == [10, 20, 12] && moves[1].begins == Self.start.adding(seconds: 10))
    let stores = forecast(cluster, (0, storage(.mirror)), (1, storage(.mirror, "vm3")))
    #expect(ends(stores) == [10, 20])
    // The datastore of the logs takes part, too.
    var logged = storage(.redoLog, to: "third")
    logged.logDatastore = "new"
    var other = cluster
    other.vms[2].disks[0].datastore = "new"
    let both = forecast(other, (0, logged), (1, storage(.mirror, "vm3", to: "third")))
    #expect(ends(both) == [10, 20])
    logged.logDatastore = nil
    other.clusters[0].migration.perDatastore = 2
    #expect(ends(forecast(other, (0, logged), (1, storage(.mirror, "vm3", to: "third")))) == [19, 20])
  }

  @Test func theHighestPriorityGoesFirst() {
    let cluster = lab(dirty: 0, vms: 4) {
      for vm in 0..<4 { $0.vms[vm].memoryMiB = 1100 }
      $0.clusters[0].migration.perHost = 1
    }
    let planned = [MovePriority.low, .low, .normal, .high].enumerated().compactMap { number, priority in
      var move = PlannedMove(live("vm\(number + 1)"), at: Self.start.adding(seconds: Double(number)), in: cluster)
      move?.priority = priority
      return move
    }
    #expect(ends(MovesForecast(planned, in: cluster).moves) == [10, 40, 30, 20])
  }

  @Test func whatNeverEndsHoldsUpThoseBehindIt() {
    let cluster = lab(link: 0, vms: 2) { $0.clusters[0].migration.perHost = 1 }
    let moves = forecast(cluster, (0, live()), (1, live("vm2")))
    #expect(moves.map(\.ending) == [.never, .never] && moves[0].begins == Self.start && moves[1].begins == nil)
    #expect(moves.allSatisfy { $0.seconds == nil })
  }

  @Test func whereThereIsNothingToForecast() {
    let cluster = lab(vms: 2) { ($0.vms[1].power, $0.vms[0].disks[0].mapping) = (.off, .init(lun: "l", mode: .virtual)) }
    for request in [
      live("vm2"), live(to: "a"), live(to: "nowhere"), live("nobody"), storage(.mirror, to: "old"),
      storage(.mirror, to: "nowhere"), MoveRequest(.cold, of: "vm1", to: "b"), MoveRequest(.upgrade, of: "vm1", to: "b"),
    ] {
      #expect(PlannedMove(request, at: Self.start, in: cluster) == nil, "\(request)")
    }
    // Of a mapping only its file moves.
    #expect(forecast(cluster, (0, storage(.redoLog))).map(\.seconds) == [0])
    #expect(MovesForecast([], in: cluster).moves.isEmpty)
  }
}
