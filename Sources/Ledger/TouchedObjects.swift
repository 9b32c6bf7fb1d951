/// Identities whose spans a transaction has to make anew.
struct TouchedObjects {
  var hosts: Set<Int64> = []
  var clusters: Set<Int64> = []

  var isEmpty: Bool { hosts.isEmpty && clusters.isEmpty }
}
