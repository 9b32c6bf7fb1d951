internal import ArgumentParser
internal import Ledger
internal import Reports

extension DatabaseCommand {
  struct Rebuild: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Throw the projections away and make them from the events; the same rows come out.",
      discussion: helpText(
        """
        With --plan it only compares, as "yadokari db check" does.

        EXAMPLE
          yadokari db rebuild
        """))

    @OptionGroup var database: DatabaseOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup var plan: PlanOptions

    func run() async throws {
      let now = try WallClock.now()
      if plan.plan {
        let report = try Ledger.open(database.path, for: .read, now: now).read { try $0.check() }
        try output.print(ChainReports.check(report, at: now))
        return
      }
      let ledger = try Ledger.open(database.path, for: .write, now: now)
      try await ledger.rebuild()
      try await ledger.checkpoint()
      try output.print(
        ChainReports.done("yadokari.db-rebuild/1", "\(database.path): projections made anew", at: now))
    }
  }
}
