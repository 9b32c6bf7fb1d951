internal import Inventory

/// What a row says of a cluster, a host, a datastore or a VM.
struct ListedObject {
  /// Where it stands.
  let row: Int
  /// The id that vCenter gave it; empty where the tab does not have it.
  let id: String
  let name: String
  /// Of a VM: vCenter's instance UUID. It tells VMs of one name apart where the tab has no ids; nil where it is not known.
  var uuid: String?
  /// Nil where the tab does not tell, as of clusters. Of a datastore that of its hosts, where all are in one.
  var datacenter: String?
  var cluster: String?
  /// What columns of histories are made of, and what else is known by name.
  var facts: [JSONValue.Member] = []
  var settings = Settings()
  /// Of a datastore: the hosts that have it.
  var hosts: [String] = []
  /// Of a datastore: its space as cluster files have it; null where it is not known.
  var space: JSONValue = .null

  /// What tells it from the others of its kind.
  var identity: String { id.isEmpty ? Self.qualified(name, datacenter) + (uuid.map { "\n\($0)" } ?? "") : id }

  /// A name with its datacenter before it.
  static func qualified(_ name: String, _ datacenter: String?) -> String { "\(datacenter ?? "")/\(name)" }
}
