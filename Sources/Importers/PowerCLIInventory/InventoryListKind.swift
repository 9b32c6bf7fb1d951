/// The lists of objects that PowerCLI's commands give, known by their columns.
enum InventoryListKind: String, CaseIterable, Sendable {
  case clusters = "Get-Cluster"
  case hosts = "Get-VMHost"
  case datastores = "Get-Datastore"
  case vms = "Get-VM"

  /// Sets of columns of which each has to be there, by any of its names.
  private var marks: [[String]] {
    switch self {
    case .clusters:
      [["name"], ["haenabled", "drsenabled"], ["haenabled", "haadmissioncontrolenabled", "drsautomationlevel"]]
    case .hosts: [["name"], ["connectionstate", "state"], ["cputotalmhz", "memorytotalgb", "memorytotalmb"]]
    case .datastores: [["name"], ["capacitygb", "capacitymb"], ["freespacegb", "freespacemb"]]
    case .vms: [["name"], ["powerstate"], ["vmhost", "vmhostid"], ["numcpu", "memorygb", "memorymb"]]
    }
  }

  /// The kind of list that has these columns; nil for none.
  init?(columns: Set<String>) {
    let found = Self.allCases.first { kind in
      kind.marks.allSatisfy { names in names.contains { columns.contains($0) } }
    }
    guard let found else { return nil }
    self = found
  }
}
