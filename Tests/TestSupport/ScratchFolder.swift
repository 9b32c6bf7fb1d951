package import Foundation

/// A folder of its own for one test, removed with it.
package final class ScratchFolder: Sendable {
  package let url: URL

  /// - Parameter inMemory: where there is a file system in memory, there: nothing waits for a disk.
  package init(inMemory: Bool = false) throws {
    let memory = URL(fileURLWithPath: "/dev/shm")
    let isThere = inMemory && FileManager.default.isWritableFile(atPath: memory.path)
    url = (isThere ? memory : FileManager.default.temporaryDirectory)
      .appendingPathComponent("yadokari-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  package func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Writes a file; folders in its name are made.
  package func write(_ text: String, to name: String) throws -> String {
    let folder = url.appendingPathComponent(name).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url.appendingPathComponent(name))
    return path(name)
  }
}
