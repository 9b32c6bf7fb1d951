import History
import Inventory
import Planning
import TestSupport
import Testing

@testable import Importers
@testable import Ledger
@testable import Reports

/// Where VMs ran, and where they could have run.
@Suite struct ResidencyTests {
  private func at(_ seconds: Double) -> Instant { testNow.adding(seconds: seconds) }

  private func reference(_ kind: ObjectKind, _ name: String) -> ObjectReference {
    ObjectReference(kind: kind, foreignID: name, name: name)
  }

  private func event(_ type: EventType, _ seconds: Double, vm: String? = nil, host: String? = nil, other: String? = nil)
    -> Event
  {
    var event = Event(occurredAt: at(seconds), type: type)
    event.vm = vm.map { reference(.vm, $0) }
    event.host = host.map { reference(.host, $0) }
    event.otherHost = other.map { reference(.host, $0) }
    return event
  }

  /// A host with what an inventory tells of it.
  private func host(_ name: String, _ seconds: Double, sockets: Int? = nil, cores: Int? = nil) -> Event {
    var event = event(.hostObserved, seconds, host: name)
    event.cluster = reference(.cluster, "prod")
    var settings: [JSONValue.Member] = []
    if let sockets { settings.append(.init("sockets", .string("\(sockets)"))) }
    if let cores { settings.append(.init("cores", .string("\(cores)"))) }
    event.detail = ["settings": .object(settings)]
    return event
  }

  private func ledger(_ events: [Event]) async throws -> Ledger { try await ledger(imports: [events], "govc-events-xml") }

  /// - Parameter origin: of the times of inventories.
  private func ledger(
    imports: [[Event]], _ format: String, origin: ImportBatch.TimeOrigin? = nil
  ) async throws -> Ledger {
    let ledger = try memoryLedger()
    try await ledger.write(at: testNow) { transaction in
      let source = try transaction.source(named: "lab", instanceUUID: nil)
      for events in imports {
        for event in events { _ = try transaction.append(event, source: source) }
        var batch = ImportBatch(source: "lab", format: format, path: "-", records: events.count, imported: events.count)
        (batch.firstAt, batch.lastAt) = (events.map(\.occurredAt).min(), events.map(\.occurredAt).max())
        batch.timeOrigin = origin
        _ = try transaction.append(batch.event(at: transaction.now))
      }
    }
    return ledger
  }

  private func document(
    _ ledger: Ledger, at seconds: Double, _ ask: (inout ResidencyQuestion) -> Void = { _ in }
  ) throws -> JSONValue {
    var question = ResidencyQuestion()
    ask(&question)
    return try ledger.read { reader in
      let report = try ResidencyReport.report(reader, question, at: at(seconds), for: .json)
      return try #require(report.document)
    }
  }

  private func gaps(_ document: JSONValue) -> Set<String> {
    Set(document["gaps"]?.arrayValue?.compactMap { $0["code"]?.stringValue } ?? [])
  }

  /// Power, host, hours, sockets and cores of each stay of the first VM.
  private func stays(_ document: JSONValue) -> [String] {
    (document["vms"]?.arrayValue?.first?["stays"]?.arrayValue ?? []).map { stay in
      ["power", "host", "hours", "sockets", "cores"].map { key in
        let value = stay[key] ?? "missing"
        return value.stringValue ?? value.compactText
      }.joined(separator: " ")
    }
  }

  // MARK: Known stays

  /// Registered on a, started an hour later, moved to b after two, stopped after three, until the fourth.
  private var story: [Event] {
    [
      host("a", 0, sockets: 2, cores: 8), host("b", 0, sockets: 1, cores: 24), host("c", 0, sockets: 4, cores: 16),
      event(.vmRegistered, 0, vm: "db1", host: "a"), event(.vmPoweredOn, 3600, vm: "db1", host: "a"),
      event(.migrationCompleted, 7200, vm: "db1", host: "b", other: "a"),
      event(.vmPoweredOff, 10_800, vm: "db1", host: "b"),
    ]
  }

