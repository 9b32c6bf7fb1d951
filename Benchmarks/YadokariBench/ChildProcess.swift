internal import Foundation

/// What a process used, from its start to its end.
struct ChildProcess {
  let wall: Double
  /// Of all its threads, in the program and in the system.
  let cpu: Double
  /// Most memory that it held at once, in bytes.
  let peakMemory: Int

  /// Runs a program until it ends; what it prints is thrown away.
  /// - Throws: where it cannot be started, or does not end with 0.
  init(_ program: String, _ arguments: [String]) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }

    let watch = Stopwatch()
    var child = pid_t()
    let code = posix_spawn(&child, program, &actions, nil, &words, environ)
    guard code == 0 else { throw BenchError("\(program) cannot be started: error \(code)") }
    let peak = PeakMemory(of: child)
    var status: Int32 = 0
    var usage = rusage()
    while wait4(child, &status, 0, &usage) < 0 {
      guard errno == EINTR else { throw BenchError("\(program) cannot be waited for: error \(errno)") }
    }
    wall = watch.elapsed.wall
    guard status == 0 else {
      throw BenchError("\(([program] + arguments).joined(separator: " ")) ended with \(status >> 8) (status \(status))")
    }
    cpu = Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime)
    peakMemory = peak.stop()
  }

  private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}
