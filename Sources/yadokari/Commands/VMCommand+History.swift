internal import ArgumentParser
internal import Reports

extension VMCommand {
  struct History: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Where a VM was and how, span after span, each with the events at its ends.",
      discussion: helpText(
        """
        EXAMPLE
          yadokari vm history db1 --since -30d
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions
    @OptionGroup var vm: VMArgument
    @OptionGroup(title: "Time range") var history: HistoryOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      try await reading.read(history, source: vm.source) { reader, moment in
        let (since, until) = try history.window()
        try output.print(
          VMHistoryReport.report(
            vm.find(reader, at: moment), since: since, until: min(moment, until), reader, at: moment))
      }
    }
  }
}
