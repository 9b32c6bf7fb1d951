/// A copy in passes of something that is written meanwhile: each pass copies what was written during the one before.
package struct CopyPasses: Sendable, Equatable {
  /// One pass.
  package struct Pass: Sendable, Equatable {
    package var mib: Double
    package var seconds: Double
  }

  /// Why no further pass follows.
  package enum Ending: Sendable, Equatable {
    /// The rest is small enough to be copied while the writer stands still.
    case smallEnough
    /// A further pass would leave as much as this one: what is written is written as fast as it is copied,
    /// or nothing is copied.
    case sticks
    /// As many passes were made as are allowed.
    case passesUsedUp
  }

  package private(set) var passes: [Pass] = []
  /// What the last pass leaves.
  package private(set) var restMiB: Double
  package private(set) var ending = Ending.smallEnough

  /// - Parameters:
  ///   - first: what the first pass copies, MiB.
  ///   - firstRate: its speed, MiB/s.
  ///   - rate: the speed of all further passes, MiB/s.
  ///   - written: distinct blocks or pages that are written, MiB/s.
  ///   - cap: the part that is written again and again, MiB; no rest is larger.
  ///   - isSmallEnough: whether a rest may be copied while the writer stands still.
  init(
    first: Double, firstRate: Double, rate: Double, written: Double, cap: Double, maxPasses: Int,
    isSmallEnough: (Double) -> Bool
  ) {
    restMiB = first
    guard firstRate > 0, rate > 0 else {
      ending = .sticks
      return
    }
    while passes.count < max(1, maxPasses) {
      let pass = Pass(mib: restMiB, seconds: restMiB / (passes.isEmpty ? firstRate : rate))
      passes.append(pass)
      restMiB = min(cap, written * pass.seconds)
      if isSmallEnough(restMiB) { return }
      if restMiB >= pass.mib && written >= rate {
        ending = .sticks
        return
      }
    }
    ending = .passesUsedUp
  }

  package var mib: Double { passes.reduce(0) { $0 + $1.mib } }
  package var seconds: Double { passes.reduce(0) { $0 + $1.seconds } }
}
