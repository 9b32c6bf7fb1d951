internal import Foundation
internal import Synchronization

/// The most memory that a process holds at once. The system's own figure for a child that has ended is never less than what
/// we held when we started it, so the child's figure is read while it runs, every millisecond.
final class PeakMemory: Sendable {
  private struct State {
    var bytes = 0
    var isOver = false
  }

  private let state = Mutex(State())

  init(of process: pid_t) {
    Thread.detachNewThread { [self] in
      let path = "/proc/\(process)/status"
      while !state.withLock({ $0.isOver }) {
        if let bytes = Self.read(path) { state.withLock { $0.bytes = max($0.bytes, bytes) } }
        usleep(1000)
      }
    }
  }

  /// Ends the reading.
  /// - Returns: bytes; 0 where the system does not tell them.
  func stop() -> Int {
    state.withLock { state in
      state.isOver = true
      return state.bytes
    }
  }

  /// `VmHWM:     26144 kB`
  private static func read(_ path: String) -> Int? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { Int($0.filter(\.isNumber)) }.map { $0 * 1024 }
  }
}
