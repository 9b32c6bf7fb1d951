/// A host, as the hardware has it.
struct HostMachine: Sendable {
  let name: String
  /// For VMs, MiB.
  let memoryMiB: Int64
  var hasPower: Bool
  var hasNetwork = true
  var hasStorage = true
  var isHung = false
  var isBooting = false
  /// Counts its losses and returns: news of an earlier one is none.
  var turns = 0
  /// Counts its losses of power: a start that was interrupted ends nothing.
  var powerTurns = 0
  /// Whether whoever controls it was told that it is lost.
  var isKnownLost = false
  /// The newest epoch that it has seen of each VM.
  var epochs: [Int: Int] = [:]
  /// The last order for each VM, and its end where it has one: an order that comes twice is answered twice.
  var lastOrders: [Int: (number: Int, result: Message.Result?)] = [:]
  /// Starts of a VM that are going to fail.
  var failingStarts: [Int: Int] = [:]
  var usedMemoryMiB: Int64 = 0

  /// Whether its programs run.
  var isUp: Bool { hasPower && !isHung && !isBooting }
  /// Whether orders reach it.
  var answers: Bool { isUp && hasNetwork }
}
