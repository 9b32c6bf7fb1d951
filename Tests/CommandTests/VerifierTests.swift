import Foundation
import TestSupport
import Testing

/// `tools/verify-ledger` was written from docs/ledger.md alone: that it agrees proves the document.
@Suite struct VerifierTests {
  private func run(_ program: String, _ arguments: [String]) throws -> (code: Int32, output: String) {
    let folder = try ScratchFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    try Data().write(to: URL(fileURLWithPath: folder.path("out")))
    process.standardOutput = FileHandle(forWritingAtPath: folder.path("out"))
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try String(contentsOfFile: folder.path("out"), encoding: .utf8))
  }

  private var verifier: String { Project.root.appendingPathComponent("tools/verify-ledger").path }

  @Test func itIsShort() throws {
    let lines = try String(contentsOfFile: verifier, encoding: .utf8).components(separatedBy: "\n")
    #expect(lines.count <= 61)
  }

  @Test func bothVerifiersAgree() throws {
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    for source in ["a", "b"] {
      #expect(try Program.run(["import", "vcenter-a", "--db", path, "--source", source]).code == 0)
    }
    let ours = try Program.run(["event", "verify", "--db", path])
    let theirs = try run("python3", [verifier, path])
    #expect(theirs.code == 0)
    #expect(theirs.output == ours.output)
    let change = """
      DROP TRIGGER object_no_update; UPDATE object SET name = 'nobody' WHERE foreign_id = 'vm-124' AND source = 3
      """
    #expect(try run("sqlite3", [path, change]).code == 0)
    let bad = try run("python3", [verifier, path])
    #expect(bad.code == 2)
    #expect(bad.output == (try Program.run(["event", "verify", "--db", path])).output)
  }
}
