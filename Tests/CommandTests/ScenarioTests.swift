import Foundation
import Inventory
import TestSupport
import Testing

/// Golden transcripts: what the program prints for a story, word by word.
///
/// `YADOKARI_REWRITE=1 swift test --filter ScenarioTests` writes them anew; look at the difference before you keep it.
@Suite struct ScenarioTests {
  static var names: [String] {
    let folder = Project.root.appendingPathComponent("Tests/Scenarios").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }

  @Test func thereAreScenarios() { #expect(Self.names.count >= 2) }

  @Test(arguments: names)
  func theTranscriptIsAsExpected(name: String) throws {
    let folder = Project.root.appendingPathComponent("Tests/Scenarios/\(name)")
    #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent("README.md").path))
    let scenario = try JSONValue(parsing: Data(contentsOf: folder.appendingPathComponent("scenario.json")))
    let scratch = try ScratchFolder()
    var transcript = ""
    for command in scenario["commands"]?.arrayValue ?? [] {
      // Words with blanks are given one by one.
      let list = command.arrayValue?.compactMap(\.stringValue)
      let words = try list ?? #require(command.stringValue).split(separator: " ").map(String.init)
      let spoken = words.map { $0.contains(" ") ? "'\($0)'" : $0 }
      transcript += "$ yadokari \(spoken.joined(separator: " "))\n"
      // Databases beside the one that is meant where none is named.
      let places = words.indices.map { $0 > 0 && words[$0 - 1] == "--db" ? scratch.path(words[$0]) : words[$0] }
      let result = try Program.run(places, environment: ["YADOKARI_DB": scratch.path("scenario.db")])
      let text = (result.output + result.errors).replacing(scratch.url.path + "/", with: "")
      transcript += text + (result.code == 0 ? "" : "exit \(result.code)\n") + "\n"
    }
    let expected = folder.appendingPathComponent("expected.txt")
    if ProcessInfo.processInfo.environment["YADOKARI_REWRITE"] != nil {
      try Data(transcript.utf8).write(to: expected)
      return
    }
    #expect(transcript == (try String(contentsOf: expected, encoding: .utf8)))
  }
}
