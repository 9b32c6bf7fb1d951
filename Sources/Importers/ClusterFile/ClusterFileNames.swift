internal import Inventory

/// The names in a cluster file, by which its objects refer to each other.
struct ClusterFileNames {
  let clusters: Set<String>
  let hosts: Set<String>
  let datastores: Set<String>
  let luns: Set<String>
  let vms: Set<String>
  /// Of the VMs for which `placement` says it.
  let placement: [String: String]

  /// - Throws: `failed` where a name is missing or stands there twice.
  init(_ file: ClusterFileObject, name: String) throws {
    clusters = try Self.names(file["clusters"], or: name)
    hosts = try Self.names(file["hosts"])
    datastores = try Self.names(file["datastores"], or: Datastore.onlyName)
    luns = try Self.names(file["luns"], key: "id")
    vms = try Self.names(file["vms"])
    var placement: [String: String] = [:]
    if let places = try file["placement"]?.object() {
      for vm in places.keys {
        let place = try places.required(vm)
        guard vms.contains(vm) else { throw place.error("there is no VM \(vm)") }
        placement[vm] = try place.name(in: hosts, "host")
      }
    }
    self.placement = placement
  }

  private static func names(_ list: ClusterFileValue?, key: String = "name", or only: String? = nil) throws -> Set<String> {
    guard let list else { return only.map { [$0] } ?? [] }
    var names: Set<String> = []
    for item in try list.list() {
      let value = try item.object().required(key)
      let name = try value.text()
      guard names.insert(name).inserted else { throw value.error("\(name) stands there twice") }
    }
    return names
  }
}
