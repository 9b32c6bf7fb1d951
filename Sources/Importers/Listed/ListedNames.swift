internal import Inventory

/// How the objects of an inventory are referred to: by their ids where the tabs have them, else by their names; with the
/// datacenter before it where several bear one name, or by the instance UUID where they are in one datacenter.
struct ListedNames {
  private struct Place: Hashable {
    let name: String
    let datacenter: String?
  }

  private var ids: [ObjectKind: [Place: String]] = [:]
  /// The places of the objects that bear a name.
  private var places: [ObjectKind: [String: Set<Place>]] = [:]
  /// Names that several objects of one place have, so that only their ids tell them apart.
  private var doubles: [ObjectKind: Set<Place>] = [:]

  init(_ inventory: ListedInventory) {
    for vm in inventory.vms { add(.vm, vm.object) }
    for host in inventory.hosts { add(.host, host) }
    for datastore in inventory.datastores { add(.datastore, datastore) }
    // A row that does not tell its datacenter does not make another cluster of its cluster.
    for object in inventory.hosts + inventory.vms.map(\.object) where object.datacenter != nil {
      if let cluster = object.cluster { note(.cluster, Place(name: cluster, datacenter: object.datacenter)) }
    }
    for cluster in inventory.clusters { add(.cluster, cluster) }
  }

  private mutating func note(_ kind: ObjectKind, _ place: Place) {
    places[kind, default: [:]][place.name, default: []].insert(place)
  }

  private mutating func add(_ kind: ObjectKind, _ object: ListedObject) {
    // The tab of clusters does not say their datacenters; the other tabs do.
    let known = kind == .cluster ? places[kind]?[object.name] ?? [] : []
    let place = known.count == 1 ? known.first : nil
    let own = place ?? Place(name: object.name, datacenter: object.datacenter)
    if ids[kind, default: [:]].updateValue(object.id, forKey: own) != nil { doubles[kind, default: []].insert(own) }
    note(kind, own)
  }

  /// Whether objects of several places bear a name.
  func isShared(_ kind: ObjectKind, _ name: String) -> Bool { places[kind]?[name]?.count ?? 0 > 1 }

  /// The reference of an object that has a row of its own.
  func reference(_ kind: ObjectKind, to object: ListedObject) -> ObjectReference {
    guard object.id.isEmpty else { return ObjectReference(kind: kind, foreignID: object.id, name: object.name) }
    if let uuid = object.uuid, doubles[kind]?.contains(Place(name: object.name, datacenter: object.datacenter)) == true {
      return ObjectReference(kind: kind, foreignID: uuid, name: object.name)
    }
    return reference(kind, object.name, in: object.datacenter)
  }

  /// The reference of an object that another one's row names.
  func reference(_ kind: ObjectKind, _ name: String, in datacenter: String?) -> ObjectReference {
    let own = Place(name: name, datacenter: datacenter)
    let only = isShared(kind, name) ? nil : places[kind]?[name]?.first
    let place = ids[kind]?[own] == nil ? only ?? own : own
    let isDouble = doubles[kind]?.contains(place) ?? false
    if !isDouble, let id = ids[kind]?[place], !id.isEmpty { return ObjectReference(kind: kind, foreignID: id, name: name) }
    let id = isShared(kind, name) || isDouble ? ListedObject.qualified(name, datacenter) : ""
    return ObjectReference(kind: kind, foreignID: id, name: name)
  }
}
