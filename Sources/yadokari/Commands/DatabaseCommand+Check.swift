internal import ArgumentParser
internal import Ledger
internal import Reports

extension DatabaseCommand {
  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compare structure, chain and projections with what the events give, without writing.",
      discussion: helpText(
        """
        Exit 0: everything is right. Exit 2: something is not.

        EXAMPLE
          yadokari db check
        """))

    @OptionGroup var database: DatabaseOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      let now = try WallClock.now()
      let report = try Ledger.open(database.path, for: .inspect, now: now).read { try $0.check() }
      try output.print(ChainReports.check(report, at: now))
      if !report.problems.isEmpty { throw ExitCode(2) }
    }
  }
}
