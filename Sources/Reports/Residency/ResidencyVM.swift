internal import History
internal import Inventory
internal import Ledger

/// Where a VM ran, and where it could have run.
struct ResidencyVM {
  let summary: ObjectSummary
  /// In the order of time.
  var stays: [RunStay]
  var reach: Set<ObjectID> = []
  var basis = ReachHistory.Basis.unknown

  /// The hosts on which it ran.
  var ranOn: Set<ObjectID> { Set(stays.filter { $0.isRunning == true }.compactMap(\.host)) }

  /// How long it ran, or may have run where that is not known, in seconds.
  func seconds(running: Bool?) -> Double { stays.filter { $0.isRunning == running }.reduce(0) { $0 + $1.seconds } }
}
