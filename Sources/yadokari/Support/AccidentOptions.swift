internal import ArgumentParser
internal import Foundation
internal import Hypervisor

/// What goes wrong with the service and its orders in a play, for tests.
struct AccidentOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Kill the process right after this many checkpoints are durable.", valueName: "n", visibility: .hidden))
  var dieAtCheckpoint: Int?

  @Option(
    help: ArgumentHelp(
      "Kill the process when this many orders were carried out; the last is never answered.", valueName: "n",
      visibility: .hidden))
  var dieAtOrder: Int?

  @Option(help: ArgumentHelp("The answer to this order gets lost.", valueName: "n", visibility: .hidden))
  var loseAnswer: Int?

  @Option(help: ArgumentHelp("This order reaches its host half a minute late.", valueName: "n", visibility: .hidden))
  var lateOrder: Int?

  @Option(help: ArgumentHelp("This order reaches its host twice.", valueName: "n", visibility: .hidden))
  var repeatOrder: Int?

  func validate() throws {
    let counts = [dieAtCheckpoint, dieAtOrder, loseAnswer, lateOrder, repeatOrder].compactMap(\.self)
    guard counts.allSatisfy({ $0 > 0 }) else { throw ValidationError("accidents are counted from 1") }
  }

  var faults: OrderFaults {
    var faults = OrderFaults()
    (faults.loseAnswer, faults.lateOrder, faults.repeatOrder) = (loseAnswer, lateOrder, repeatOrder)
    return faults
  }

  /// As a power failure would end it: nothing is tidied up.
  static func die() { kill(getpid(), SIGKILL) }
}
