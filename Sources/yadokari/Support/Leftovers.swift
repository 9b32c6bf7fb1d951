internal import Dispatch
internal import Foundation
internal import Synchronization

/// What nobody should find when the program is stopped by a signal: it is removed first.
enum Leftovers {
  typealias Removal = @Sendable () -> Void

  private static let removals = Mutex<[String: Removal]>([:])

  /// From here on the file or folder goes with the program.
  static func add(_ path: String) {
    _ = watch
    removals.withLock { $0[path] = { try? FileManager.default.removeItem(atPath: path) } }
  }

  /// Makes a thing at a path, with the way to remove it; a signal that comes meanwhile waits until it is made.
  static func make<Thing: Sendable>(_ path: String, _ body: () throws -> (Thing, Removal)) throws -> Thing {
    _ = watch
    return try removals.withLock { known in
      let (thing, removal) = try body()
      known[path] = removal
      return thing
    }
  }

  /// From here on it stays, or has gone already.
  static func forget(_ path: String) { removals.withLock { _ = $0.removeValue(forKey: path) } }

  /// Made once and kept: a source that is let go of no longer watches.
  nonisolated(unsafe) private static let watch: [any DispatchSourceSignal] = [SIGINT, SIGTERM, SIGHUP].compactMap { number in
    let before = signal(number, SIG_IGN)
    // What whoever started us wants to be ignored stays so.
    guard unsafeBitCast(before, to: Int.self) != unsafeBitCast(SIG_IGN, to: Int.self) else { return nil }
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler {
      removals.withLock { for removal in $0.values { removal() } }
      signal(number, SIG_DFL)
      kill(getpid(), number)
    }
    source.resume()
    return source
  }
}
