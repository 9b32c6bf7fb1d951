/// How large a datastore is and how much of it is used, MiB. A capacity of 0 stands for no limit.
package struct DatastoreSpace: Sendable, Equatable {
  package let capacityMiB: Double
  package let usedMiB: Double

  package init(capacityMiB: Double, usedMiB: Double) { (self.capacityMiB, self.usedMiB) = (capacityMiB, usedMiB) }

  package var freeMiB: Double { max(0, capacityMiB - usedMiB) }
}
