internal import ArgumentParser
internal import Ledger
internal import Reports

extension EventCommand {
  struct Head: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print number and hash of the last event; keep it elsewhere to prove later that nothing was cut off.",
      discussion: helpText(
        """
        EXAMPLE
          yadokari event head >> heads.txt
        """))

    @OptionGroup var database: DatabaseOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      let now = try WallClock.now()
      let ledger = try Ledger.open(database.path, for: .inspect, now: now)
      try output.print(ChainReports.head(ledger.read { try $0.chainHead() }, at: now))
    }
  }
}
