internal import Inventory

extension Datastore {
  init(_ value: ClusterFileValue, _ names: ClusterFileNames) throws {
    let fields = try value.object("name", "format", "capacity_mib", "used_mib", "hosts", "copy_mib_s", "commit_mib_s")
    self.init(
      name: try fields.required("name").text(), capacityMiB: try fields.required("capacity_mib").positiveAmount())
    format = try fields["format"]?.text() ?? format
    usedMiB = try fields["used_mib"]?.amount(to: capacityMiB) ?? usedMiB
    hosts = try fields.known("hosts").map { Set(try $0.names(in: names.hosts, "host")) }
    copyMiBPerSecond = try fields["copy_mib_s"]?.positiveAmount() ?? copyMiBPerSecond
    commitMiBPerSecond = try fields["commit_mib_s"]?.positiveAmount() ?? copyMiBPerSecond / 2
  }

  /// The name of the datastore of a file that speaks of none.
  static let onlyName = "datastore1"

  /// The datastore of a file that speaks of none: all hosts see it, and it is as large as VMFS 3 can be.
  static var only: Datastore { Datastore(name: onlyName, capacityMiB: 64 * 1024 * 1024) }
}
