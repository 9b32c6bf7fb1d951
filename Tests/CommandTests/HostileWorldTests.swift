import Foundation
import TestSupport
import Testing

/// Disks, files, locks and signals as they should not be: a clear error, nothing half-written, no wait without end.
@Suite struct HostileWorldTests {
  /// Runs a script in a folder of its own; `$0` is the program, `$F` the fixtures.
  private func run(_ script: String, in folder: ScratchFolder) throws -> Program.Result {
    try FileManager.default.createDirectory(atPath: folder.path("tmp"), withIntermediateDirectories: true)
    return try Program.shell(
      "cd \(folder.url.path)\n\(script)",
      environment: ["YADOKARI_DB": folder.path("a.db"), "TMPDIR": folder.path("tmp"), "F": Project.fixture("")])
  }

  /// An import that lasts, to be disturbed.
  private func writeLongExport(to folder: ScratchFolder) throws {
    let sample = try String(contentsOfFile: Project.fixture("vcenter-a/govc-events.xml"), encoding: .utf8)
    let text = (0..<40).map { number in
      sample.replacing("T11:18:", with: "T\(10 + number % 12):\(10 + number):")
        .replacing("<key>", with: "<key>\(number + 1)0")
    }
    _ = try folder.write(text.joined(), to: "long.xml")
  }

  @Test(
    arguments: [
      ("mkdir a.db", 64, "is a folder"), ("mkfifo a.db", 64, "is no file, but a pipe"),
      ("ln -s /dev/null a.db", 64, "is no file, but a pipe or a device"),
      ("ln -s /nowhere/b.db a.db", 1, "check that the folder exists"),
      ("head -c 90000 /dev/urandom > a.db", 1, "is not a database"), ("echo hello > a.db", 1, "is not a database"),
      ("sqlite3 a.db 'CREATE TABLE t (x)'", 1, "not one of Yadokari"),
    ] as [(String, Int32, String)])
  func whatIsNoLedgerIsRefusedAndLeftAlone(make: String, code: Int32, words: String) throws {
    let folder = try ScratchFolder()
    _ = try run(make, in: folder)
    let sum = "[ -f a.db ] && md5sum a.db; ls"
    let before = try run(sum, in: folder).output
    let written = try run("timeout 60 \"$0\" import $F/vcenter-a/govc-events.xml", in: folder)
    #expect(written.code == code && written.errors.contains(words), "\(make): \(written.code) \(written.errors)")
    for command in ["vm list", "event verify", "db check", "db rebuild", "event export"] {
      let read = try run("timeout 60 \"$0\" \(command)", in: folder)
      // What a link leads to may not be there.
      #expect((read.code == code || read.code == 3) && !read.errors.isEmpty, "\(make), \(command): \(read.code)")
    }
    #expect(try run(sum, in: folder).output == before, "\(make)")
  }

  @Test func aLinkToNoFileYetIsFilled() throws {
    let folder = try ScratchFolder()
    let result = try run("ln -s b.db a.db; \"$0\" import $F/vcenter-a/govc-events.xml && ls -l a.db && ls b.db", in: folder)
    #expect(result.code == 0 && result.output.contains("a.db -> b.db"), "\(result.errors)")
  }

  @Test func whatAnotherProgramHasLockedIsSaidAndCanBeTriedAgain() throws {
    let folder = try ScratchFolder()
    let result = try run(
      """
      "$0" init > /dev/null
      sqlite3 a.db "BEGIN IMMEDIATE" ".shell touch locked; sleep 8" &
      while [ ! -e locked ]; do sleep 0.05; done
      "$0" import $F/vcenter-a/govc-events.xml
      echo "code $?"; "$0" vm list -o csv > /dev/null; echo "read $?"; wait
      "$0" import $F/vcenter-a/govc-events.xml > /dev/null; echo "again $?"
      """, in: folder)
    #expect(result.output.contains("code 5\nread 0\n") && result.output.contains("again 0"), "\(result.output)")
    #expect(result.errors.contains("in use by another process"))
  }

  @Test func aDatabaseRemovedUnderAnImportIsNoSuccess() throws {
    let folder = try ScratchFolder()
    try writeLongExport(to: folder)
    let result = try run(
      """
      "$0" import long.xml &
      while [ ! -s a.db-wal ]; do sleep 0.01; done
      sleep 0.1; rm -f a.db a.db-wal a.db-shm; wait $!
      """, in: folder)
    #expect(result.code != 0 && result.errors.contains("removed, renamed or replaced"), "\(result.code) \(result.errors)")
  }

