import Inventory
import Testing

/// Times as people type them, by the program: what each is taken for.
@Suite struct TypedTimeTests {
  private let now = "2026-03-29T10:15:30Z"

  /// The moment that a typed time is taken for, as JSON says it, and what is said of it.
  private func taken(_ time: String, zone: String = "Europe/Berlin") throws -> (at: String?, said: String, code: Int32) {
    let result = try Program.run(
      ["cluster", "list", "--from", "clusters/d8.json", "--at", time, "--zone", zone, "-o", "json"],
      environment: ["YADOKARI_NOW": now])
    let document: JSONValue? = result.output.isEmpty ? nil : try JSONValue(parsing: result.output.utf8)
    return (document?["at"]?.stringValue, result.errors, result.code)
  }

  @Test(
    "Every way to type a time is taken for a moment",
    arguments: [
      ("2026-03-28", "2026-03-27T23:00:00.000000Z"), ("2026-03-28 09:14", "2026-03-28T08:14:00.000000Z"),
      ("2026-03-28T09:14:07", "2026-03-28T08:14:07.000000Z"), ("09:14", "2026-03-29T07:14:00.000000Z"),
      // Later today has not happened: it was yesterday.
      ("23:00", "2026-03-28T22:00:00.000000Z"), ("yesterday", "2026-03-27T23:00:00.000000Z"),
      ("yesterday 14:00", "2026-03-28T13:00:00.000000Z"), ("today 01:00:05", "2026-03-29T00:00:05.000000Z"),
      ("7d", "2026-03-22T10:15:30.000000Z"), ("-1h", "2026-03-29T09:15:30.000000Z"), ("+30m", "2026-03-29T10:45:30.000000Z"),
      ("now", "2026-03-29T10:15:30.000000Z"), ("2026-03-28T09:14Z", "2026-03-28T09:14:00.000000Z"),
      ("2026-03-28 09:14:07+05:30", "2026-03-28T03:44:07.000000Z"),
      // The clocks were put back: the first of the two.
      ("2025-10-26 02:30", "2025-10-26T00:30:00.000000Z"),
    ])
  func typedTimesAreTaken(time: String, moment: String) throws {
    let taken = try taken(time)
    #expect(taken.at == moment && taken.code == 0)
  }

  @Test("What a time without a zone is taken for is said")
  func itIsSaid() throws {
    #expect(try taken("yesterday 14:00").said == "yadokari: \"yesterday 14:00\" is 2026-03-28 14:00:00+01:00\n")
    #expect(try taken("2026-03-28", zone: "UTC").said == "yadokari: \"2026-03-28\" is 2026-03-28 00:00:00Z\n")
    #expect(try taken("-1h").said.isEmpty && taken("2026-03-28T09:14Z").said.isEmpty)
  }

  @Test(
    "What is no time is refused with the ways to type one",
    arguments: [
      "", "x", "25:00", "09:60", "9:14", "2026-02-30", "2026-13-01", "09:14 yesterday", "2026-03-28 09:14 x", "-1y", "1 d",
      "yesterdayT", "2026-03-28T09:14:07.5", "100001d", "\u{0661}d",
    ])
  func whatIsNoTimeIsRefused(time: String) throws {
    let taken = try taken(time)
    #expect(taken.code == 64 && taken.at == nil)
    #expect(taken.said.hasPrefix("yadokari: invalid time \"\(time)\": use 2026-11-23, "), "\(taken.said)")
  }

  @Test("A time that the clocks left out is refused")
  func aTimeThatNeverWasIsRefused() throws {
    let taken = try taken("2026-03-29 02:30")
    #expect(taken.code == 64 && taken.said.contains("the clocks of Europe/Berlin left it out"))
  }

  @Test("A second time of --diff may be an offset, and an offset that belongs to no option is refused")
  func offsetsAreNoOptions() throws {
    let words = ["replay", "--from", "clusters/d8.json", "--diff", "2026-03-28", "-1h", "-o", "json"]
    let result = try Program.run(words, environment: ["YADOKARI_NOW": now])
    #expect(result.code == 0 && result.output.contains("\"2026-03-29T09:15:30.000000Z\""))
    let refused = try Program.run(["event", "list", "-1h"])
    #expect(refused.code == 64 && refused.output.isEmpty)
    #expect(refused.errors == "yadokari: -1h belongs to no option; use one that takes a time, such as --since -1h\n")
  }
}
