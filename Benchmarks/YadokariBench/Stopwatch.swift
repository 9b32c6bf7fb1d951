internal import Foundation

/// Time since it was made: on the wall, and of the processor for this thread alone.
struct Stopwatch {
  struct Time: Sendable {
    var wall: Double
    var cpu: Double
    /// Of the processor for all threads of the process.
    var process: Double
  }

  private let begun = Self.now

  var elapsed: Time {
    let now = Self.now
    return Time(wall: now.wall - begun.wall, cpu: now.cpu - begun.cpu, process: now.process - begun.process)
  }

  private static var now: Time {
    Time(wall: wallNow(), cpu: cpuNow(), process: read(CLOCK_PROCESS_CPUTIME_ID))
  }

  /// Seconds on the wall since some beginning.
  static func wallNow() -> Double { read(CLOCK_MONOTONIC) }

  /// Seconds of the processor for this thread.
  static func cpuNow() -> Double { read(CLOCK_THREAD_CPUTIME_ID) }

  private static func read(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
