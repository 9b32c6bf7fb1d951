internal import ArgumentParser
internal import Ledger

extension DatabaseCommand {
  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compare structure, chain and projections with what the events give, without writing.",
      discussion: """
        Exit 0: everything is right. Exit 2: something is not.

        EXAMPLE
          yadokari db check
        """)

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let ledger = try Ledger.open(database.path, for: .inspect, now: WallClock.now())
      let report = try ledger.read { try $0.check() }
      for problem in report.problems { print("bad: \(problem)") }
      guard report.problems.isEmpty else { throw ExitCode(2) }
      print("ok: \(report.events) events, \(report.rows) rows of projections")
    }
  }
}
