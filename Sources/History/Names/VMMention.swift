package import Inventory

/// What a record tells of which VM it names.
package struct VMMention: Sendable {
  /// Number of the record.
  package let seq: Int64
  /// The VM, where the record has its id.
  package let vm: ObjectID?
  /// The name that the record has for it; empty where it has none.
  package let name: String
  /// The name before a rename; nil for other records.
  package var oldName: String?
  /// The name after a rename; nil for other records.
  package var newName: String?
  /// Where the record says that the VM is; each nil where it does not say.
  package var datacenter: ObjectID?
  /// The cluster that the VM is in; nil where the record does not say.
  package var cluster: ObjectID?
  /// The host that the VM is on; nil where the record does not say.
  package var host: ObjectID?
  /// Where it says that the VM was just before.
  package var hostBefore: ObjectID?
  /// Whether these hosts have ids; false where they have names alone.
  package var isHostKnown = true
  /// Whether the VM need not have been there: the host of HA's try, and others that count only where nothing contradicts.
  package var isHostDoubtful = false
  /// Of what HA says of a failure, the hosts that had failed last by then and were not back: the VM was on one of them.
  /// Empty for other records.
  package var failedHosts: Set<ObjectID> = []
  /// The moment of the inventory that the record is from: its records have no order. Nil for an event.
  package var inventoryAt: Instant?
  /// Whether the record removes the VM from the inventory.
  package var isRemoval = false
  /// Whether the record creates the VM or adds it to the inventory.
  package var isCreation = false
  /// Whether it may be of a creation that is still going on, such as the id that a new VM is given.
  package var isSetup = false

  /// A mention that says nothing but the VM and its name.
  package init(seq: Int64, vm: ObjectID?, name: String) {
    self.seq = seq
    self.vm = vm
    self.name = name
  }
}
