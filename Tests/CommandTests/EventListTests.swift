import Foundation
import Inventory
import TestSupport
import Testing

/// How a list of events names what they are about.
@Suite struct EventListTests {
  @Test(
    "Newest first is the opposite of oldest first, and a limit takes the newest",
    arguments: [
      [], ["--vm", "DC0_C0_RP0_VM6"], ["--host", "DC0_C0_H2"], ["--type", "vm.powered_on"],
    ])
  func theNewestComeFirst(filter: [String]) throws {
    func numbers(_ more: String...) throws -> [String] {
      let words = ["event", "list", "--from", "vcenter-a/govc-events.xml", "-o", "ndjson"] + filter + more
      return try Program.run(words).output.split(separator: "\n").map { line in
        try #require(JSONValue(parsing: line.utf8)["seq"]?.intValue.map { String($0) })
      }
    }
    let oldest = try numbers()
    #expect(oldest.count > 3)
    #expect(try numbers("--reverse") == oldest.reversed())
    #expect(try numbers("--limit", "3") == oldest.suffix(3))
    #expect(try numbers("--limit", "3", "--reverse") == oldest.suffix(3).reversed())
  }

  private func events(_ arguments: [String]) throws -> [JSONValue] {
    let output = try Program.run(["event", "list", "-o", "ndjson"] + arguments).output
    return try output.split(separator: "\n").map { try JSONValue(parsing: Data($0.utf8)) }
  }

  /// An inventory says where its VMs are by id alone; the hosts' own records have the names.
  @Test func aNameThatAnotherRecordGivesIsShown() throws {
    let names = try Dictionary(
      Program.run(["host", "list", "--from", "vcenter-a", "-o", "csv"]).output.split(separator: "\r\n").dropFirst().map {
        let fields = $0.split(separator: ",")
        return (String(fields[1]), String(fields[0]))
      }, uniquingKeysWith: { first, _ in first })
    var count = 0
    for event in try events(["--from", "vcenter-a"]) {
      guard let id = event["host_id"]?.stringValue, !id.isEmpty else { continue }
      count += 1
      #expect(event["host"]?.stringValue == names[id], "\(event["seq"] ?? .null)")
    }
    #expect(count > 100 && names.count > 4)
  }

  @Test func withoutAnyNameTheIDIsShown() throws {
    let events = try events(["--from", "vcenter-a/govc-collect-vms.json"])
    let hosts = events.compactMap { $0["host"]?.stringValue }
    #expect(!hosts.isEmpty && hosts.allSatisfy { $0.hasPrefix("host-") })
  }
}
