internal import Inventory
internal import Planning

/// Mapped LUNs in numbers: VMs, mappings, and the LUNs that they are.
struct MappingSummary {
  let vms: Int
  let mappings: Int
  /// Each once, source by source.
  let luns: [(source: String, lun: DistinctLUN)]
  /// Mappings of which it is not known which LUN they are; they may be one or several.
  let unknown: Int
  /// Of distinct LUNs, those counted each that are not known, and of all mappings, MiB.
  let sizeMiB: Double
  let mappedMiB: Double
  let vmsWithoutImageBackup: Int

  init(_ mapped: [MappingReports.Mapped]) {
    var (sources, bySource) = ([String](), [String: [MappedLUN]]())
    for (source, lun) in mapped {
      if bySource[source] == nil { sources.append(source) }
      bySource[source, default: []].append(lun)
    }
    luns = sources.flatMap { source in DistinctLUN.all(bySource[source] ?? []).map { (source: source, lun: $0) } }
    vms = Set(mapped.map { [$0.source, $0.lun.vm] }).count
    mappings = mapped.count
    let nameless = mapped.filter { $0.lun.lun == nil }
    unknown = nameless.count
    sizeMiB = luns.reduce(0) { $0 + $1.lun.sizeMiB } + nameless.reduce(0) { $0 + $1.lun.sizeMiB }
    mappedMiB = mapped.reduce(0) { $0 + $1.lun.sizeMiB }
    vmsWithoutImageBackup = Set(mapped.filter { $0.lun.mode == .physical }.map { [$0.source, $0.lun.vm] }).count
  }

  var json: JSONValue {
    [
      "vms": .int(Int64(vms)), "rdms": .int(Int64(mappings)), "luns": .int(Int64(luns.count)),
      "luns_shared": .int(Int64(luns.count { $0.lun.vms.count > 1 })), "rdms_of_unknown_lun": .int(Int64(unknown)),
      "size_mib": .double(sizeMiB), "mapped_mib": .double(mappedMiB),
      "vms_without_image_backup": .int(Int64(vmsWithoutImageBackup)),
    ]
  }

  var words: [String] {
    var known = "\(counted(vms, "VM")) with \(counted(mappings, "mapping")) of \(counted(luns.count, "known LUN"))"
    if unknown == 1 { known += " and 1 that is not known" }
    if unknown > 1 { known += ", \(unknown) of them of LUNs that are not known" }
    let backup =
      vmsWithoutImageBackup == 0
      ? "image backup holds them all" : "\(counted(vmsWithoutImageBackup, "VM")) cannot be image-backed-up"
    let space = "\(Self.mib(sizeMiB)) of distinct LUNs are mapped (\(Self.mib(mappedMiB)) if each mapping counts)"
    let shared = luns.map(\.lun).filter { $0.vms.count > 1 }
    let more = shared.count - Self.mostShown
    return ["\(known); \(backup).", space + "."] + shared.prefix(Self.mostShown).map(Self.words)
      + (more > 0 ? ["\(counted(more, "more LUN")) of several VMs stand in the table."] : [])
  }

  /// So many shared LUNs have a line of their own.
  private static let mostShown = 5

  private static func words(_ lun: DistinctLUN) -> String {
    let sharing =
      lun.busSharings.isEmpty
      ? "the sharing of their buses is not known" : "bus sharing \(lun.busSharings.map(\.rawValue).joined(separator: ", "))"
    return "LUN \(lun.id) is shared by \(lun.vms.joined(separator: ", ")); \(sharing)."
  }

  private static func mib(_ value: Double) -> String {
    "\(Int64(exactly: value.rounded()).map { "\($0)" } ?? "\(value)") MiB"
  }
}
