internal import ArgumentParser
internal import Inventory
internal import Ledger
internal import Planning

/// Which mapped LUNs: on the commands about them.
struct MappingOptions: ParsableArguments {
  /// What was found, and the sources that do not say anything.
  struct Found: Sendable {
    var mapped: [(source: String, lun: MappedLUN)] = []
    var silent: [String] = []
  }

  @Option(help: ArgumentHelp("Only VMs of this source.", valueName: "name"))
  var source: String?

  func validate() throws { try refuseBlank(("--source", source)) }

  func find(_ reader: borrowing LedgerReader, at moment: Instant) throws -> Found {
    if let source { try reader.checkSource(source) }
    var found = Found()
    for name in try source.map({ [$0] }) ?? reader.sourceNames() {
      let snapshot = try reader.snapshot(of: name, at: moment)
      // Where an inventory lists no disks, the one that stands for a VM's home has no size.
      let listsDisks = snapshot.isComplete || snapshot.vms.contains { $0.disks.contains { $0.sizeMiB > 0 } }
      if !listsDisks { found.silent.append(name) }
      found.mapped += MappedLUN.all(snapshot).map { (name, $0) }
    }
    return found
  }
}
