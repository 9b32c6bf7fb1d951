internal import Inventory

extension VirtualDisk {
  /// - Parameter sizesOfLUNs: in MiB, by id: a mapped disk is as large as its LUN.
  init(_ value: ClusterFileValue, _ names: ClusterFileNames, sizesOfLUNs: [String: Double]) throws {
    let fields = try value.object("datastore", "mib", "write_mib_s", "write_set_mib", "rdm")
    var mapping: RawDeviceMapping?
    if let rdm = try fields.known("rdm")?.object("lun", "mode") {
      mapping = RawDeviceMapping(
        lun: try rdm.required("lun").name(in: names.luns, "LUN"), mode: try rdm.required("mode").word())
    }
    let mapped = mapping?.lun.flatMap { sizesOfLUNs[$0] }
    let size = try fields["mib"].map { try $0.positiveAmount() } ?? mapped
    self.init(
      datastore: try fields.required("datastore").name(in: names.datastores, "datastore"),
      sizeMiB: try size ?? fields.required("mib").positiveAmount())
    if let mapped, sizeMiB > mapped { throw try fields.required("mib").error("its LUN has only \(mapped) MiB") }
    self.mapping = mapping
    writeMiBPerSecond = try fields["write_mib_s"]?.amount() ?? writeMiBPerSecond
    writeSetMiB = try fields.known("write_set_mib")?.amount(to: sizeMiB)
  }
}
