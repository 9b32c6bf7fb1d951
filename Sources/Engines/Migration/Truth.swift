internal import Hypervisor

/// What is known of a VM's copy on one of the two hosts of its migration.
package enum Truth: Sendable, Equatable {
  /// The host does not answer. It may run the VM all the same.
  case unreachable
  case none
  /// Something of its memory is missing.
  case incomplete
  case paused
  case running

  init(_ report: CopyReport) {
    self =
      switch report.state {
      case .none: .none
      case .incomplete: .incomplete
      case .paused: .paused
      case .running: .running
      }
  }

  /// Whether the host was heard, and does not run it.
  var isKnownNotToRun: Bool { self != .running && self != .unreachable }
}