  @Test func eachStayIsThereWithItsHours() async throws {
    let document = try document(await ledger(story), at: 14_400) { $0.coresPerSocket = 8 }
    #expect(stays(document) == ["off a 1.0 2 8", "on a 1.0 2 8", "on b 1.0 1 24", "off b 1.0 1 24"])
    let vm = try #require(document["vms"]?.arrayValue?.first)
    #expect(vm["hours_on"] == .double(2) && vm["hours_unknown"] == .double(0) && vm["hosts"] == 2)
    #expect(vm["sockets"] == 3 && vm["cores"] == 32 && vm["cores_with_minimum"] == 40)
    #expect(vm["first_on"] == JSONValue(at(3600)) && vm["last_on"] == JSONValue(at(10_800)))
    #expect(vm["could_have_run_on"] == ["a", "b", "c"] && vm["could_have_run_by"] == "cluster")
    #expect(vm["could_cores"] == 48 && vm["could_cores_with_minimum"] == 72)
    let summary = try #require(document["summary"])
    #expect(summary["hosts"] == 2 && summary["cores"] == 32 && summary["could_hosts"] == 3)
    #expect(gaps(document) == ["no-inventory"])
  }

  @Test func theTimeIsCutAndWhatComesLaterIsNotKnownYet() async throws {
    let ledger = try await ledger(story)
    let early = try document(ledger, at: 9000)
    #expect(stays(early).last == "on b 0.5 1 24" && early["until"] == JSONValue(at(9000)))
    let middle = try document(ledger, at: 14_400) { ($0.since, $0.until) = (at(5400), at(9000)) }
    #expect(stays(middle) == ["on a 0.5 2 8", "on b 0.5 1 24"])
    #expect(middle["since"] == JSONValue(at(5400)))
    let before = try document(ledger, at: 14_400) { ($0.since, $0.until) = (at(-7200), at(-3600)) }
    #expect(before["vms"] == [] && before["summary"]?["hosts"] == 0)
    let long = try document(ledger, at: 14_400) { $0.since = at(-7200) }
    #expect(long["since"] == JSONValue(at(0)) && gaps(long) == ["no-inventory", "evidence-begins-later"])
  }

