internal import ArgumentParser
internal import Ledger
internal import Reports

extension VMCommand {
  struct Where: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Where was a VM?",
      discussion: """
        EXAMPLE
          yadokari vm where db1 --at 2026-10-13T09:14:00Z
        """)

    @OptionGroup var reading: ReadOptions
    @OptionGroup var vm: VMArgument
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.print(
        try await reading.read { reader, moment in
          VMWhereReport.report(
            try reader.placement(of: vm.find(reader, at: moment).id, at: moment), named: vm.name, at: moment)
        })
    }
  }
}
