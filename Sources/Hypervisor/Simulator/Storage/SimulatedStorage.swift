internal import Inventory

/// The datastores and what is really on them: the files of all disks.
struct SimulatedStorage: Sendable {
  var volumes: [Volume]
  let volumeNumbers: [String: Int]
  /// Of each VM.
  var disks: [[GuestDisk]]
  var clocks: [WriteClock]
  /// Of each datastore, what can be read, written and committed, MiB/s.
  let speeds: [Double]

  init(_ cluster: ClusterSnapshot) {
    var (volumes, numbers, speeds): ([Volume], [String: Int], [Double]) = ([], [:], [])
    for datastore in cluster.datastores where numbers[datastore.name] == nil {
      numbers[datastore.name] = volumes.count
      volumes.append(Volume(name: datastore.name, capacityMiB: datastore.capacityMiB, hosts: datastore.hosts))
      speeds += [datastore.copyMiBPerSecond, datastore.copyMiBPerSecond, datastore.commitMiBPerSecond]
    }
    disks = cluster.vms.map { vm in
      vm.disks.map { disk in
        let number = numbers[disk.datastore] ?? volumes.count
        if number == volumes.count {
          // Nothing is known of it but its name.
          let datastore = Datastore(name: disk.datastore, capacityMiB: 0)
          numbers[disk.datastore] = number
          volumes.append(Volume(name: disk.datastore, capacityMiB: 0, hosts: nil))
          speeds += [datastore.copyMiBPerSecond, datastore.copyMiBPerSecond, datastore.commitMiBPerSecond]
        }
        let guestDisk = GuestDisk(disk, volume: number)
        volumes[number].filesMiB += guestDisk.sizeMiB
        return guestDisk
      }
    }
    for datastore in cluster.datastores {
      guard let number = numbers[datastore.name] else { continue }
      volumes[number].otherMiB = max(0, datastore.usedMiB - volumes[number].filesMiB)
    }
    clocks = Array(repeating: WriteClock(), count: cluster.vms.count)
    (self.volumes, volumeNumbers, self.speeds) = (volumes, numbers, speeds)
  }

  func sees(_ host: HostMachine, _ volume: Int) -> Bool {
    host.hasStorage && volumes[volume].hosts?.contains(host.name) ?? true
  }

  /// Makes a file for a copy; what was a copy once is the disk's file by now.
  mutating func create(_ disk: Int, of vm: Int, on volume: Int) {
    if disks[vm][disk].source == nil {
      (disks[vm][disk].source, disks[vm][disk].home) = (disks[vm][disk].target, .source)
    }
    disks[vm][disk].target = GuestDisk.BaseFile(volume: volume)
    volumes[volume].filesMiB += disks[vm][disk].sizeMiB
  }

  mutating func remove(_ disk: Int, of vm: Int, _ side: DiskSide) {
    guard let file = disks[vm][disk][side] else { return }
    volumes[file.volume].filesMiB -= disks[vm][disk].sizeMiB
    disks[vm][disk][side] = nil
  }

  /// The oldest logs of a disk are in the file under them, and go.
  mutating func merge(_ disk: Int, of vm: Int, logs count: Int) {
    for log in disks[vm][disk].logs.prefix(count) { volumes[log.volume].filesMiB -= log.sizeMiB }
    disks[vm][disk].merged(count)
  }
}
