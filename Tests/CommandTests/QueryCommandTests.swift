import Foundation
import Inventory
import TestSupport
import Testing

@Suite struct QueryCommandTests {
  private func database(_ folder: ScratchFolder, _ story: String = "vcenter-a") throws -> String {
    let path = folder.path("a.db")
    #expect(try Program.run(["import", story, "--db", path, "--at", "2026-11-23T11:30:00Z"]).code == 0)
    return path
  }

  private func query(_ sql: String, _ path: String, _ more: [String] = ["-o", "csv"]) throws -> Program.Result {
    try Program.run(["db", "query", sql, "--db", path] + more)
  }

  @Test func rowsComeInEveryForm() throws {
    let folder = try ScratchFolder()
    let path = try database(folder)
    let sql = "SELECT 1 AS n, 'a' AS t, x'00ff' AS b, NULL AS z, 2 AS n"
    #expect(try query(sql, path).output == "n,t,b,z,n_2\r\n1,a,00ff,,2\r\n")
    #expect(try query(sql, path, ["-o", "ndjson"]).output == #"{"n":1,"t":"a","b":"00ff","z":null,"n_2":2}"# + "\n")
    let document = try JSONValue(parsing: Data(query(sql, path, ["-o", "json"]).output.utf8))
    #expect(document["schema"] == "yadokari.db-query/1" && document["at"]?.stringValue == "2026-11-23T11:30:00.000000Z")
    #expect(document["rows"]?.arrayValue?.count == 1)
    #expect(try query(sql, path, ["-o", "markdown"]).output.hasPrefix("| n | t | b | z | n_2 |\n"))
    #expect(try query(sql, path, []).output.hasPrefix("N  T  B     Z  N_2\n"))
    #expect(try query("SELECT 1 AS n WHERE 0", path).output == "n\r\n")
    let memory = try Program.run(["db", "query", "SELECT count(*) AS n FROM event", "--from", "vcenter-a", "-o", "csv"])
    #expect(memory.code == 0 && memory.output.hasPrefix("n\r\n"))
  }

  @Test func theViewsSayWhatTheCommandsSay() throws {
    let folder = try ScratchFolder()
    let path = try database(folder)
    let restarts = try query("SELECT vm, host FROM v_ha_vm WHERE what = 'restarted' ORDER BY vm", path)
    #expect(restarts.output == "vm,host\r\nDC0_C0_RP0_VM4,DC0_C0_H3\r\nDC0_C0_RP0_VM6,DC0_C0_H0\r\n")
    for name in ["v_object", "v_event", "v_placement", "v_power", "v_host_state", "v_migration", "v_ha_vm", "v_import"] {
      let rows = try query("SELECT count(*) AS n FROM \(name)", path)
      #expect(rows.code == 0 && rows.output != "n\r\n0\r\n" || name == "v_migration", "\(name): \(rows.errors)")
    }
    let exported = try Program.run(["event", "export", "--db", path]).output.split(separator: "\n")
    let columns =
      "seq, at, recorded AS recorded_at, type, foreign_type, source, foreign_key, chain, severity, actor, reason, "
    let viewed = try query("SELECT \(columns) message, detail, hash FROM v_event ORDER BY seq", path, ["-o", "ndjson"])
    for (left, right) in zip(exported, viewed.output.split(separator: "\n")) {
      let (event, row) = (try JSONValue(parsing: Data(left.utf8)), try JSONValue(parsing: Data(right.utf8)))
      guard case .object(let members) = row else { continue }
      for member in members {
        let value =
          member.key == "detail" ? member.value.stringValue.flatMap { try? JSONValue(parsing: Data($0.utf8)) } : member.value
        #expect(event[member.key] == value ?? .null, "\(member.key) of \(left)")
      }
    }
    #expect(exported.count == viewed.output.split(separator: "\n").count)
  }

  @Test func aMoveHasItsEndsAndItsTrigger() throws {
    let folder = try ScratchFolder()
    let path = try database(folder, "stories/fails-twice")
    let moves = try query("SELECT vm, from_host, to_host, trigger FROM v_migration WHERE result = 'completed'", path).output
    #expect(moves.contains("shop,") && moves.contains(",esx12.corp.example,drs"))
    #expect(moves.contains("mail,esx12.corp.example,esx11.corp.example,user"))
    let where_ = try query("SELECT host FROM v_placement WHERE vm = 'mail' AND until IS NULL", path).output
    #expect(where_ == "host\r\nesx11.corp.example\r\n")
  }

