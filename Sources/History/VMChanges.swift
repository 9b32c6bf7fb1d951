package import Inventory

/// What became other in a VM's history since it was last asked. Made in this room, where time lines are compiled for their
/// values; asked for from outside, each of them would be worked by tables at run time, at twice the cost.
package struct VMChanges: Sendable {
  package let residency: TimelineChanges<ObjectID>?
  package let power: TimelineChanges<PowerState>?
  package let shape: TimelineChanges<VMShape>?
  package let home: TimelineChanges<ObjectID>?
  package let cluster: TimelineChanges<ObjectID>?
  package let name: TimelineChanges<Int64>?
  /// In the order of their keys.
  package let settings: [(key: String, changes: TimelineChanges<String>)]
}

extension VMHistory {
  /// Takes out what became other since this was last called.
  package mutating func takeChanges() -> VMChanges {
    var changed: [(key: String, changes: TimelineChanges<String>)] = []
    for key in settings.keys.sorted() {
      if let changes = settings[key]?.takeChanges() { changed.append((key, changes)) }
    }
    return VMChanges(
      residency: residency.takeChanges(), power: power.takeChanges(), shape: shape.takeChanges(),
      home: home.takeChanges(), cluster: cluster.takeChanges(), name: name.takeChanges(), settings: changed)
  }
}
