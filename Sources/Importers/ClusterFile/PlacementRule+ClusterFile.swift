internal import Inventory

extension PlacementRule {
  init(_ value: ClusterFileValue, _ names: ClusterFileNames) throws {
    let fields = try value.object("kind", "name", "vms", "hosts")
    self.init(
      kind: try fields.required("kind").word(), vms: try Self.vms(fields.required("vms"), names))
    name = try fields.known("name")?.text()
    hosts = try fields["hosts"]?.names(in: names.hosts, "host") ?? hosts
    guard kind == .mustRunOn || kind == .shouldRunOn else {
      if !hosts.isEmpty { throw try fields.required("hosts").error("\(kind.rawValue) is between VMs: it names no hosts") }
      return
    }
    if hosts.isEmpty { throw value.error("\(kind.rawValue) needs hosts") }
  }

  /// Reads the short form: a list of VMs that are to be apart.
  init(antiAffinity value: ClusterFileValue, _ names: ClusterFileNames) throws {
    self.init(kind: .antiAffinity, vms: try Self.vms(value, names))
  }

  private static func vms(_ value: ClusterFileValue, _ names: ClusterFileNames) throws -> [String] {
    let vms = try value.names(in: names.vms, "VM")
    guard !vms.isEmpty else { throw value.error(expected: "the names of VMs") }
    return vms
  }
}
