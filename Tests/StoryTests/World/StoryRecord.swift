/// One event as vCenter keeps it, from which each form writes what it holds.
struct StoryRecord {
  struct Reference {
    let name: String
    let id: String
  }

  var key = 0
  var chain: Int?
  /// Microseconds since 1970.
  var at: Int64
  /// The class; `EventEx` where there is a type id.
  var type: String
  var typeID: String?
  var severity = "info"
  var user = ""
  var datacenter: Reference?
  var cluster: Reference?
  /// Whether the compute resource is a host's own.
  var isStandalone = false
  var host: Reference?
  var vm: Reference?
  var datastore: Reference?
  /// What an EventEx is about.
  var object: (kind: String, reference: Reference)?
  var text: String
  /// Further elements in XML.
  var more = ""

  /// A move, as lists of moves have it: from, to, and the datastores.
  var move: Move?

  struct Move {
    let from: Reference
    let to: Reference
    let fromDatastore: Reference
    let toDatastore: Reference
  }

  /// The type as lists print it.
  var listedType: String { typeID ?? type }
}
