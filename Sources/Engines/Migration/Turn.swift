internal import Hypervisor
internal import Inventory

/// What one step of a migration works with, and what it comes to.
struct Turn {
  let now: Instant
  /// Hosts that do not answer.
  let lost: Set<String>
  var numbers: OrderNumbers
  /// What other moves have to do with the logs of the one whose turn it is, where datastores are looked at.
  var company = Company()
  var step = MigrationStep()

  /// A change for people who watch.
  mutating func tell(_ subject: String, _ old: String, _ new: String, because: String) {
    step.changes.append(StateChange(at: now, subject: subject, old: old, new: new, because: because))
  }
}
