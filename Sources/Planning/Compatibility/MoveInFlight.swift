/// A move that is under way while another is planned.
package struct MoveInFlight: Sendable, Equatable {
  package var vm: String
  package var from: String
  /// The same host for a move of files alone.
  package var to: String
  /// The datastores between which it copies; none where no files move.
  package var datastores: Set<String> = []
  /// What it will still take on datastores, MiB.
  package var reservedMiB: [String: Double] = [:]

  package init(vm: String, from: String, to: String) {
    self.vm = vm
    self.from = from
    self.to = to
  }
}