  @Test func oneHostTheRunTimeAloneOrNamesThatFit() async throws {
    let ledger = try await ledger(story + [event(.vmRegistered, 0, vm: "web1", host: "c")])
    let host = try ledger.read { try $0.object(named: "b", kind: .host, source: nil, at: at(14_400)).id }
    #expect(try stays(document(ledger, at: 14_400) { $0.hosts = [host] }) == ["on b 1.0 1 24", "off b 1.0 1 24"])
    let run = try document(ledger, at: 14_400) { $0.isRunOnly = true }
    #expect(run["vms"]?.arrayValue?.count == 1 && stays(run).count == 2)
    let pattern = try NamePattern("web?")
    let web = try document(ledger, at: 14_400) { $0.pattern = pattern }
    #expect(web["vms"]?.arrayValue?.map { $0["vm"] } == ["web1"] && web["summary"]?["hosts"] == 0)
    let none = try NamePattern("nobody*")
    #expect { try document(ledger, at: 14_400) { $0.pattern = none } } throws: {
      ($0 as? YadokariError)?.code == .notFound
    }
  }

  @Test func whatIsNotKnownIsNotCounted() async throws {
    var seen = event(.vmPlaced, 0, vm: "db1", host: "a")
    seen.detail = ["power": "on"]
    let events = [host("a", 0, cores: 8), seen, event(.hostFailed, 3600, host: "a")]
    let document = try document(await ledger(events), at: 7200)
    #expect(stays(document) == ["on a 1.0 null 8", "unknown a 1.0 null 8"])
    let vm = try #require(document["vms"]?.arrayValue?.first)
    #expect(vm["hours_on"] == .double(1) && vm["hours_unknown"] == .double(1))
    #expect(vm["sockets"] == .null && vm["cores"] == 8)
    #expect(gaps(document) == ["no-inventory", "power-unknown", "host-size-unknown"])
  }

  @Test func inventoriesAloneShowNoMoves() async throws {
    let imports = [0.0, 3600].map { [event(.vmPlaced, $0, vm: "db1", host: "a")] }
    let ledger = try await ledger(imports: imports, "govc-collect-vms", origin: .fileDate)
    #expect(
      try gaps(document(ledger, at: 3600)) == [
        "inventories-only", "snapshot-time-from-file-date", "power-unknown", "host-size-unknown",
      ])
    #expect(try gaps(document(memoryLedger(), at: 0)) == ["no-events"])
  }

  /// At the moment of an inventory what it says is known, also where the next one differs.
  @Test func whatInventoriesSawIsThereBetweenWhatNobodySaw() async throws {
    func seen(_ seconds: Double, _ host: String, _ power: String) -> Event {
      var seen = event(.vmPlaced, seconds, vm: "db1", host: host)
      seen.detail = ["power": .string(power)]
      return seen
    }
    let hosts = ["a", "b"].map { host($0, 0, sockets: 1, cores: 4) }
    let document = try document(await ledger(hosts + [seen(0, "a", "on"), seen(3600, "b", "on")]), at: 7200)
    #expect(stays(document) == ["on a 0.0 1 4", "on null 1.0 null null", "on b 1.0 1 4"])
    #expect(document["summary"]?["hosts"] == 2 && document["vms"]?.arrayValue?.first?["hours_on"] == .double(2))
    let stopped = try self.document(await ledger(hosts + [seen(0, "a", "on"), seen(3600, "a", "off")]), at: 7200)
    #expect(stays(stopped) == ["on a 0.0 1 4", "unknown a 1.0 1 4", "off a 1.0 1 4"], "nothing shows when it stopped")
  }

  /// A cluster file lists everything: what it does not list is gone until something is heard of it.
  @Test func whatAnInventoryOfEverythingDoesNotListIsGone() async throws {
    func cluster(_ names: [String], _ seconds: Double) -> [Event] {
      var snapshot = ClusterSnapshot()
      snapshot.clusters = [Cluster(name: "prod")]
      snapshot.hosts = names.map { Host(name: "host of \($0)", cluster: "prod", cores: 4, memoryMiB: 1024) }
      snapshot.vms = names.map { VirtualMachine(name: $0, host: "host of \($0)", memoryMiB: 1, vcpus: 1) }
      return ClusterFileMapper(snapshot, at: at(seconds), keyPrefix: "\(seconds)").events()
    }
    let all = ["a", "b"]
    let ledger = try await ledger(
      imports: [cluster(all, 0), cluster(["a"], 3600), cluster(["a"], 7200), cluster(all, 10_800)], "cluster-file",
      origin: .given)
    let document = try document(ledger, at: 14_400)
    let hours = document["vms"]?.arrayValue?.map { $0["stays"]?.arrayValue?.map { $0["hours"]?.doubleValue ?? -1 } ?? [] }
    #expect(hours == [[4], [1, 1]])
    let between = try self.document(ledger, at: 14_400) { ($0.since, $0.until) = (at(4000), at(10_000)) }
    #expect(between["vms"]?.arrayValue?.map { $0["could_have_run_on"] } == [["host of a"]])
    #expect(try self.document(ledger, at: 9000)["summary"]?["hours_on"] == .double(2.5 + 1))
  }

  // MARK: By chance

  private func randomEvents(_ random: inout SplitMix64) -> [Event] {
    let types: [EventType] = [
      .vmRegistered, .vmPoweredOn, .vmPoweredOff, .vmSuspended, .vmResumed, .migrationCompleted, .vmPlaced, .vmRestarted,
      .vmUnregistered, .hostFailed, .hostRecovered, .hostConnectionLost, .hostObserved,
    ]
    return (0..<60).map { number in
      let type = types.randomElement(using: &random) ?? .vmPlaced
      let host = "esx\(Int.random(in: 1...3, using: &random))"
      var made = event(
        type, Double(Int.random(in: 0...40, using: &random)), vm: "vm\(Int.random(in: 1...3, using: &random))", host: host)
      made.foreignKey = "\(number)"
      if type == .hostFailed || type == .hostRecovered || type == .hostConnectionLost || type == .hostObserved {
        made.vm = nil
        if type == .hostObserved {
          made.cluster = reference(.cluster, Bool.random(using: &random) ? "prod" : "lab")
          made.detail = ["availability": "connected"]
        }
      } else {
        if Bool.random(using: &random) { made.cluster = reference(.cluster, "prod") }
        if type == .migrationCompleted, Bool.random(using: &random) {
          made.otherHost = reference(.host, "esx\(Int.random(in: 1...3, using: &random))")
        }
        if type == .vmPlaced { made.detail = ["power": Bool.random(using: &random) ? "on" : "off"] }
      }
      return made
    }
  }

  /// A stay says of each of its moments what `vm where` says.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func eachMomentIsAsVMWhereHasIt(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let ledger = try await ledger(randomEvents(&random))
    try ledger.read { reader in
      let residency = try ResidencyReader.read(reader, ResidencyQuestion(), at: at(45))
      let vms = try reader.summaries(of: .vm, at: at(45))
      for vm in vms {
        let stays = residency.vms.first { $0.summary.id == vm.id }?.stays ?? []
        for half in -2...89 {
          let moment = at(Double(half) / 2)
          let placement = try reader.placement(of: vm.id, at: moment)
          let stay = stays.first { $0.from <= moment && moment <= $0.last }
          let context: Comment = "seed \(seed), \(vm.name) at \(Double(half) / 2)"
          #expect((stay == nil) == (placement == nil), context)
          #expect(stay?.host == placement?.host?.id && stay?.cluster == placement?.cluster?.id, context)
          #expect(stay?.isRunning == placement?.power.map { $0 == .on }, context)
        }
        #expect(zip(stays, stays.dropFirst()).allSatisfy { $0.to <= $1.from }, "seed \(seed)")
      }
    }
  }

  // MARK: Where it could have run

  private func randomCluster(_ random: inout SplitMix64) -> ClusterSnapshot {
    func some(_ all: [String]) -> [String] { all.filter { _ in Int.random(in: 0..<4, using: &random) > 0 } }
    var snapshot = ClusterSnapshot()
    snapshot.clusters = [Cluster(name: "prod"), Cluster(name: "lab")]
    let names = (1...Int.random(in: 3...6, using: &random)).map { "esx\($0)" }
    snapshot.hosts = names.map { name in
      var host = Host(name: name, cluster: name == "esx1" ? "lab" : "prod", cores: 8, memoryMiB: 8192)
      (host.networks, host.features) = (some(["LAN", "DMZ"]), Set(some(["sse3", "sse4.1"])))
      return host
    }
    snapshot.datastores = ["san1", "san2"].map { name in
      var datastore = Datastore(name: name, capacityMiB: 1000)
      datastore.hosts = Set(some(names))
      return datastore
    }
    snapshot.luns = [LUN(id: "naa.1", sizeMiB: 10)]
    for name in some(names) { snapshot.luns[0].numbers[name] = Int.random(in: 1...2, using: &random) }
    snapshot.vms = (1...4).map { number in
      var vm = VirtualMachine(
        name: "vm\(number)", host: names.randomElement(using: &random) ?? "", memoryMiB: 512, vcpus: 1)
      vm.networks = Bool.random(using: &random) ? ["LAN"] : []
      vm.requiredFeatures = Bool.random(using: &random) ? ["sse4.1"] : []
      vm.disks = [VirtualDisk(datastore: Bool.random(using: &random) ? "san1" : "san2", sizeMiB: 1)]
      if Bool.random(using: &random) { vm.disks[0].mapping = .init(lun: "naa.1", mode: .physical) }
      return vm
    }
    var rule = PlacementRule(kind: .mustRunOn, vms: some(["vm1", "vm2"]))
    rule.hosts = some(names)
    snapshot.rules = [rule]
    return snapshot
  }

  /// All times together allow what each of them does, as planning has it at that time.
  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func itCouldHaveRunWherePlanningAllowedItAtSomeTime(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let times = [0.0, 100, 200]
    let imports = times.map { time in
      ClusterFileMapper(randomCluster(&random), at: at(time), keyPrefix: "\(time)").events()
    }
    try await ledger(imports: imports, "cluster-file", origin: .given).read { reader in
      let residency = try ResidencyReader.read(reader, ResidencyQuestion(), at: at(300))
      var expected: [String: Set<String>] = [:]
      for time in times + [300] {
        let snapshot = try reader.snapshot(at: at(time))
        #expect(snapshot.isComplete)
        for vm in snapshot.vms {
          let known = snapshot.hosts.first { $0.name == vm.host }?.cluster
          guard let cluster = known ?? vm.cluster else { continue }
          let hosts = snapshot.hosts.filter { $0.cluster == cluster }
          var reach = HostReach(hosts, snapshot)
          let allowed = reach.allowed(vm) ?? hosts.map { _ in true }
          expected[vm.name, default: []].formUnion(zip(hosts, allowed).filter(\.1).map(\.0.name))
          if !vm.host.isEmpty { expected[vm.name, default: []].insert(vm.host) }
        }
      }
      for vm in residency.vms {
        let names = Set(vm.reach.compactMap { residency.hosts[$0]?.summary.name })
        #expect(names == expected[vm.summary.name], "seed \(seed), \(vm.summary.name)")
      }
      #expect(residency.vms.count == 4)
    }
  }
}