  @Test(
    arguments: [
      ("DELETE FROM event", 4), ("ATTACH 'x.db' AS x", 4), ("PRAGMA journal_mode = DELETE", 4), ("BEGIN", 4),
      ("SELECT load_extension('x')", 4), ("VACUUM INTO 'copy.db'", 4), ("SELECT * FORM event", 64), ("", 64),
      ("SELECT 1; SELECT 2", 64), ("SELECT no_such_column FROM event", 64), ("SELECT abs(-9223372036854775808)", 64),
      ("SELECT zeroblob(1000000000)", 1),
    ] as [(String, Int32)])
  func whatIsNoQueryIsRefused(sql: String, code: Int32) throws {
    let result = try Program.run(["db", "query", sql, "--from", "vcenter-a/govc-about.json"])
    #expect(result.code == code && result.output.isEmpty && !result.errors.isEmpty, "\(result.errors)")
  }

  @Test func aMistakeIsShownAtItsPlace() throws {
    let result = try Program.run(["db", "query", "SELECT seq\nFROM v_evnt\nWHERE 1", "--from", "vcenter-a/govc-about.json"])
    #expect(result.errors.contains("no such table: v_evnt"))
    let column = try Program.run(["db", "query", "SELECT seq,\n  tpye FROM v_event", "--from", "vcenter-a/govc-about.json"])
    #expect(column.errors.contains("no such column: tpye\n    tpye FROM v_event\n    ^"))
  }

  @Test func aQueryEndsAtItsTime() throws {
    let endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"
    let result = try Program.run(
      ["db", "query", endless, "--from", "vcenter-a/govc-about.json", "--timeout", "0.3"])
    #expect(result.code == 6 && result.errors.contains("--timeout"))
    #expect(try Program.run(["db", "query", endless, "--from", "vcenter-a", "--timeout", "0"]).code == 64)
  }

  @Test func aBackupIsOneWholeFileAndNeverInTheWay() throws {
    let folder = try ScratchFolder()
    let path = try database(folder)
    let copy = folder.path("copy.db")
    let head = try Program.run(["event", "head", "--db", path]).output.trimmingCharacters(in: .newlines)
    let hash = try #require(head.split(separator: " ").last)
    let plan = try Program.run(["db", "backup", copy, "--db", path, "--plan"])
    #expect(plan.code == 0 && plan.output.contains(hash) && !FileManager.default.fileExists(atPath: copy))
    let done = try Program.run(["db", "backup", copy, "--db", path, "-o", "json"])
    #expect(done.code == 0 && done.output.contains(hash) && done.output.contains("yadokari.db-backup/1"))
    #expect(try Program.run(["event", "verify", "--db", copy, "--head", String(hash)]).code == 0)
    #expect(try Program.run(["db", "check", "--db", copy]).code == 0)
    #expect(try Program.run(["db", "backup", copy, "--db", path]).code == 5)
    #expect(try Program.run(["db", "backup", path, "--db", path]).errors.contains("itself"))
    #expect(try Program.run(["db", "backup", folder.path("no/copy.db"), "--db", path]).code == 3)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    #expect(!names.contains { $0.contains(".part") })
    #expect(
      try Program.run(["import", "stories/two-hosts", "--db", copy, "--source", "b"]).code == 0, "it can be written to")
  }

  @Test func aBackupIsMadeWhileAnotherWrites() throws {
    let folder = try ScratchFolder()
    let path = try database(folder)
    let writers = (0..<3).map { Program.process(["import", "stories/two-hosts", "--source", "s\($0)", "--db", path]) }
    for writer in writers {
      writer.standardOutput = FileHandle.nullDevice
      writer.standardError = FileHandle.nullDevice
      try writer.run()
    }
    for number in 0..<4 {
      let copy = folder.path("copy\(number).db")
      #expect(try Program.run(["db", "backup", copy, "--db", path]).code == 0)
      #expect(try Program.run(["db", "check", "--db", copy]).code == 0)
    }
    for writer in writers { writer.waitUntilExit() }
  }
}
