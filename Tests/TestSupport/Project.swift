package import Foundation

/// Where the project's files lie.
package enum Project {
  /// The folder of Package.swift.
  package static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A file or folder of Tests/Fixtures.
  package static func fixture(_ path: String) -> String {
    root.appendingPathComponent("Tests/Fixtures").appendingPathComponent(path).path
  }

  /// The stories of Tests/Fixtures/stories.
  package static let stories = ["connection-lost", "fails-twice", "isolation", "old-forms", "two-hosts"]

  /// Every Swift file below a folder of the project.
  package static func swiftFiles(below folder: String) -> [URL] {
    let start = root.appendingPathComponent(folder)
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: start.path)) ?? []
    return names.filter { $0.hasSuffix(".swift") }.sorted().map { start.appendingPathComponent($0) }
  }
}
