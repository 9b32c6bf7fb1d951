import Foundation
import TestSupport
import Testing

/// The formats with fewer fields, as a person meets them at the terminal.
@Suite struct SparseImportTests {
  private static let raw = "vcenter-a-sparse/SYNTHETIC-powercli-raw-first-is-EventEx.csv"

  /// The emptiness of a database must not look like good news.
  @Test func afterAnImportThatFailedTheAnswerSaysThatNothingIsThere() throws {
    let folder = try ScratchFolder()
    let list = ["vcenter-a-sparse/SYNTHETIC-cluster-semicolon.csv", "--db", folder.path("a.db")]
    #expect(try Program.run(["init", "--db", folder.path("a.db")]).code == 0)
    #expect(try Program.run(["import"] + list).code == 64, "no zone was given")
    let answer = try Program.run(["ha", "affected", "-o", "json", "--db", folder.path("a.db")])
    #expect(answer.output.contains("\"no-failure-events\"") && answer.output.contains("holds nothing yet"))
    #expect(try Program.run(["import"] + list + ["--tz", "UTC"]).code == 0)
    let later = try Program.run(["ha", "affected", "-o", "json", "--db", folder.path("a.db")])
    #expect(!later.output.contains("no-failure-events"))
  }

  @Test func whatHasToBeAskedForEndsWithUsage() throws {
    let folder = try ScratchFolder()
    let database = folder.path("a.db")
    let ambiguous = try folder.write("CreatedTime,Message\n11/05/2026 10:00:00,hello\n", to: "a.csv")
    let cases: [([String], Int32, String)] = [
      ([Self.raw], 64, "--tz"), ([Self.raw, "--tz", "Mars/Olympus"], 64, "Mars/Olympus"),
      ([ambiguous, "--tz", "UTC"], 64, "--date-order"), ([ambiguous, "--tz", "UTC", "--date-order", "ymd"], 64, "year"),
      ([Self.raw, "--tz", "UTC", "--date-order", "dmy"], 64, "--date-order mdy"),
      ([ambiguous, "--tz", "UTC", "--date-order", "ydm"], 64, "ydm"),
    ]
    for (arguments, code, words) in cases {
      let result = try Program.run(["import"] + arguments + ["--db", database])
      #expect(result.code == code && result.errors.contains(words), "\(arguments): \(result.errors)")
      #expect(!result.errors.contains("Fatal"))
    }
    #expect(try Program.run(["import", ambiguous, "--tz", "UTC", "--date-order", "dmy", "--db", database]).code == 0)
  }

  @Test func anImportIsTakenBack() throws {
    let folder = try ScratchFolder()
    let database = ["--db", folder.path("a.db")]
    func run(_ arguments: [String]) throws -> Program.Result { try Program.run(arguments + database) }
    #expect(try run(["import", "retract", "1", "--reason", "x"]).code == 3, "no database")
    #expect(try run(["import", Self.raw, "--tz", "UTC"]).code == 0)
    let head = try run(["event", "head"]).output.split(separator: " ").map { $0.trimmingCharacters(in: .newlines) }
    let number = head[0]
    #expect(try run(["import", "list"]).output.contains(number))
    #expect(try run(["import", "retract", number]).code == 64)
    #expect(try run(["import", "retract", number, "--reason", ""]).code == 64)
    #expect(try run(["import", "retract", "9999", "--reason", "x"]).code == 3)
    let plan = try run(["import", "retract", number, "--reason", "x", "--plan"])
    #expect(plan.code == 0 && plan.output.contains("would be retracted"))
    #expect(try run(["event", "head"]).output.hasPrefix("\(number) "), "a plan changes nothing")
    #expect(try run(["import", "retract", number, "--reason", "wrong zone"]).code == 0)
    #expect(try run(["import", "retract", number, "--reason", "wrong zone"]).code == 5)
    #expect(try run(["event", "verify", "--head", head[1]]).code == 0)
    #expect(try run(["db", "check"]).code == 0)
    #expect(try run(["import", Self.raw, "--tz", "UTC"]).output.contains("234 records added"))
  }
}
