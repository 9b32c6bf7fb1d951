package import Inventory
package import Planning
internal import TestSupport

/// A cluster and moves in it, drawn from a seed: they begin at different times, share links and datastores and wait for them.
package struct MovesLab: Sendable {
  package static let start = Instant(microseconds: 1_767_225_600_000_000)

  package let seed: UInt64
  package var cluster = ClusterSnapshot()
  /// When each is asked for, and what it is; the earliest first, each VM once.
  package var moves: [(at: Double, request: MoveRequest, priority: MovePriority)] = []

  /// - Parameters:
  ///   - kinds: of which moves there may be.
  ///   - hasLimits: whether moves may have to wait for their turn.
  package init(seed: UInt64, kinds: [MoveKind], hasLimits: Bool) {
    self.seed = seed
    var random = SplitMix64(seed: seed)
    var lab = Cluster(name: "lab")
    lab.migration.downtimeLimitMilliseconds = [100, 300, 1000].randomElement(using: &random) ?? 300
    lab.migration.switchMilliseconds = [0, 50, 500].randomElement(using: &random) ?? 0
    lab.migration.maxPasses = Int.random(in: 3...30, using: &random)
    lab.migration.storageThresholdMiB = [16, 64, 256].randomElement(using: &random) ?? 64
    lab.migration.notConverging = MigrationSettings.NotConverging.allCases.randomElement(using: &random) ?? .abort
    lab.migration.perHost = hasLimits ? Int.random(in: 1...3, using: &random) : 1000
    lab.migration.perDatastore = hasLimits ? Int.random(in: 1...3, using: &random) : 1000
    cluster.clusters = [lab]
    cluster.hosts = (1...Int.random(in: 2...6, using: &random)).map { number in
      var host = Host(name: "h\(number)", cluster: "lab", cores: 64, memoryMiB: 1 << 20)
      host.linkMiBPerSecond = Double(Int.random(in: 20...200, using: &random))
      return host
    }
    cluster.datastores = (1...Int.random(in: 2...5, using: &random)).map { number in
      // So large that no guest is ever slowed for want of space: forecasts know nothing of that.
      var datastore = Datastore(name: "d\(number)", capacityMiB: 1e12)
      datastore.copyMiBPerSecond = Double(Int.random(in: 40...160, using: &random))
      datastore.commitMiBPerSecond = datastore.copyMiBPerSecond * Double.random(in: 0.3...1, using: &random)
      return datastore
    }
    for number in 1...Int.random(in: 2...12, using: &random) { addVM(number, &random) }
    for vm in cluster.vms {
      guard let kind = kinds.randomElement(using: &random), let move = request(kind, vm, &random) else { continue }
      // A move of files alone is asked for with no priority.
      let priority = kind == .storage ? nil : MovePriority.allCases.randomElement(using: &random)
      moves.append((Double(Int.random(in: 0...9000, using: &random)) / 10, move, priority ?? .normal))
    }
    moves.sort { ($0.at, $0.request.vm) < ($1.at, $1.request.vm) }
  }

  private mutating func addVM(_ number: Int, _ random: inout SplitMix64) {
    guard let host = cluster.hosts.randomElement(using: &random) else { return }
    var vm = VirtualMachine(
      name: "v\(number)", host: host.name, memoryMiB: Int64.random(in: 1...32, using: &random) * 512, vcpus: 1)
    vm.dirtyMiBPerSecond = Double(Int.random(in: 0...50, using: &random))
    vm.workingSetMiB = Double(Int.random(in: 1...Int(vm.memoryMiB), using: &random))
    vm.disks = (1...Int.random(in: 1...3, using: &random)).map { _ in
      let place = cluster.datastores.randomElement(using: &random)?.name ?? ""
      var disk = VirtualDisk(datastore: place, sizeMiB: Double(Int.random(in: 500...20_000, using: &random)))
      disk.writeMiBPerSecond = Double(Int.random(in: 0...100, using: &random)) / 10
      disk.writeSetMiB = disk.sizeMiB * Double.random(in: 0.01...1, using: &random)
      return disk
    }
    cluster.vms.append(vm)
  }

  private func request(_ kind: MoveKind, _ vm: VirtualMachine, _ random: inout SplitMix64) -> MoveRequest? {
    let host = cluster.hosts.filter { $0.name != vm.host }.randomElement(using: &random)?.name
    var move = MoveRequest(kind, of: vm.name, to: kind.changesHost ? host : nil)
    guard kind != .live else { return move }
    let others = cluster.datastores.map(\.name).filter { $0 != vm.disks.first?.datastore }
    move.datastore = others.randomElement(using: &random)
    guard kind == .storage else { return move }
    move.way = RelocationWay.allCases.randomElement(using: &random) ?? .mirror
    // Not always all to one place, and some stay; the first, with which the VM's home goes, never does.
    move.disks[0] = move.datastore
    for number in vm.disks.indices.dropFirst() {
      move.disks[number] = cluster.datastores.randomElement(using: &random)?.name
    }
    if move.way == .redoLog, Bool.random(using: &random) {
      move.logDatastore = cluster.datastores.randomElement(using: &random)?.name
    }
    return move
  }

  /// What the planner makes of it, in the order of the moves.
  package var forecast: [MoveForecast] { MovesForecast(planned, in: cluster).moves }

  /// What it would make of each move if there were no other.
  package var forecastOfEach: [MoveForecast] { planned.flatMap { MovesForecast([$0], in: cluster).moves } }

  private var planned: [PlannedMove] {
    moves.compactMap { move in
      var planned = PlannedMove(move.request, at: Self.start.adding(seconds: move.at), in: cluster)
      planned?.priority = move.priority
      return planned
    }
  }
}
