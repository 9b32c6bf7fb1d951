/// What is known of a host's being alive, from the weakest trouble to the worst.
package enum HostAvailability: String, Sendable {
  case connected
  /// An administrator took it out of the inventory's sight.
  case disconnected
  /// No answer; by itself no proof of death.
  case connectionLost = "connection_lost"
  /// All its storage is out of reach.
  case storageLost = "storage_lost"
  /// It lives, cut off from the others.
  case isolated
  /// The cluster declared it dead.
  case failed
}
