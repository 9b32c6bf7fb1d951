package import Inventory
package import Ledger

/// The inventory at a moment as a workbook with the tabs of RVTools, for programs that read those.
package struct InventoryWorkbook {
  package let workbook: Workbook
  /// What the workbook lacks, in sentences.
  package let notes: [String]

  /// - Parameters:
  ///   - source: nil for the only one there is.
  ///   - cluster: only what is in it.
  /// - Throws: `notFound` for a source that the ledger does not have, or a moment at which nothing is known; `conflict`
  ///   where there are several sources and none is named.
  package init(
    _ reader: borrowing LedgerReader, source: String?, cluster: ObjectID?, at moment: Instant
  ) throws {
    let objects = try InventoryObjects(reader, source: reader.onlySource(source), cluster: cluster, at: moment)
    let (tabs, places) = (VMTabs(uuid: objects.instanceUUID), PlaceTabs(uuid: objects.instanceUUID))
    let known = objects.hosts.filter { $0.facts.text("evc_current") != nil }
    let hasEVC = known.count == objects.hosts.count
    let disks = objects.vms.flatMap { vm in
      (vm.facts.json("disks").arrayValue ?? []).enumerated().map { (vm: vm, number: $0 + 1, disk: $1) }
    }
    func has(_ setting: String, _ keys: String...) -> [InventoryObjects.VM] {
      objects.vms.filter { vm in
        let document = vm.facts.json(setting)
        return keys.contains { document[$0].map { $0 != .null } ?? false }
      }
    }
    let load = has("load", "cpu_demand") + has("reserved", "cpu_reservation_mhz")
    let memory = has("load", "mem_active_mib") + has("reserved", "mem_reservation_mib")
    let sheets = [
      tabs.vInfo.sheet(objects.vms), tabs.vCPU.sheet(load.isEmpty ? [] : objects.vms),
      tabs.vMemory.sheet(memory.isEmpty ? [] : objects.vms), tabs.vDisk.sheet(disks),
      tabs.vPartition.sheet(has("storage", "guest_capacity_mib", "guest_consumed_mib")),
      tabs.vTools.sheet(has("tools", "status", "version")), places.vHost(hasEVC: hasEVC).sheet(objects.hosts),
      places.vCluster.sheet(objects.clusters), places.vDatastore.sheet(objects.datastores),
    ].compactMap(\.self)
    guard !sheets.isEmpty else {
      throw YadokariError(.notFound, "no inventory is known at \(moment); import one, or give another time with --at")
    }
    workbook = Workbook(created: moment, sheets: sheets)
    notes =
      hasEVC || known.isEmpty
      ? []
      : [
        "of \(counted(objects.hosts.count - known.count, "host")) it is not known whether EVC is set: "
          + "vHost has no column Current EVC, in which nothing means that it is off"
      ]
  }
}
