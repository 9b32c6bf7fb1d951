internal import Foundation
internal import Inventory
internal import Ledger

/// A copy of the database to try a change on, so that a plan tells exactly what would happen.
struct TrialCopy {
  private let folder: URL

  /// Copies the database; where there is none, the trial begins with none.
  init(of path: String, now: Instant) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("yadokari-plan-\(UUID().uuidString)")
    Leftovers.add(folder.path)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    do {
      if FileManager.default.fileExists(atPath: path) { try Ledger.copy(path, to: self.path, now: now) }
    } catch {
      remove()
      throw error
    }
  }

  var path: String { folder.appendingPathComponent("plan.db").path }

  func remove() {
    try? FileManager.default.removeItem(at: folder)
    Leftovers.forget(folder.path)
  }
}
