internal import Hypervisor
internal import Inventory
internal import Ledger

/// What the ledger says at the end of a play, held against what the hardware did: no VM is lost without an event.
enum PlayCheck {
  static func objections(
    _ reader: borrowing LedgerReader, _ simulator: Simulator, source: String
  ) throws -> [String] {
    let running = Dictionary(grouping: simulator.stints.filter { $0.until == nil }, by: \.vm)
    let uncertain = Set(try reader.openMigrations().compactMap { $0.first?.event.vm?.name } + reader.parkedVMs())
    var objections: [String] = []
    try reader.forEachPlacement(at: simulator.now) { place in
      guard place.vm.source == source, !uncertain.contains(place.vm.name), !simulator.isTemplate(place.vm.name) else {
        return
      }
      let hosts = running[place.vm.name]?.map(\.host) ?? []
      // Of the VMs of a host that does not answer nothing can be known.
      if let host = place.host?.name, simulator.inventory(of: host) == nil { return }
      if place.power == .on, hosts != [place.host?.name ?? ""] {
        let truth = hosts.isEmpty ? "runs nowhere" : "runs on \(hosts.joined(separator: " and "))"
        objections.append("\(place.vm.name) is on \(place.host?.name ?? "no host") by the ledger, and \(truth)")
      }
      if place.power == .off, !hosts.isEmpty {
        objections.append("\(place.vm.name) is off by the ledger, and runs on \(hosts.joined(separator: " and "))")
      }
    }
    return objections
  }
}
