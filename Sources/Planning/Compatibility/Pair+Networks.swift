internal import Inventory

extension Pair {
  /// Networks are found by name, in exactly these letters.
  func checkNetworks(_ found: inout Findings) {
    guard cluster.isComplete, !vm.networks.isSubset(of: host.networks) else { return }
    for name in cluster.networks.names(vm.networks.subtracting(host.networks)).sorted() {
      found.add(.networkMissing, vm.isActive ? .error : .warning) {
        let similar = host.host.networks.first { $0.lowercased() == name.lowercased() }
        return "Host \(host.name) has no network named \(name), on which VM \(vm.name) is"
          + (similar.map { "; its network \($0) differs in upper and lower case." } ?? ".")
      }
    }
  }
}
