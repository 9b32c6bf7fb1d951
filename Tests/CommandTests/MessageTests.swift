import Foundation
import TestSupport
import Testing

/// What a person reads who gave the program something that it cannot use.
@Suite struct MessageTests {
  private func run(_ script: String) throws -> Program.Result {
    let folder = try ScratchFolder()
    return try Program.shell(
      "cd \(folder.url.path)\n\(script)", environment: ["YADOKARI_DB": folder.path("a.db"), "F": Project.fixture("")])
  }

  @Test(
    arguments: [
      (
        "printf 'PK\\3\\4abc\\0\\0' > a.csv; \"$0\" import a.csv", 1,
        "a.csv: a zip archive or an Excel workbook that is cut off"
      ),
      ("printf '\\320\\317\\21\\340\\241' > a.xls; \"$0\" import a.xls", 1, "a.xls is a document of an old Office"),
      ("{ printf 'ab\\0'; printf '<a>%.0s' {1..200}; } > a.bin; \"$0\" import a.bin", 1, "a.bin: none of the formats"),
      ("printf '<a>%.0s' {1..200} > a.xml; \"$0\" import a.xml", 1, "tags nested deeper than 90"),
      (": > a.csv; \"$0\" import a.csv", 1, "a.csv: empty: that is no data, not \"no events\"; export again"),
      ("\"$0\" import ''", 64, "the name of a file is empty"),
      ("\"$0\" vm list --db ''", 64, "does not name a database file"),
      ("\"$0\" init --db ''", 64, "does not name a database file"),
      ("\"$0\" db query 'SELECT 1' --timeout 1e9", 64, "at most 1000000 seconds"),
      ("\"$0\" db query 'SELECT 1' --timeout 0", 64, "more than 0"),
      ("\"$0\" ha affected --host ''", 64, "--host is blank"), ("\"$0\" ha incidents --source ' '", 64, "--source is blank"),
      ("\"$0\" event list --vm ''", 64, "--vm is blank"), ("\"$0\" event export --type ''", 64, "--type is blank"),
      ("\"$0\" vm list --cluster ''", 64, "--cluster is blank"), ("\"$0\" vm where ''", 64, "the name of the VM is blank"),
      ("\"$0\" import retract 2 --reason '  '", 64, "--reason is blank"),
      ("\"$0\" import $F/vcenter-a --actor ''", 64, "--actor is blank"),
      ("\"$0\" import $F/vcenter-a --source ''", 64, "--source is blank"),
      ("\"$0\" import - <&-", 1, "check that it is open"),
    ] as [(String, Int32, String)])
  func theCureIsSaid(script: String, code: Int32, words: String) throws {
    let result = try run(script)
    #expect(result.code == code && result.errors.contains(words), "\(script): \(result.code) \(result.errors)")
    #expect(!result.errors.contains("NSCocoa"))
  }

  @Test func outputThatIsClosedIsSaid() throws {
    let result = try run("\"$0\" event list --from $F/vcenter-a/govc-events.xml >&-")
    #expect(
      result.code == 1 && result.errors == "yadokari: the output cannot be written: it is closed; check where it goes\n")
  }

  /// What is opened later must not take the place of the output and get what was meant for it.
  @Test func nothingElseTakesThePlaceOfClosedOutput() throws {
    let result = try run("\"$0\" event export --from - --out a.ndjson < $F/vcenter-a/govc-events.xml >&-; wc -l < a.ndjson")
    #expect(result.output == "252\n", "\(result.output) \(result.errors)")
  }
}
