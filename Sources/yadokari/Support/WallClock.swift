internal import Dispatch
internal import Foundation
internal import Inventory

/// The one place where the time of day comes in.
enum WallClock {
  /// The time now; `YADOKARI_NOW` fixes it.
  /// - Throws: `usage` where that is no time.
  static func now() throws -> Instant {
    if let fixed = ProcessInfo.processInfo.environment["YADOKARI_NOW"] {
      guard let instant = Instant(rfc3339: fixed) else {
        throw YadokariError(.usage, "YADOKARI_NOW is \"\(fixed)\"; give it a time such as 2026-11-23T12:00:00Z")
      }
      return instant
    }
    return Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
  }

  /// Whether some seconds have passed since the call, by a clock that nothing fixes or sets.
  static func deadline(seconds: Double) -> () -> Bool {
    let end = ContinuousClock.now.advanced(by: .seconds(seconds))
    return { ContinuousClock.now > end }
  }

  /// Calls `body` on another thread once some seconds have passed.
  static func after(seconds: Double, _ body: @escaping @Sendable () -> Void) {
    DispatchQueue.global().asyncAfter(deadline: .now() + seconds, execute: body)
  }

  /// Lets time pass.
  static func wait(seconds: Double) { Thread.sleep(forTimeInterval: seconds) }
}
