import Foundation
import Inventory
import TestSupport
import Testing

/// Texts that name a VM alone, where several bear the name.
@Suite struct AmbiguousNameTests {
  private let refusal = "vSphere HA did not attempt to restart mail6 because its VM restart priority is Disabled"

  /// A list of PowerCLI: two VMs of one name, a failure of one of the hosts, and what HA says of mail6.
  private func rows(failed: String?) -> String {
    let failure = "vSphere HA detected a possible host failure of host HOST in cluster N-Prod in datacenter North"
    let texts = [
      ("6:06:00", "mail6 on kv04 in North is powered on"), ("6:13:00", "mail6 on kv09 in South is powered on"),
      ("7:00:00", failed.map { failure.replacingOccurrences(of: "HOST", with: $0) } ?? "Alarm is green"),
      ("7:01:00", refusal),
    ]
    return "\"CreatedTime\",\"UserName\",\"FullFormattedMessage\"\r\n"
      + texts.reversed().map { "\"5/5/2026 \($0.0) AM\",\"\",\"\($0.1)\"\r\n" }.joined()
  }

  private func ask(_ words: [String], failed: String?) throws -> JSONValue {
    let folder = try ScratchFolder()
    let list = try folder.write(rows(failed: failed), to: "events.csv")
    let options = ["--tz", "UTC", "--date-order", "mdy", "-o", "json", "--from", list]
    let result = try Program.run(words + options)
    #expect(result.code == 0, "\(result.errors)")
    return try JSONValue(parsing: Data(result.output.utf8))
  }

  @Test("A record that may be of two VMs is of neither, and every answer says so")
  func whatFitsTwoIsTold() throws {
    for words in [["ha", "affected"], ["replay"], ["report", "residency"]] {
      let gaps = try ask(words, failed: nil)["gaps"]?.arrayValue ?? []
      let gap = try #require(gaps.first { $0["code"] == "name-ambiguous" }, "\(words)")
      #expect(gap["count"] == 1 && gap["examples"] == [.string(refusal)])
    }
    let vms = try ask(["vm", "list"], failed: nil)["vms"]?.arrayValue ?? []
    #expect(vms.map { $0["power"] } == ["on", "on"])
  }

  @Test("What HA refuses is said of the VM whose host had failed", arguments: ["kv04", "kv09"])
  func theFailureTellsWhich(host: String) throws {
    let answer = try ask(["ha", "affected"], failed: host)
    #expect(answer["gaps"]?.arrayValue?.contains { $0["code"] == "name-ambiguous" } == false)
    let vms = answer["incidents"]?.arrayValue?.first?["vms"]?.arrayValue ?? []
    #expect(vms.count == 1 && vms.first?["outcome"] == "not_protected" && vms.first?["from"] == .string(host))
  }
}
