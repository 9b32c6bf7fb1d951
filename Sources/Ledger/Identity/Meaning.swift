/// Which objects the names in an event mean, where its own rows of the dictionary do not say it. Identities; nil where they
/// do. Of a VM 0 stands for one that is not known: several bear the name, and nothing tells which of them is meant.
struct Meaning: Hashable {
  var cluster: Int64?
  var host: Int64?
  var vm: Int64?
  var datastore: Int64?
  var otherHost: Int64?
  var otherDatastore: Int64?

  static let unknownVM: Int64 = 0

  var isEmpty: Bool { self == Meaning() }
}
