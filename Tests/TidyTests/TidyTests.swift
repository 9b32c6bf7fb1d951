import Foundation
import TestSupport
import Testing

/// Rules of the house that no compiler checks.
@Suite struct TidyTests {
  private func lines(of file: URL) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
  }

  @Test func filesAndLinesAreShort() throws {
    for file in Project.swiftFiles(below: "Sources") {
      let lines = try lines(of: file)
      #expect(lines.count <= 300, "\(file.lastPathComponent) has \(lines.count) lines")
      for (index, line) in lines.enumerated() {
        #expect(line.count <= 125, "\(file.lastPathComponent):\(index + 1)")
      }
    }
  }

  @Test func clockAndChanceStandInOneFile() throws {
    for file in Project.swiftFiles(below: "Sources") where file.lastPathComponent != "WallClock.swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for word in ["Date()", "Date.now", ".random(in", "SystemRandomNumberGenerator", "Task.sleep"] {
        #expect(!text.contains(word), "\(file.lastPathComponent) uses \(word)")
      }
    }
  }

  @Test func queriesStandInTheLedger() throws {
    for file in Project.swiftFiles(below: "Sources") {
      if file.path.contains("/Sources/Ledger/") || file.path.contains("/Sources/SQLite/") { continue }
      for line in try lines(of: file) {
        for word in ["SELECT ", "INSERT INTO ", "DELETE FROM ", "UPDATE "] {
          #expect(!line.trimmingCharacters(in: .whitespaces).hasPrefix("\"" + word), "\(file.lastPathComponent): \(line)")
          #expect(!line.trimmingCharacters(in: .whitespaces).hasPrefix(word), "\(file.lastPathComponent): \(line)")
        }
      }
    }
  }

  @Test func whatOtherRoomsUseIsExplained() throws {
    for file in Project.swiftFiles(below: "Sources") {
      let lines = try lines(of: file)
      for (index, line) in lines.enumerated() {
        let words = line.trimmingCharacters(in: .whitespaces)
        let isType = ["struct", "enum", "class", "protocol", "actor", "final class"].contains {
          words.hasPrefix("package \($0) ")
        }
        guard isType else { continue }
        let before = lines[..<index].last { !$0.trimmingCharacters(in: .whitespaces).hasPrefix("@") } ?? ""
        #expect(
          before.trimmingCharacters(in: .whitespaces).hasPrefix("///"), "\(file.lastPathComponent):\(index + 1) \(words)")
      }
    }
  }
}
