internal import Hypervisor

/// What is known of a VM's copy on one of the two hosts of its migration.
package enum Truth: Sendable, Equatable {
  /// The host does not answer. It may run the VM all the same.
  case unreachable
  case none
  /// Something of its memory is missing.
  case incomplete
  case paused
  /// It was told to run, and does not yet.
  case starting
  case running

  init(_ report: CopyReport) {
    self =
      switch report.state {
      case .none: .none
      case .incomplete: .incomplete
      case .paused: .paused
      case .starting: .starting
      case .running: .running
      }
  }
}
