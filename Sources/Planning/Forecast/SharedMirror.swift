internal import Foundation
internal import Inventory

extension StorageForecast {
  /// How long a mirror takes whose copy and mirrored writes share one way into the target; nil where the writes
  /// take all of it.
  package var sharedMirrorSeconds: Double? {
    let share = load.writeMiBPerSecond / load.copyMiBPerSecond
    guard way == .mirror, share < 1 else { return nil }
    guard share > 0 else { return passes.seconds }
    return load.diskMiB / load.writeMiBPerSecond * -log1p(-share)
  }
}
