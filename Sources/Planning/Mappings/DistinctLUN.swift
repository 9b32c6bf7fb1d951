package import Inventory

/// A LUN, however many VMs it is mapped into.
package struct DistinctLUN: Sendable, Equatable {
  /// The id of the LUN in its source.
  package let id: String
  /// The largest that a mapping says.
  package private(set) var sizeMiB = 0.0
  /// The VMs into which it is mapped, each once, in the order of the snapshot.
  package private(set) var vms: [String] = []
  /// Its modes and the sharing of their buses, as far as they are known, each once.
  package private(set) var modes: [VirtualDisk.MappingMode] = []
  package private(set) var busSharings: [VirtualDisk.BusSharing] = []
  /// Where the mapping files lie; empty where that is not known.
  package private(set) var datastores: [String] = []

  /// The distinct ones among mappings of one source whose LUN is known, in their order.
  package static func all(_ mapped: [MappedLUN]) -> [DistinctLUN] {
    var (found, places) = ([DistinctLUN](), [String: Int]())
    for mapping in mapped {
      guard let id = mapping.lun else { continue }
      let place = places[id] ?? found.count
      if place == found.count { found.append(DistinctLUN(id: id)) }
      places[id] = place
      found[place].take(mapping)
    }
    return found
  }

  private init(id: String) { self.id = id }

  private mutating func take(_ mapping: MappedLUN) {
    sizeMiB = max(sizeMiB, mapping.sizeMiB)
    if !vms.contains(mapping.vm) { vms.append(mapping.vm) }
    if !modes.contains(mapping.mode) { modes.append(mapping.mode) }
    if let sharing = mapping.busSharing, !busSharings.contains(sharing) { busSharings.append(sharing) }
    if !mapping.datastore.isEmpty, !datastores.contains(mapping.datastore) { datastores.append(mapping.datastore) }
  }
}
