internal import Foundation
internal import Inventory

/// The tabs of RVTools that we read, in the order of reading: what tells of VMs needs to know them first.
enum RVToolsTab: String, CaseIterable, Sendable {
  case vMetaData, vCluster, vHost, vDatastore, vInfo, vCPU, vMemory, vDisk, vPartition, vSnapshot, vTools

  /// The tab that a sheet or a file is named for: `vInfo`, `RVTools_tabvInfo`, `tabvInfo_2026`, in any case of letters.
  init?(name: String) {
    let name = name.lowercased()
    let rest = name.range(of: "tabv").map { name[name.index(before: $0.upperBound)...] } ?? name[...]
    let found = Self.allCases.first { tab in
      let word = tab.rawValue.lowercased()
      return rest.hasPrefix(word) && !(rest.dropFirst(word.count).first?.isLetter ?? false)
    }
    guard let found else { return nil }
    self = found
  }

  /// Whether a file is named as RVTools names its lists, of a tab that we read or of another.
  static func isList(named name: String) -> Bool { name.lowercased().contains("rvtools_tab") }

  /// The tab that headings belong to; nil where none is certain.
  init?(headings row: SheetRow) {
    let found = Self.allCases.first { tab in
      let header = TabHeader(row, tab)
      return header.keyColumn != nil && tab.marks.allSatisfy { header.has($0) }
    }
    guard let found else { return nil }
    self = found
  }

  /// The headings of which one names the object that a row is about; without it a tab cannot be read.
  var keys: [String] {
    switch self {
    case .vMetaData: ["xlsx creation datetime"]
    case .vCluster: ["Name", "Cluster"]
    case .vDatastore: ["Name", "Datastore"]
    case .vHost: ["Host"]
    default: ["VM"]
    }
  }

  /// The headings that together no other list has.
  private var marks: [String] {
    switch self {
    case .vMetaData: ["RVTools version"]
    case .vCluster: ["TotalCpu"]
    case .vDatastore: ["Capacity", "Provisioned", "In Use"]
    case .vHost: ["# Cores", "Speed"]
    case .vInfo: ["Powerstate", "CPUs", "Memory"]
    case .vCPU: ["Overall"]
    case .vMemory: ["Active", "Consumed"]
    case .vDisk: ["Disk", "Capacity", "Disk Mode"]
    case .vPartition: ["Disk", "Capacity", "Consumed"]
    case .vSnapshot: ["Size MiB (total)"]
    case .vTools: ["Tools", "Tools Version"]
    }
  }

  /// Whether its rows tell of VMs that `vInfo` lists.
  var isAboutVMs: Bool { Self.allCases.firstIndex(of: self) ?? 0 > Self.allCases.firstIndex(of: .vInfo) ?? 0 }

  /// The second way of naming columns (`vInfoVMName`): what stands behind the tab's name there, and the heading that it is,
  /// where they differ by more than blanks and signs.
  var secondNames: [String: String] {
    let own: [String: String] =
      switch self {
      case .vHost:
        [
          "name": "host", "cpumhz": "speed", "numcpu": "#cpu", "numcpucores": "#cores", "memorysize": "#memory",
          "overallcpuusage": "cpuusage%", "overallmemoryusage": "memoryusage%",
        ]
      case .vDatastore: ["freespace": "free"]
      case .vDisk: ["name": "disk"]
      default: [:]
      }
    return own.merging(["vmname": "vm", "uuid": "vmuuid"]) { first, _ in first }
  }
}
