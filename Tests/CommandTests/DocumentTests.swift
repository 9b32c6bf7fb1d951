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
}
