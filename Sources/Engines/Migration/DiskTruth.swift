internal import Hypervisor
internal import Planning

/// What a host says of the disks that a migration moves, all together.
struct DiskTruth: Sendable, Equatable {
  /// Which files the VM has.
  enum Home: Sendable, Equatable {
    case source, target
    /// Some disks the old ones, some the copies.
    case mixed
  }

  let home: Home
  /// Whether the host sees any file of each disk.
  let isSeen: Bool
  /// Whether every disk has a copy that holds, with its logs, everything that the guest wrote.
  let isWholeAtTarget: Bool
  /// What logs take, MiB.
  let logsMiB: Double
  /// Whether logs are there.
  let hasLogs: Bool
  /// Whether all disks that can have one have a log.
  let isFrozen: Bool
  /// Whether what the guest writes goes to both places, or what it changes is noted.
  let isWatched: Bool
}

extension DiskTruth {
  init(_ report: CopyReport, of files: FileMove) {
    let disks = files.disks.compactMap { disk in
      report.disks.first { $0.number == disk.number }.map { (move: disk, report: $0) }
    }
    // What the host calls source and target may be left from a move before: the datastores tell.
    func file(on datastore: String, _ report: DiskReport) -> DiskReport.File? {
      report.files.first { $0.side != nil && $0.datastore == datastore }
    }
    let homes = Set(disks.map { disk in file(on: disk.move.to, disk.report)?.side == disk.report.home })
    self.init(
      home: homes.count > 1 ? .mixed : homes == [true] ? .target : .source,
      isSeen: disks.count == files.disks.count && disks.allSatisfy { !$0.report.files.isEmpty },
      isWholeAtTarget: disks.allSatisfy { file(on: $0.move.to, $0.report)?.isComplete == true },
      logsMiB: report.disks.flatMap(\.logs).reduce(0) { $0 + $1.sizeMiB },
      hasLogs: report.disks.contains { !$0.logs.isEmpty },
      isFrozen: disks.allSatisfy { !$0.report.logs.isEmpty || $0.move.load.diskMiB == 0 },
      isWatched: disks.allSatisfy { disk in
        disk.report.isMirrored || disk.move.load.diskMiB == 0 || file(on: disk.move.to, disk.report)?.isComplete == true
          || disk.report.restMiB < disk.move.load.diskMiB
      })
  }
}
