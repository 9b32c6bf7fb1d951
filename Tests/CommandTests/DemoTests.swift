import Foundation
import Inventory
import TestSupport
import Testing

/// What a newcomer gets to try things on.
@Suite struct DemoTests {
  @Test func theWeekAndTheStoryAnswerAllJobs() throws {
    let folder = try ScratchFolder()
    let database = folder.path("demo.db")
    let demo = try Program.run(["demo", "--db", database])
    #expect(demo.code == 0 && demo.errors.isEmpty)
    // What it says to try works, word by word.
    let hints = demo.output.split(separator: "\n").filter { $0.hasPrefix("  yadokari ") }
    #expect(hints.count == 4)
    for hint in hints {
      let words = hint.split(separator: " ").dropFirst().map(String.init)
      let result = try Program.run(words)
      #expect(result.code == 0 && !result.output.isEmpty, "\(hint): \(result.errors)")
    }
    let affected = try Program.run(["ha", "affected", "--db", database]).output
    #expect(affected.contains("esx02 failed: 5 VMs") && affected.contains("esx03 failed: 4 VMs"))
    let replay = try Program.run(["replay", "--cluster", "demo", "--speed", "0", "--db", database]).output
    #expect(replay.contains("18 moves of 11 VMs: 16 completed, 1 cancelled, 1 rolled back"))
    #expect(try Program.run(["db", "check", "--db", database]).code == 0)
    let again = try Program.run(["demo", "--db", database])
    #expect(again.code == 5 && again.errors.contains("is there already"))
  }
}
