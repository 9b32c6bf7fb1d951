internal import Inventory

extension LUN {
  init(_ value: ClusterFileValue, _ names: ClusterFileNames) throws {
    let fields = try value.object("id", "size_mib", "hosts")
    self.init(id: try fields.required("id").text(), sizeMiB: try fields.required("size_mib").positiveAmount())
    guard let paths = try fields["hosts"]?.object() else { return }
    for host in paths.keys {
      let number = try paths.required(host)
      guard names.hosts.contains(host) else { throw number.error("there is no host \(host)") }
      numbers[host] = try number.count(from: 0)
    }
  }
}
