import Foundation
import TestSupport
import Testing

/// What the documents show is what the program prints.
@Suite struct DocumentTests {
  @Test func theQueriesOfTheDocumentGiveWhatItShows() throws {
    let text = try String(contentsOf: Project.root.appendingPathComponent("docs/query.md"), encoding: .utf8)
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    let story = ["import", "stories/fails-twice", "--db", path, "--at", "2026-10-28T00:00:00Z"]
    #expect(try Program.run(story).code == 0)
    let blocks = text.components(separatedBy: "```").filter { $0.hasPrefix("\n$ yadokari db query \"") }
    #expect(blocks.count == 3)
    for block in blocks {
      let begin = "\n$ yadokari db query \""
      let rest = block.dropFirst(begin.count)
      let end = try #require(rest.firstRange(of: "\"\n"))
      let sql = String(rest[..<end.lowerBound]).replacing("\\\"", with: "\"")
      let result = try Program.run(["db", "query", sql, "--db", path])
      #expect(result.code == 0 && result.output == rest[end.upperBound...], "\(sql)")
    }
  }

  /// Every `$ yadokari` command of the README, in its order in one folder; `…` stands for what is left out.
  @Test("The commands of the README print what it shows")
  func theReadmeIsTrue() throws {
    let text = try String(contentsOf: Project.root.appendingPathComponent("README.md"), encoding: .utf8)
    let folder = try ScratchFolder()
    let environment = ["YADOKARI_DB": folder.path("readme.db"), "COLUMNS": "100"]
    var count = 0
    for block in text.components(separatedBy: "```") where block.hasPrefix("\n$ yadokari ") {
      for part in block.components(separatedBy: "\n$ yadokari ").dropFirst() {
        let lines = part.components(separatedBy: "\n")
        // The examples of the project are where the tests run.
        let words = lines[0].replacing("Tests/Fixtures/", with: "").split(separator: " ").map(String.init)
        let result = try Program.run(words, environment: environment)
        #expect(result.code == 0, "\(lines[0]): \(result.errors)")
        var rest = result.output[...]
        for shown in lines.dropFirst().joined(separator: "\n").components(separatedBy: "…\n") where !shown.isEmpty {
          let place = try #require(rest.firstRange(of: shown), "\(lines[0]) does not print\n\(shown)")
          rest = rest[place.upperBound...]
        }
        count += 1
      }
    }
    #expect(count >= 4)
  }
}
