/// What a host sees of a disk of a VM.
package struct DiskReport: Sendable, Equatable {
  /// A file of it.
  package struct File: Sendable, Equatable {
    /// Nil of a log, which lies on whichever file the VM has.
    package let side: DiskSide?
    package let datastore: String
    package let name: String
    /// The space that it takes.
    package let sizeMiB: Double
    /// Whether it holds, with the logs, everything that the guest wrote. Of a log always so.
    package let isComplete: Bool

    package init(side: DiskSide?, datastore: String, name: String, sizeMiB: Double, isComplete: Bool) {
      (self.side, self.datastore, self.name) = (side, datastore, name)
      (self.sizeMiB, self.isComplete) = (sizeMiB, isComplete)
    }
  }

  /// Counted from 0 as the VM has them.
  package let number: Int
  /// The file that the VM has, or will have when it is started.
  package let home: DiskSide
  /// Whether a host holds the files at home, and the logs, open.
  package let isOpen: Bool
  /// The source, the target, and the logs, the oldest first; without those that are gone or that the host does not see.
  package let files: [File]
  /// Whether what the guest writes goes to both places.
  package let isMirrored: Bool
  /// Whether the host copies or commits it at this moment.
  package let isCopying: Bool
  /// What the next pass has to copy, MiB; what the top log holds, where there is one.
  package let restMiB: Double

  package init(
    number: Int, home: DiskSide, isOpen: Bool, files: [File], isMirrored: Bool = false, isCopying: Bool = false,
    restMiB: Double
  ) {
    (self.number, self.home, self.isOpen, self.files) = (number, home, isOpen, files)
    (self.isMirrored, self.isCopying, self.restMiB) = (isMirrored, isCopying, restMiB)
  }

  /// Sides whose file is complete.
  package var complete: Set<DiskSide> { Set(files.filter(\.isComplete).compactMap(\.side)) }
  package var logs: [File] { files.filter { $0.side == nil } }
}
