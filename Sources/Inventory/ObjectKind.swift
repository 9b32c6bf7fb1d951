/// What kind of thing an object of the inventory is. The raw value stands in the database and in the hash.
package enum ObjectKind: String, Sendable, CaseIterable {
  case datacenter
  case cluster
  case host
  case vm
  case datastore
}
