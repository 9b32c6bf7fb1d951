internal import Dispatch
internal import Foundation
internal import Synchronization

/// Files and folders that nobody should find when the program is stopped by a signal: they are removed first.
enum Leftovers {
  private static let paths = Mutex<Set<String>>([])

  /// From here on the path goes with the program.
  static func add(_ path: String) {
    _ = watch
    paths.withLock { _ = $0.insert(path) }
  }

  /// From here on it stays, or has gone already.
  static func forget(_ path: String) { paths.withLock { _ = $0.remove(path) } }

  /// Made once and kept: a source that is let go of no longer watches.
  nonisolated(unsafe) private static let watch: [any DispatchSourceSignal] = [SIGINT, SIGTERM, SIGHUP].compactMap { number in
    let before = signal(number, SIG_IGN)
    // What whoever started us wants to be ignored stays so.
    guard unsafeBitCast(before, to: Int.self) != unsafeBitCast(SIG_IGN, to: Int.self) else { return nil }
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler {
      paths.withLock { for path in $0 { try? FileManager.default.removeItem(atPath: path) } }
      signal(number, SIG_DFL)
      kill(getpid(), number)
    }
    source.resume()
    return source
  }
}
