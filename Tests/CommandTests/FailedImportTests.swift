import Foundation
import TestSupport
import Testing

/// What an import leaves behind that brought nothing, and what it says of files that hold nothing.
@Suite struct FailedImportTests {
  private static let noZone = "vcenter-a-sparse/SYNTHETIC-cluster-semicolon.csv"

  /// Runs a script in a folder of its own; `$0` is the program, `$F` the fixtures.
  private func run(_ script: String, in folder: ScratchFolder) throws -> Program.Result {
    try Program.shell(
      "cd \(folder.url.path)\n\(script)", environment: ["YADOKARI_DB": folder.path("a.db"), "F": Project.fixture("")])
  }

  @Test(
    arguments: [
      ("$F/\(noZone)", 64), ("cut.gz", 1), ("broken.xml", 1), ("$F/\(noZone) cut.gz", 64),
    ] as [(String, Int32)])
  func anImportOfNothingLeavesNoDatabase(files: String, code: Int32) throws {
    let folder = try ScratchFolder()
    let result = try run(
      """
      gzip -c $F/vcenter-a/govc-events.xml | head -c 3000 > cut.gz
      sed 's/<key>[0-9]*</<key>x</' $F/vcenter-a/govc-events.xml > broken.xml
      "$0" import \(files) > /dev/null; echo "code $?"; ls a.db* 2> /dev/null
      "$0" import $F/vcenter-a/govc-events.xml > /dev/null && "$0" db check
      """, in: folder)
    #expect(result.output.hasPrefix("code \(code)\nok: 252 events"), "\(result.output) \(result.errors)")
  }

  @Test func aLinkStaysAndItsFileGoes() throws {
    let folder = try ScratchFolder()
    let result = try run("ln -s b.db a.db; \"$0\" import $F/\(Self.noZone) > /dev/null; ls", in: folder)
    #expect(result.output == "a.db\n", "\(result.output)")
  }

  @Test func aDatabaseThatWasThereStays() throws {
    let folder = try ScratchFolder()
    let result = try run("\"$0\" init > /dev/null; \"$0\" import $F/\(Self.noZone) > /dev/null; ls a.db", in: folder)
    #expect(result.output == "a.db\n", "\(result.output) \(result.errors)")
  }

  @Test func whatWasImportedBeforeAFailureStays() throws {
    let folder = try ScratchFolder()
    let result = try run(
      "\"$0\" import $F/vcenter-a/govc-events.xml $F/\(Self.noZone) > /dev/null; echo $?; \"$0\" db check", in: folder)
    #expect(result.output.hasPrefix("2\nok: 252 events"), "\(result.output)")
  }

  @Test func anEmptyFileIsNoData() throws {
    let folder = try ScratchFolder()
    let result = try run(
      """
      mkdir some none; cp $F/vcenter-a/govc-events.xml some; : > some/empty.csv; printf ' \\n\\n' > none/blank.csv
      "$0" import some > /dev/null; echo $?; "$0" import none > /dev/null; echo $?
      "$0" vm list --from some -o csv > some.csv; echo $?; wc -l < some.csv
      """, in: folder)
    #expect(result.output.hasPrefix("2\n1\n2\n"), "\(result.output)")
    #expect(result.errors.contains("some/empty.csv: empty") && result.errors.contains("none/blank.csv: empty"))
  }

  @Test func anAnswerFromPartOfAFileEndsWithPartlyDone() throws {
    let folder = try ScratchFolder()
    let cut = "sed '0,/<key>/s/<key>[0-9]*</<key>x</' $F/vcenter-a/govc-events.xml > cut.xml"
    for command in ["ha affected", "ha incidents", "vm list", "event list", "event show 3", "db query 'SELECT 1'"] {
      let result = try run("\(cut); \"$0\" \(command) --from cut.xml; echo \"code $?\"", in: folder)
      #expect(result.output.hasSuffix("code 2\n") && result.output.count > 10, "\(command): \(result.output)")
      #expect(result.errors.contains("cut.xml: 1 record set aside\n"), "\(result.errors)")
    }
  }
}
