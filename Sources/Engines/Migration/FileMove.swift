package import Inventory
internal import Planning

/// What becomes of the files of a VM that moves them.
package struct FileMove: Sendable, Equatable {
  /// A disk that moves.
  package struct Disk: Sendable, Equatable {
    /// Counted from 0 as the VM has them.
    package let number: Int
    package let from: String
    package let to: String
    /// How fast it can be copied and its log committed, each alone; what the guest writes.
    let load: StorageForecast.Load
    /// How fast its old datastore is read and its new one written, MiB/s: all that copy there share that.
    let readMiBPerSecond: Double
    let writtenMiBPerSecond: Double
  }

  package let way: RelocationWay
  package let disks: [Disk]
  /// Where logs lie; nil for beside each disk.
  package let logDatastore: String?
  /// All disks of the VM, as they are before.
  private let before: [VirtualDisk]

  /// - Parameters:
  ///   - places: where each disk goes that moves, by its number.
  ///   - way: how; of an upgrade always by logs.
  package init(
    _ vm: VirtualMachine, to places: [Int: String], way: RelocationWay, logDatastore: String?,
    in cluster: ClusterSnapshot, settings: MigrationSettings
  ) {
    (self.way, self.logDatastore, before) = (way, logDatastore, vm.disks)
    func datastore(_ name: String) -> Datastore {
      cluster.datastores.first { $0.name == name } ?? Datastore(name: name, capacityMiB: 0)
    }
    disks = places.sorted { $0.key < $1.key }.compactMap { number, to in
      guard vm.disks.indices.contains(number) else { return nil }
      let disk = vm.disks[number]
      let (source, target) = (datastore(disk.datastore), datastore(to))
      let load = StorageForecast.Load(disk, from: source, to: target, settings: settings)
      return Disk(
        number: number, from: disk.datastore, to: to, load: load, readMiBPerSecond: source.copyMiBPerSecond,
        writtenMiBPerSecond: target.copyMiBPerSecond)
    }
  }

  /// What a request asks for; nil where it moves no file.
  init?(_ move: MoveRequest, of vm: VirtualMachine, in cluster: ClusterSnapshot) {
    var places: [Int: String] = [:]
    for (number, disk) in vm.disks.enumerated() {
      let to = move.disks[number] ?? move.datastore ?? disk.datastore
      if to != disk.datastore { places[number] = to }
    }
    guard move.movesFiles, !places.isEmpty else { return nil }
    self.init(
      vm, to: places, way: move.diskWay, logDatastore: move.placeOfLogs, in: cluster,
      settings: cluster.settings(of: vm.host))
  }

  var places: [Int: String] { Dictionary(disks.map { ($0.number, $0.to) }, uniquingKeysWith: { first, _ in first }) }

  /// Where each disk is that moves, by its number.
  var oldPlaces: [Int: String] { Dictionary(disks.map { ($0.number, $0.from) }, uniquingKeysWith: { first, _ in first }) }

  /// The datastores that take part, each once.
  package var datastores: Set<String> { Set(disks.flatMap { [$0.from, $0.to] } + [logDatastore].compactMap { $0 }) }

  /// Where logs lie, while there are some.
  var logDatastores: Set<String> {
    way == .redoLog ? logDatastore.map { [$0] } ?? Set(disks.map(\.from)) : []
  }

  /// Whether the datastore of the VM's home, its first disk's, changes; and from where to where.
  var home: (from: String, to: String)? { disks.first { $0.number == 0 }.map { ($0.from, $0.to) } }

  var sizeMiB: Double { disks.reduce(0) { $0 + $1.load.diskMiB } }

  /// What copying or committing all of it once takes, each disk after the other.
  var slowestSeconds: Double {
    disks.reduce(0) { $0 + $1.load.diskMiB / max(0.001, min($1.load.copyMiBPerSecond, $1.load.commitMiBPerSecond)) }
  }

  /// What copying all of it once takes, each disk after the other.
  var copySeconds: Double { disks.reduce(0) { $0 + $1.load.diskMiB / max(0.001, $1.load.copyMiBPerSecond) } }

  /// How fast a log on a datastore can be committed, and how fast logs there grow, as far as is known.
  func commitMiBPerSecond(on log: String) -> Double {
    let rates = disks.filter { (logDatastore ?? $0.from) == log }.map(\.load.commitMiBPerSecond)
    return max(0.001, rates.min() ?? 0.001)
  }

  /// What logs on a datastore hold after some seconds, MiB, as far as is known.
  func logMiB(on log: String, after seconds: Double) -> Double {
    disks.filter { (logDatastore ?? $0.from) == log }.reduce(0) { sum, disk in
      let load = disk.load
      return sum
        + RedoLog(diskMiB: load.diskMiB, writeMiBPerSecond: load.writeMiBPerSecond, writeSetMiB: load.writeSetMiB)
        .sizeMiB(after: seconds)
    }
  }

  /// One step of each log on a datastore that grows, MiB.
  func logStepsMiB(on log: String) -> Double {
    RedoLog.stepMiB * Double(disks.count { (logDatastore ?? $0.from) == log && $0.load.writeMiBPerSecond > 0 })
  }

  func writeMiBPerSecond(on log: String) -> Double {
    disks.filter { (logDatastore ?? $0.from) == log }.reduce(0) { $0 + $1.load.writeMiBPerSecond }
  }

  /// What its copies take up on datastores, MiB.
  package var copiesMiB: [String: Double] {
    disks.reduce(into: [:]) { needs, disk in needs[disk.to, default: 0] += disk.load.diskMiB }
  }

  /// What its logs take up on datastores at most, MiB.
  /// - Parameter stretch: by how much longer copying takes than for it alone.
  func logsMiB(stretch: Double = 1) -> [String: Double] {
    guard way == .redoLog else { return [:] }
    return disks.reduce(into: [:]) { needs, disk in
      var load = disk.load
      load.copyMiBPerSecond /= stretch
      needs[logDatastore ?? disk.from, default: 0] += StorageForecast(load, way: way).logPeakMiB
    }
  }

  /// By how much longer copying takes than for it alone, beside others: each datastore divides its speed equally among the
  /// disks that are read there, and among those that are written.
  func stretch(beside others: [FileMove]) -> Double {
    let all = others.flatMap(\.disks) + disks
    func share(_ end: KeyPath<Disk, String>, of name: String) -> Double {
      Double(disks.count { $0[keyPath: end] == name }) / Double(max(1, all.count { $0[keyPath: end] == name }))
    }
    return disks.map { disk in
      let rate = min(
        disk.readMiBPerSecond * share(\.from, of: disk.from), disk.writtenMiBPerSecond * share(\.to, of: disk.to))
      return max(1, disk.load.copyMiBPerSecond / max(0.001, rate))
    }.max() ?? 1
  }

  /// Whether the rest of each disk gets small, if the guest goes on writing as it does.
  var converges: Bool { disks.allSatisfy { StorageForecast($0.load, way: way).converges } }

  /// What the ledger has to learn once they are moved: where the VM's disks are from then on.
  var settingsAfter: [JSONValue.Member] {
    var vm = VirtualMachine(name: "", host: "", memoryMiB: 0, vcpus: 0)
    vm.disks = before
    for disk in disks { vm.disks[disk.number].datastore = disk.to }
    return [.init("sets", .object([.init("disks", .string(vm.settings["disks"] ?? "[]"))]))]
  }

  /// As the request of a migration holds it.
  var json: JSONValue {
    let list = disks.map { disk -> JSONValue in
      ["disk": .int(Int64(disk.number)), "from": .string(disk.from), "to": .string(disk.to)]
    }
    return ["way": .string(way.rawValue), "log_datastore": JSONValue(logDatastore), "disks": .array(list)]
  }

  /// Out of the request of a migration; nil where it is of none that moves files.
  init?(json: JSONValue, of vm: VirtualMachine, in cluster: ClusterSnapshot, settings: MigrationSettings) {
    guard let way = json["way"]?.stringValue.flatMap(RelocationWay.init) else { return nil }
    var (places, vm) = ([Int: String](), vm)
    for entry in json["disks"]?.arrayValue ?? [] {
      guard let number = entry["disk"]?.intValue.flatMap({ Int(exactly: $0) }), vm.disks.indices.contains(number),
        let from = entry["from"]?.stringValue, let to = entry["to"]?.stringValue
      else { continue }
      places[number] = to
      // The ledger may know by now that it is there.
      vm.disks[number].datastore = from
    }
    self.init(
      vm, to: places, way: way, logDatastore: json["log_datastore"]?.stringValue, in: cluster, settings: settings)
  }
}
