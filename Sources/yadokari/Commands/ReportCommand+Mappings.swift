internal import ArgumentParser
internal import Reports

extension ReportCommand {
  struct Mappings: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rdm", abstract: "Which VMs have mapped LUNs, and what does each stop one from doing?",
      discussion: helpText(
        """
        EXAMPLE
          yadokari report rdm
          yadokari report rdm -o csv > rdm.csv
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions
    @OptionGroup var mappings: MappingOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      try await reading.read { reader, moment in
        let found = try mappings.find(reader, at: moment)
        try output.print(MappingReports.report(found.mapped, silent: found.silent, at: moment))
      }
    }
  }
}