  @Test(arguments: ["INT", "TERM", "HUP"]) func aSignalEndsAnImportAtOnce(signal: String) throws {
    let folder = try ScratchFolder()
    try writeLongExport(to: folder)
    let code = ["INT": 130, "TERM": 143, "HUP": 129][signal] ?? 0
    let result = try run(
      """
      timeout --preserve-status -k 5 -s \(signal) 0.5 "$0" import long.xml > /dev/null; echo "code $?"
      timeout --preserve-status -k 5 -s \(signal) 0.7 "$0" import --plan long.xml > /dev/null; echo "code $?"
      ls tmp; ls a.db*
      """, in: folder)
    let lines = result.output.split(separator: "\n")
    #expect(lines.first == "code \(code)" && lines.count(where: { $0 == "code \(code)" }) == 2, "\(result.output)")
    #expect(!result.output.contains("yadokari-plan"), "the copy for the plan is gone")
    #expect(!result.output.contains("a.db"), "nothing was imported: no database is left, nor anything beside it")
    #expect(try run("\"$0\" import long.xml > /dev/null && \"$0\" db check", in: folder).output.contains("ok: 10041 events"))
  }

  @Test(arguments: ["table", "json", "ndjson", "csv", "markdown", "html"])
  func aReaderThatHasEnoughIsNoError(format: String) throws {
    let folder = try ScratchFolder()
    let result = try run(
      """
      "$0" import $F/vcenter-a/govc-events.xml > /dev/null
      "$0" event list -o \(format) | head -1; echo "code ${PIPESTATUS[0]}"
      """, in: folder)
    let lines = result.output.split(whereSeparator: \.isNewline)
    #expect(lines.count == 2 && ["code 0", "code 141"].contains(lines[1]), "\(result.output)")
    #expect(result.errors.isEmpty)
  }

  /// A file system of its own, which only root may mount; elsewhere the script ends with 77.
  private func runMounted(size: String, _ script: String) throws -> Program.Result? {
    let folder = try ScratchFolder()
    let result = try run(
      """
      mkdir disk; mount -t tmpfs -o size=\(size) none disk 2>/dev/null || exit 77
      trap 'umount -l disk' EXIT
      export YADOKARI_DB=$PWD/disk/a.db
      \(script)
      """, in: folder)
    return result.code == 77 ? nil : result
  }

  @Test func aFullDiskIsSaidAndLaterFilled() throws {
    guard
      let result = try runMounted(
        size: "400k",
        """
        "$0" import $F/vcenter-a/govc-events.xml > /dev/null; echo "code $?"
        ls disk
        mount -o remount,size=20m disk
        "$0" import $F/vcenter-a/govc-events.xml > /dev/null; echo "again $?"; "$0" db check
        """)
    else { return }
    #expect(result.errors.contains("no space is left for"), "\(result.errors)")
    #expect(result.output.contains("code 1\nagain 0\nok: 252 events"), "\(result.output)")
  }

  @Test func aReadOnlyDiskIsSaidAndLeftAlone() throws {
    guard
      let result = try runMounted(
        size: "20m",
        """
        "$0" import $F/vcenter-a/govc-events.xml > /dev/null; md5sum disk/a.db
        mount -o remount,ro disk
        for command in "import $F/vcenter-a" "vm list" "event verify" "db rebuild"; do "$0" $command; echo "code $?"; done
        mount -o remount,rw disk; md5sum disk/a.db; "$0" db check
        """)
    else { return }
    let lines = result.output.split(separator: "\n").filter { $0.hasPrefix("code") || $0.contains("disk/a.db") }
    #expect(lines.first == lines.last && lines.count == 6, "\(result.output)")
    #expect(lines.dropFirst().dropLast().allSatisfy { $0 != "code 0" }, "\(result.output)")
    #expect(result.errors.components(separatedBy: "check").count == 5, "\(result.errors)")
    #expect(result.output.contains("ok: 252 events"))
  }

  /// Two gigabytes of nothing behind the beginning of each format, in a process that may have half of one.
  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["YADOKARI_LARGE_FILES"] != nil),
    arguments: [
      "{\\\"a\\\":\\\"", "<A><b>", "\\\"CreatedTime\\\",\\\"Message\\\"\\n", "[Mon Nov 23 11:08:46 2026] [info] a\\n",
      "hello", "[",
    ])
  func aFileOfTwoGigabytes(beginning: String) throws {
    let folder = try ScratchFolder()
    let result = try run(
      """
      printf "\(beginning)" > big; truncate -s 2G big
      ulimit -d 500000; "$0" import big --tz UTC
      """, in: folder)
    #expect(result.code == 1 || result.code == 0, "\(beginning): \(result.code) \(result.errors)")
  }
}
