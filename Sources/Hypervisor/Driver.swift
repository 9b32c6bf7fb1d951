package import Inventory

/// What moves virtual machines for us: hosts of some product, or the built-in simulated ones.
///
/// An order is handed over and not waited for. Its answer comes later, or never: then the order may have been carried out or
/// not. Whoever sends orders asks what is true before the next step.
package protocol Driver: AnyObject {
  /// What else the driver vouches for.
  var abilities: Abilities { get }
  /// The time by the driver's clock: of the wall, or of a simulation.
  var now: Instant { get }
  /// Begins to listen: of each host the driver says whether it answers.
  func connect()
  /// The VMs that a host runs, and those of which it has a copy that does not run; nil where it does not answer.
  func inventory(of host: String) -> (running: [String], others: [String])?
  /// Hands an order over.
  func send(_ order: Order)
  /// Waits for the next message.
  /// - Returns: nil where none came until `deadline`.
  func next(until deadline: Instant) -> Message?
}

/// What a driver vouches for beyond the orders themselves.
package struct Abilities: Sendable, Equatable {
  /// Hosts refuse orders of an older epoch than the newest that they have seen.
  package var refusesOldEpochs: Bool
  /// The disks of a VM have an owner and a generation that grows with each start: a second copy cannot start, and whether a
  /// copy ever ran can be told.
  package var locksDisks: Bool
  /// Hosts list the files of a VM's disks, with which of them the VM has open and which copies are complete.
  package var listsDisks: Bool

  package init(refusesOldEpochs: Bool, locksDisks: Bool, listsDisks: Bool = true) {
    (self.refusesOldEpochs, self.locksDisks, self.listsDisks) = (refusesOldEpochs, locksDisks, listsDisks)
  }
}
