package import Inventory

/// How the capacity of a cluster changed: what is different from the inventory before, and where it goes.
package struct CapacityCourse: Sendable {
  package var members: [JSONValue.Member] { [] }
}
