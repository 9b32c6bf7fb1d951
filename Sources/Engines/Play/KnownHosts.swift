internal import Inventory
internal import Ledger

/// What the ledger knows of a source's hosts.
extension LedgerReader {
  /// Hosts that did not answer when they were last heard of.
  func lostHosts(of source: String, at moment: Instant) throws -> [String] {
    try hosts(at: moment).filter { $0.host.source == source && $0.availability == .connectionLost }.map(\.host.name)
  }

  /// VMs that are on a host and not known to be off.
  func runningVMs(on host: String, source: String, at moment: Instant) throws -> [String] {
    var vms: [String] = []
    try forEachPlacement(at: moment) { place in
      guard place.vm.source == source, place.host?.name == host, place.power != .off, place.power != .suspended else {
        return
      }
      vms.append(place.vm.name)
    }
    return vms
  }
}
