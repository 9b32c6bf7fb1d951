internal import Inventory

/// The rows of the dictionary that an event refers to.
struct EventObjects {
  let datacenter: ObjectDictionary.Entry?
  let cluster: ObjectDictionary.Entry?
  let host: ObjectDictionary.Entry?
  let vm: ObjectDictionary.Entry?
  let datastore: ObjectDictionary.Entry?
  let otherHost: ObjectDictionary.Entry?
  let otherDatastore: ObjectDictionary.Entry?

  /// Finds each object that the event names.
  init(_ event: Event, _ find: (ObjectReference) throws -> ObjectDictionary.Entry) rethrows {
    datacenter = try event.datacenter.map(find)
    cluster = try event.cluster.map(find)
    host = try event.host.map(find)
    vm = try event.vm.map(find)
    datastore = try event.datastore.map(find)
    otherHost = try event.otherHost.map(find)
    otherDatastore = try event.otherDatastore.map(find)
  }
}
