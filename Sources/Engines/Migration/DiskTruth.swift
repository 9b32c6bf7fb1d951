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
  /// Whether logs are there.
  let hasLogs: Bool
  /// Whether all disks that can have one have a log.
  let isFrozen: Bool
  /// Whether what the guest writes goes to both places, or what it changes is noted.
  let isWatched: Bool
  let isCopying: Bool

  init(_ report: CopyReport, of files: FileMove) {
    let disks = report.disks.filter { disk in files.disks.contains { $0.number == disk.number } }
    let homes = Set(disks.map(\.home))
    home = homes.count > 1 ? .mixed : homes.first == .target ? .target : .source
    isSeen = disks.count == files.disks.count && disks.allSatisfy { !$0.files.isEmpty }
    isWholeAtTarget = disks.allSatisfy { $0.complete.contains(.target) }
    hasLogs = report.disks.contains { !$0.logs.isEmpty }
    let sizes = Dictionary(files.disks.map { ($0.number, $0.load.diskMiB) }, uniquingKeysWith: { first, _ in first })
    isFrozen = disks.allSatisfy { !$0.logs.isEmpty || sizes[$0.number] == 0 }
    isWatched = disks.allSatisfy { disk in
      disk.isMirrored || disk.complete.contains(.target) || disk.restMiB < sizes[disk.number] ?? 0
    }
    isCopying = disks.contains(where: \.isCopying)
  }
}
