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
