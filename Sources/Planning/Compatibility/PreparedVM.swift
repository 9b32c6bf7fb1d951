internal import Inventory

/// A VM with what the checks ask of it, worked out once.
final class PreparedVM: Sendable {
  let vm: VirtualMachine
  /// Its host; nil where that is not known.
  let source: PreparedHost?
  let networks: Bits
  /// What it cannot do without: what it saw at power-on, if that is known, and what it asks for.
  let features: Bits
  /// What of that it saw; nil where nobody recorded it.
  let frozenFeatures: Bits?
  let datastores: Bits
  let rules: [PreparedRule]
  /// The move or task that holds it; nil where none does.
  let task: String?

  init(
    _ vm: VirtualMachine, source: PreparedHost?, networks: Bits, features: Bits, frozenFeatures: Bits?, datastores: Bits,
    rules: [PreparedRule], task: String?
  ) {
    (self.vm, self.source, self.networks, self.features) = (vm, source, networks, features)
    (self.frozenFeatures, self.datastores, self.rules, self.task) = (frozenFeatures, datastores, rules, task)
  }

  var name: String { vm.name }
  /// What it takes of a host while it runs.
  var need: RoomNeed { RoomNeed(of: vm) }
  var isRunning: Bool { vm.power == .on }
  /// Whether it keeps what it saw of the processor.
  var isActive: Bool { vm.power != .off }
}
