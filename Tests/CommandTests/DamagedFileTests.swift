import Foundation
import TestSupport
import Testing

/// Databases whose pages are not what was written.
@Suite struct DamagedFileTests {
  private func run(_ script: String, in folder: ScratchFolder) throws -> Program.Result {
    try Program.shell(
      "cd \(folder.url.path)\n\(script)", environment: ["YADOKARI_DB": folder.path("a.db"), "F": Project.fixture("")])
  }

  /// A ledger with a page of nonsense where an index begins, and without a log of writes.
  private func damaged() throws -> ScratchFolder {
    let folder = try ScratchFolder()
    let made = try run(
      """
      "$0" import $F/vcenter-a/govc-events.xml > /dev/null && sqlite3 a.db 'PRAGMA wal_checkpoint(TRUNCATE)' > /dev/null
      page=$(sqlite3 a.db "SELECT rootpage FROM sqlite_schema WHERE name = 'event_host'")
      head -c 4096 /dev/zero | tr '\\0' '\\377' | dd of=a.db bs=4096 seek=$((page - 1)) conv=notrunc 2> /dev/null
      """, in: folder)
    try #require(made.code == 0, "\(made.errors)")
    return folder
  }

  @Test(arguments: [
    "init", "init --plan", "import $F/vcenter-a", "import $F/vcenter-a --plan", "import $F/vcenter-a/govc-about.json",
    "db rebuild", "db backup b.db",
  ])
  func nothingIsWrittenAndTheCureIsSaid(command: String) throws {
    let folder = try damaged()
    let result = try run("md5sum a.db; \"$0\" \(command); echo \"code $?\"; md5sum a.db; ls", in: folder)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count >= 4 && lines[1] == "code 1" && lines[0] == lines[2], "\(result.output)")
    #expect(!lines.contains { $0.hasPrefix("b.db") }, "no copy of damage")
    #expect(
      result.errors.contains("yadokari: \(folder.path("a.db")) is damaged")
        && result.errors.contains("restore it from a backup"))
  }

  @Test func theCheckSaysWhatItFound() throws {
    let result = try run("\"$0\" db check", in: damaged())
    #expect(result.code == 2 && result.output.hasPrefix("bad: "), "\(result.code) \(result.output) \(result.errors)")
  }

  @Test func aFileThatWasCutIsDamaged() throws {
    let folder = try ScratchFolder()
    let result = try run(
      """
      "$0" import $F/vcenter-a/govc-events.xml > /dev/null && sqlite3 a.db 'PRAGMA wal_checkpoint(TRUNCATE)' > /dev/null
      truncate -s 100000 a.db
      for command in init "import $F/vcenter-a" "vm list" "db backup b.db"; do "$0" $command; echo $?; done
      """, in: folder)
    #expect(result.output == "1\n1\n1\n1\n", "\(result.output)")
    #expect(result.errors.components(separatedBy: "a.db is damaged").count == 5)
  }

  @Test func aCopyThatCannotBeWrittenIsNotTheFaultOfTheDatabase() throws {
    let folder = try ScratchFolder()
    let result = try run(
      """
      "$0" import $F/vcenter-a/govc-events.xml > /dev/null
      ln -s nowhere/b.db link; "$0" db backup link; echo $?
      "$0" db backup /proc/b.db; echo $?
      ls
      """, in: folder)
    #expect(result.output.hasPrefix("5\n1\n") && result.output.contains("link\n"), "\(result.output)")
    let errors = result.errors.split(separator: "\n")
    #expect(errors.count == 2 && errors[0].contains("link is a link to a file that is not there"))
    #expect(errors.last?.contains("/proc/b.db") == true && !result.errors.contains("a.db"), "\(result.errors)")
  }
}
