package import Inventory

/// The object that a name stands for.
package enum NameBearer: Sendable, Hashable {
  /// One that some record names with its id.
  case known(ObjectID)
  /// One that is known by names alone: the number tells those apart that share names, 0 is the first.
  case unnumbered(Int)
}
