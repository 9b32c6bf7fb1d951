import Foundation
import Inventory
import TestSupport
import Testing

/// An export of RVTools, as a person meets it at the terminal.
@Suite struct RVToolsTests {
  private func json(_ result: Program.Result) throws -> JSONValue { try JSONValue(parsing: Data(result.output.utf8)) }

  @Test func aWorkbookAnswersEveryQuestion() throws {
    let folder = try ScratchFolder()
    let database = ["--db", folder.path("a.db")]
    func run(_ arguments: String...) throws -> Program.Result { try Program.run(arguments + database) }
    let plan = try run("import", "rvtools/four-clusters.xlsx", "--plan")
    #expect(plan.code == 0 && plan.output.hasPrefix("839 records would be added from 1 file: a plan"))
    let first = try run("import", "rvtools/four-clusters.xlsx")
    #expect(first.code == 0 && first.output.hasPrefix("839 records added from 1 file."))
    #expect(
      try run("import", "rvtools/four-clusters.xlsx").output.hasPrefix("0 records added from 1 file, 839 known already."))
    for round in 0..<2 {
      let vms = try json(run("vm", "list", "-o", "json"))["vms"]?.arrayValue ?? []
      #expect(vms.count == 805 && vms.count { $0["power"] == "off" } == 42)
      let clusters = try json(run("cluster", "list", "-o", "json"))["clusters"]?.arrayValue ?? []
      #expect(clusters.compactMap { $0["vms"]?.intValue } == [47, 695, 41, 22])
      let hosts = try json(run("host", "list", "-o", "json"))["hosts"]?.arrayValue ?? []
      #expect(hosts.count == 66 && hosts.count { $0["cores"] ?? .null != .null } == 34)
      #expect(try run("vm", "where", "wadfs1").output.hasPrefix("wadfs1 was on bovmsp-04.customer.com"))
      #expect(try run("vm", "list", "--at", "2018-06-12T22:34:28Z", "-o", "json").output.contains("\"vms\":[]"))
      #expect(try run("db", "check").code == 0)
      if round == 0 { #expect(try run("db", "rebuild").code == 0) }
    }
    #expect(try run("import", "retract", "841", "--reason", "x").code == 3, "the import is event 840")
    #expect(try run("import", "retract", "840", "--reason", "another vCenter").code == 0)
    #expect(try run("vm", "list", "-o", "json").output.contains("\"vms\":[]"))
  }

  @Test func aTabThatIsSetAsideIsSaid() throws {
    let folder = try ScratchFolder()
    let database = ["--db", folder.path("a.db")]
    let result = try Program.run(["import", "rvtools/two-clusters.xlsx"] + database)
    #expect(result.code == 2 && result.output.hasPrefix("141 records added from 1 file, 1 set aside."))
    #expect(result.output.contains("line 1: set aside: sheet vPartition: cell A1: \"NEXT Data Center\""))
    let mapped = try Program.run(["report", "rdm", "-o", "json"] + database)
    #expect(mapped.code == 0 && mapped.output.contains("gtappDB02") && mapped.output.contains("gtappDB03"))
    #expect(mapped.output.contains("\"datastore\": null"), "no path tells where the mapping files are")
    #expect(!mapped.output.contains("ADDSDC01") && !mapped.output.contains("rdm-not-known"), "vDisk lists the disks of all")
  }

  @Test func withoutADatabaseAndThroughAPipe() throws {
    let folder = try ScratchFolder()
    let small = Project.fixture("rvtools/small.xlsx")
    let script = """
      cd \(folder.url.path)
      "$0" vm list --from \(small) -o csv | tail -n +2 | cut -d, -f1 | tr '\\n' ' '
      "$0" host list --from - -o csv < \(small) | wc -l
      "$0" import \(small) - < \(small) | head -1
      gzip -c \(small) > small.gz; "$0" import small.gz --db b.db > /dev/null
      """
    let result = try Program.shell(script, environment: ["YADOKARI_DB": folder.path("a.db")])
    #expect(
      result.output == """
        sample-archive-01 sample-db-01 sample-web-01 3
        6 records added from 2 files, 6 known already.

        """, "\(result.output)")
    #expect(
      result.code == 1 && result.errors.contains("small.gz is a zip archive or an Excel workbook that was compressed again"))
    #expect(try Program.run(["import", small, "--encoding", "utf-16le", "--db", folder.path("c.db")]).code == 0)
    #expect(try Program.run(["import", small, "--source", "lab", "--db", folder.path("d.db")]).output.contains("lab"))
  }

  @Test func otherTabsAndNoDataAreSaid() throws {
    let folder = try ScratchFolder()
    let result = try Program.run(["import", "rvtools/small.xlsx", "--db", folder.path("a.db")])
    #expect(result.output.contains("8 tabs that are not read: vNetwork, vCD, vUSB"))
    let empty = try folder.write(WorkbookFile(tables: ["vInfo": ["VM|Host"]]).data, to: "empty.xlsx")
    let nothing = try Program.run(["import", empty, "--db", folder.path("b.db")])
    #expect(nothing.code == 1 && nothing.errors.contains("that is no data"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("b.db")))
  }
}
