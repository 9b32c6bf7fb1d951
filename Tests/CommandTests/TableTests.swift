import Foundation
import TestSupport
import Testing

/// The tables of a report, one at a time or all into a folder.
@Suite struct TableTests {
  private func affected(_ arguments: String..., from story: String = "vcenter-a") throws -> Program.Result {
    try Program.run(["ha", "affected", "--from", "\(story)/"] + arguments)
  }

  private func lines(_ text: String) -> [String] { text.components(separatedBy: "\r\n").filter { !$0.isEmpty } }

  @Test func aTableIsPrintedByItsName() throws {
    let vms = try affected("-o", "csv", "--table", "vms").output
    #expect(try vms == affected("-o", "csv").output)
    let incidents = lines(try affected("-o", "csv", "--table", "incidents").output)
    #expect(incidents.count == 2)
    #expect(incidents[0].hasPrefix("incident,source,cluster,host,host_id,trigger,failed_at,declared_at,host_recovered_at,"))
    #expect(incidents[0].hasSuffix("affected,restarted,failed,waiting,not_protected,recovered_with_host,duplicate,no_trace"))
    #expect(incidents[1].contains(",DC0_C0_H2,") && incidents[1].contains(",host_failed,"))
    #expect(incidents[1].split(separator: ",").first == lines(vms)[1].split(separator: ",").first)
  }

  @Test func gapsAndSilentHostsAreTablesToo() throws {
    let gaps = try Program.run(["ha", "affected", "--from", "vcenter-a/govc-events.xml", "-o", "csv", "--table", "gaps"])
    let rows = lines(gaps.output)
    #expect(rows[0] == "incident,code,text,vms,vm_ids" && rows.count > 1 && rows.contains { $0.contains(",no-inventory,") })
    let silent = try affected(
      "-o", "csv", "--table", "unconfirmed", "--at", "2026-10-13T09:14:09Z", from: "stories/two-hosts")
    #expect(lines(silent.output)[0] == "host,host_id,since,until,vms")
    #expect(lines(silent.output)[1].hasPrefix("esx02,host-") && silent.output.contains(",2026-10-13T09:14:07"))
  }

  @Test func allTablesGoIntoAFolderWholeOrNotAtAll() throws {
    let folder = try ScratchFolder()
    let (new, old) = (folder.path("new"), folder.path("old"))
    try FileManager.default.createDirectory(atPath: old, withIntermediateDirectories: false)
    for (out, more) in [(new, []), (new + "2/", []), (old + "/", ["-o", "csv"])] {
      let result = try Program.run(["ha", "affected", "--from", "vcenter-a/govc-events.xml", "--out", out] + more)
      #expect(result.code == 0 && result.output.isEmpty && result.errors.contains("5 tables in \(out)"), "\(result.errors)")
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: out).sorted() == [
          "gaps.csv", "incidents.csv", "unattributed.csv", "unconfirmed.csv", "vms.csv",
        ])
      for table in ["gaps", "incidents", "unattributed", "unconfirmed", "vms"] {
        let alone = try Program.run(
          ["ha", "affected", "--from", "vcenter-a/govc-events.xml", "-o", "csv", "--table", table])
        #expect(try String(contentsOfFile: "\(out)/\(table).csv", encoding: .utf8) == alone.output, "\(table)")
      }
    }
    try FileManager.default.removeItem(atPath: "\(old)/incidents.csv")
    let again = try affected("--out", old)
    #expect(again.code == 5 && again.errors.contains("vms.csv is there already"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: old).count == 4)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == ["new", "new2", "old"])
  }

  @Test(
    arguments: [
      (["--table", "gaps"], 64, "--table goes with -o csv"),
      (["--table", "hosts", "-o", "csv"], 64, "incidents, vms, gaps"),
      (["--out", "/nowhere/a/b"], 3, "there is no folder"), (["--out", "x", "-o", "json"], 64, "--out writes CSV"),
      (["--out", "x", "--table", "vms", "-o", "csv"], 64, "leave --table out"), (["--out", ""], 64, "--out is blank"),
    ] as [([String], Int32, String)])
  func whatDoesNotGoTogetherIsSaid(arguments: [String], code: Int32, words: String) throws {
    let result = try Program.run(["ha", "affected", "--from", "vcenter-a/govc-events.xml"] + arguments)
    #expect(result.code == code && result.errors.contains(words) && result.output.isEmpty, "\(result.errors)")
  }
}
