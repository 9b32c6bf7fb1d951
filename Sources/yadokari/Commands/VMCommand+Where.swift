internal import ArgumentParser
internal import Ledger
internal import Reports

extension VMCommand {
  struct Where: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Where was a VM?",
      discussion: helpText(
        """
        EXAMPLE
          yadokari vm where db1 --at 2026-10-13T09:14:00Z
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions
    @OptionGroup var vm: VMArgument
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      try await reading.read { reader, moment in
        let placement = try reader.placement(of: vm.find(reader, at: moment).id, at: moment)
        try output.print(VMWhereReport.report(placement, named: vm.name, at: moment))
      }
    }
  }
}
