internal import Inventory

extension VMVerdict {
  /// Why the VM is looked at for this failure.
  enum Basis: Equatable {
    /// It ran on the host just before.
    case resident
    /// A later failover record names the host.
    case named
    /// HA restarted it, and nothing shows where it had been.
    case restart(isAmbiguous: Bool)
  }

  /// What shows that it went on running on the failed host.
  enum Survival {
    case none
    /// A record after the host's return shows it running there, with no start between.
    case seen
    /// It was moved away after the host's return, or a move began, with no start between.
    case moved
    /// It was moved away while the host was out of sight, or its second copy went on with it: it never stopped.
    case neverStopped
  }
}
