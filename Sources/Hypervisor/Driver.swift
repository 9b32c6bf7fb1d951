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
  /// How large a datastore is and how much of it is used; nil where no host that answers sees it.
  func space(of datastore: String) -> DatastoreSpace?
  /// Hands an order over.
  func send(_ order: Order)
  /// Waits for the next message.
  /// - Returns: nil where none came until `deadline`.
  func next(until deadline: Instant) -> Message?
}
