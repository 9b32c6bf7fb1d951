package import Inventory

/// What a record tells of which VM it names.
package struct VMMention: Sendable {
  package let seq: Int64
  /// The VM, where the record has its id.
  package let vm: ObjectID?
  /// The name that the record has for it; empty where it has none.
  package let name: String
  /// Of a rename, the names before and after it.
  package var oldName: String?
  package var newName: String?
  /// Where the record says that the VM is; each nil where it does not say.
  package var datacenter: ObjectID?
  package var cluster: ObjectID?
  package var host: ObjectID?
  /// Where it says that the VM was just before.
  package var hostBefore: ObjectID?
  package var isRemoval = false
  package var isCreation = false

  package init(seq: Int64, vm: ObjectID?, name: String) {
    self.seq = seq
    self.vm = vm
    self.name = name
  }
}
