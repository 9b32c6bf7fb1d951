import Foundation
import TestSupport
import Testing

/// What comes through a pipe, into the program as a shell starts it. `$0` is the program.
@Suite struct PipeTests {
  /// Runs a script with a database and a folder for temporary files of its own; says what was left in that folder.
  private func run(_ script: String) throws -> (result: Program.Result, left: [String]) {
    let folder = try ScratchFolder()
    try FileManager.default.createDirectory(atPath: folder.path("tmp"), withIntermediateDirectories: false)
    let result = try Program.shell(
      script, environment: ["YADOKARI_DB": folder.path("a.db"), "TMPDIR": folder.path("tmp")])
    return (result, try FileManager.default.contentsOfDirectory(atPath: folder.path("tmp")))
  }

  @Test(arguments: ["cat", "gzip -c", "iconv -f UTF-8 -t UTF-16"])
  func standardInput(filter: String) throws {
    let (result, left) = try run("\(filter) < vcenter-a/govc-events.xml | \"$0\" import - -o csv")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains("\n-,govc-events-xml,vcenter-1,251,251,0,0,"))
    #expect(left.isEmpty)
  }

  @Test func aRedirectedFileAndAnAnswerWithoutDatabase() throws {
    let (result, left) = try run("\"$0\" ha affected --from - -o csv < vcenter-a/govc-events.xml")
    #expect(result.code == 0 && result.output.contains("DC0_C0_RP0_VM6"), "\(result.errors)")
    #expect(left.isEmpty)
  }

  @Test func anInventoryIsDatedByTheImport() throws {
    let (result, _) = try run("cat vcenter-a/govc-collect-vms.json | \"$0\" import - -o json")
    #expect(result.code == 0)
    #expect(result.output.contains("snapshot-time-from-file-date"))
    #expect(result.output.contains("the time of the import, 2026-11-24T00:00:00.000000Z, was used"))
  }

  @Test func processSubstitution() throws {
    let (result, left) = try run(
      "\"$0\" import <(cat vcenter-a/govc-events.xml) <(gzip -c vcenter-a/govc-about.json) -o csv")
    #expect(result.code == 0, "\(result.errors)")
    #expect(
      result.output.contains("govc-events-xml,vcenter-1,251,251") && result.output.contains("govc-about,vcenter-1,1,1"))
    #expect(left.isEmpty)
  }

  @Test func whatIsWrongIsSaidOfTheDash() throws {
    for (script, code, message) in [
      ("echo '<A/>' | \"$0\" import - -", Int32(64), "standard input can be read only once"),
      ("printf '' | \"$0\" import -", 1, "-: empty"), ("echo hello | \"$0\" import -", 1, "-: none of the formats"),
      ("gzip -c vcenter-a/govc-events.xml | head -c 3000 | \"$0\" import -", 1, "-: the compressed file is cut off"),
      ("\"$0\" import /dev/null", 64, "/dev/null is no file, folder or pipe"),
      ("TMPDIR=/nowhere; export TMPDIR; echo x | \"$0\" import -", 1, "- cannot be kept in"),
    ] {
      let (result, left) = try run(script)
      #expect(result.code == code && result.errors.contains(message), "\(script): \(result.code) \(result.errors)")
      #expect(left.isEmpty, "\(script)")
    }
  }
}
