/// What is going on while a move is planned, beyond what a snapshot of the cluster shows.
package struct Situation: Sendable, Equatable {
  package var moves: [MoveInFlight] = []
  /// VMs that another task holds, with what it is; VMs that move need not be named again.
  package var busy: [String: String] = [:]

  package init() {}
}
