/// What a host knows of a VM.
package struct CopyReport: Sendable, Equatable {
  /// In what state a copy is.
  package enum State: Sendable, Equatable {
    case none
    /// A copy from another host, of which something is missing.
    case incomplete
    /// It stands still with all its memory.
    case paused
    /// It was told to run, and does not yet.
    case starting
    case running
  }

  package let state: State
  /// The disks' generation as of which the copy's memory is; nil where there is no such memory, or no driver keeps it.
  package let memoryGeneration: Int?
  /// The host that holds the disks; nil where nobody does.
  package let owner: String?
  /// Grows with each start on the disks; nil where the host cannot see them.
  package let generation: Int?
  /// Whether it stands still because a datastore had no space for what it wrote.
  package let lacksSpace: Bool
  /// Its disks' files, as far as the host sees them; empty where no driver lists them.
  package let disks: [DiskReport]
  /// Its virtual hardware; nil where the host does not see it, or no driver tells.
  package let hardware: HardwareReport?

  package init(
    state: State, memoryGeneration: Int? = nil, owner: String? = nil, generation: Int? = nil, lacksSpace: Bool = false,
    disks: [DiskReport] = [], hardware: HardwareReport? = nil
  ) {
    (self.state, self.memoryGeneration, self.owner, self.generation) = (state, memoryGeneration, owner, generation)
    (self.lacksSpace, self.disks, self.hardware) = (lacksSpace, disks, hardware)
  }
}
