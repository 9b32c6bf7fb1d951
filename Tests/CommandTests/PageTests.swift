import Foundation
import TestSupport
import Testing

@Suite struct IncidentPageTests {
  private func page(_ arguments: [String]) throws -> String {
    let result = try Program.run(arguments + ["-o", "html", "--zone", "UTC"])
    #expect(result.code == 0)
    return result.output
  }

  @Test(arguments: ["vcenter-a"] + Project.stories.map { "stories/\($0)" })
  func theSameEvidenceGivesTheSamePage(story: String) throws {
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    let imported = try Program.run(["import", story, "--db", path, "--at", "2026-11-23T11:30:00Z"])
    #expect(imported.code == 0 || imported.code == 2)
    for command in ["affected", "incidents"] {
      let arguments = ["ha", command, "--db", path, "--at", "2026-11-23T11:30:00Z"]
      let first = try page(arguments)
      #expect(first == (try page(arguments)), "\(command)")
      #expect(first.hasPrefix("<!DOCTYPE html>") && first.hasSuffix("</html>\n") && !first.contains("http"))
      let answers = try Program.run(arguments + ["--zone", "UTC"]).output.split(separator: "\n").prefix(1)
      #expect(first.contains(answers[0]), "the answer in words stands first")
      let head = try Program.run(["event", "head", "--db", path]).output.split(separator: " ")
      #expect(first.contains(head[1].trimmingCharacters(in: .newlines)), "the foot names the head of the chain")
    }
  }

  @Test func aPageSaysThatThereIsNoIncidentAndHowFarTheEvidenceGoes() throws {
    let text = try page(["ha", "affected", "--from", "stories/two-hosts", "--at", "2026-10-13T09:14:09Z"])
    #expect(text.contains("No host failure is on record up to") && text.contains("the evidence ends at"))
    #expect(text.contains("esx02 has not answered since 2026-10-13 09:14:07"))
  }

  @Test func theDrawingShowsEachTryAndEachRestart() throws {
    let text = try page(["ha", "affected", "--from", "vcenter-a"])
    #expect(text.components(separatedBy: "class=\"try\"").count - 1 == 2 + 1, "two failed starts, and the legend")
    #expect(text.contains("restarted, 41 ms") && text.contains("failed, 2 tries") && text.contains("host back") == false)
    #expect(text.contains("+10 ms"), "the axis fits what happens within milliseconds")
  }

  @Test func everyListIsAPage() throws {
    for list in ["vm", "host", "cluster", "datastore", "event"] {
      let text = try page([list, "list", "--from", "vcenter-a"])
      #expect(text.contains("</table>") && text.hasSuffix("</html>\n"), "\(list)")
    }
  }
}
