internal import Inventory

/// What no single value of a cluster file shows: whether they fit together.
struct ClusterFileCheck {
  private let cluster: ClusterSnapshot
  private let file: ClusterFileObject

  init(_ cluster: ClusterSnapshot, _ file: ClusterFileObject) {
    self.cluster = cluster
    self.file = file
  }

  /// - Throws: `failed`
  func run() throws {
    try checkSpace()
    try checkDependencies()
  }

  private func checkSpace() throws {
    var used: [String: Double] = [:]
    for disk in cluster.vms.flatMap(\.disks) where disk.mapping == nil { used[disk.datastore, default: 0] += disk.sizeMiB }
    for (index, datastore) in cluster.datastores.enumerated() {
      guard let used = used[datastore.name], used > datastore.capacityMiB else { continue }
      throw file.place.error(
        "datastores[\(index)].capacity_mib: the disks on \(datastore.name) take \(used) MiB, it has \(datastore.capacityMiB)"
      )
    }
  }

  /// A VM that waits for itself would never be started.
  private func checkDependencies() throws {
    var waitsFor = Dictionary(cluster.vms.map { ($0.name, $0.dependsOn.count) }) { first, _ in first }
    var dependents: [String: [String]] = [:]
    for vm in cluster.vms { for other in vm.dependsOn { dependents[other, default: []].append(vm.name) } }
    var ready = cluster.vms.map(\.name).filter { waitsFor[$0] == 0 }
    while let next = ready.popLast() {
      for dependent in dependents[next] ?? [] {
        waitsFor[dependent, default: 0] -= 1
        if waitsFor[dependent] == 0 { ready.append(dependent) }
      }
    }
    guard let index = cluster.vms.firstIndex(where: { waitsFor[$0.name, default: 0] > 0 }) else { return }
    throw file.place.error("vms[\(index)].depends_on: \(cluster.vms[index].name) would wait for itself")
  }
}
