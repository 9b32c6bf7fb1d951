internal import Inventory

/// What can be seen of datastores and disks.
extension Simulator {
  /// All that is used on a datastore, MiB; nil where there is none of that name.
  package func usedMiB(on datastore: String) -> Double? {
    storage.volumeNumbers[datastore].map { storage.volumes[$0].usedMiB }
  }

  package func space(of datastore: String) -> DatastoreSpace? {
    guard !isCutOff, let volume = storage.volumeNumbers[datastore],
      hosts.contains(where: { $0.answers && storage.sees($0, volume) })
    else { return nil }
    let state = storage.volumes[volume]
    return DatastoreSpace(capacityMiB: state.capacityMiB, usedMiB: state.usedMiB)
  }

  /// All VMs that there are.
  package var vmNames: [String] { guests.map(\.name) }

  /// The disks of a VM as they really are, whoever can see them.
  package func disks(of vm: String) -> [DiskReport] { guestNumbers[vm].map { diskReports(of: $0) } ?? [] }

  /// - Parameter host: whose sight it is; nil for all that is true.
  func diskReports(of vm: Int, seenBy host: Int? = nil) -> [DiskReport] {
    if let host, !hosts[host].hasStorage { return [] }
    let clock = storage.clocks[vm].seconds(at: now)
    return storage.disks[vm].enumerated().map { number, disk in
      var files: [DiskReport.File] = []
      func add(_ side: DiskSide?, _ volume: Int, _ name: String, _ mib: Double, _ isComplete: Bool) {
        if let host, !storage.sees(hosts[host], volume) { return }
        files.append(
          DiskReport.File(
            side: side, datastore: storage.volumes[volume].name, name: "\(guests[vm].name)/\(name)", sizeMiB: mib,
            isComplete: isComplete))
      }
      for side in DiskSide.allCases {
        guard let file = disk[side] else { continue }
        add(side, file.volume, "disk\(number)", disk.sizeMiB, disk.isComplete(side))
      }
      for log in disk.logs { add(nil, log.volume, "disk\(number)-log\(log.number)", log.sizeMiB, true) }
      return DiskReport(
        number: number, home: disk.home, isOpen: isHeld(vm), files: files, isMirrored: disk.isMirrored,
        isCopying: diskJobs[vm] != nil,
        restMiB: disk.logs.last.map { disk.written(in: $0, at: clock) } ?? restMiB(of: vm, disk, at: clock))
    }
  }

  private func restMiB(of vm: Int, _ disk: GuestDisk, at clock: Double) -> Double {
    disk.target == nil || disk.isComplete(.target) ? 0 : disk.restMiB(at: clock)
  }
}
