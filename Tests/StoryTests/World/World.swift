/// What really exists in one vCenter at one moment, apart from all records of it.
struct World {
  struct Datacenter {
    let number: Int
    let name: String
    var id: String { "datacenter-\(number)" }
  }

  struct Cluster {
    let number: Int
    let name: String
    let datacenter: Int
    /// Whether high availability is on.
    let isProtected: Bool
    var id: String { "domain-c\(number)" }
  }

  struct Host {
    let number: Int
    let name: String
    let datacenter: Int
    /// Nil for a host in no cluster.
    let cluster: Int?
    var isInMaintenance = false
    /// Whether vCenter or HA have lost it.
    var isAway = false
    var id: String { "host-\(number)" }
  }

  struct Datastore {
    let number: Int
    let name: String
    let datacenter: Int
    var id: String { "datastore-\(number)" }
  }

  struct VM {
    let number: Int
    var name: String
    var host: Int
    var datastore: Int
    var power: Power
    /// Where the secondary of Fault Tolerance runs; nil without one.
    var secondary: Int?
    var id: String { "vm-\(number)" }
  }

  enum Power: String { case on, off, suspended }

  var datacenters: [Int: Datacenter] = [:]
  var clusters: [Int: Cluster] = [:]
  var hosts: [Int: Host] = [:]
  var datastores: [Int: Datastore] = [:]
  var vms: [Int: VM] = [:]

  /// The VMs on a host, by number.
  func residents(of host: Int) -> [VM] { vms.values.filter { $0.host == host }.sorted { $0.number < $1.number } }

  /// The hosts that answer, of a cluster, by number.
  func working(in cluster: Int?) -> [Host] {
    hosts.values.filter { $0.cluster == cluster && !$0.isAway && !$0.isInMaintenance }.sorted { $0.number < $1.number }
  }

  /// Whether the cluster of a host has HA.
  func isProtected(_ host: Host) -> Bool { host.cluster.flatMap { clusters[$0] }?.isProtected ?? false }

  /// Whether a VM of the datacenter has the name.
  func isTaken(_ name: String, in datacenter: Int) -> Bool {
    vms.values.contains { $0.name == name && hosts[$0.host]?.datacenter == datacenter }
  }
}
