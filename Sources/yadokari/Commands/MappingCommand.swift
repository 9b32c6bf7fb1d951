internal import ArgumentParser
internal import Ledger
internal import Planning
internal import Reports

struct MappingCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rdm", abstract: "LUNs that are mapped into VMs, at any time.",
    discussion: helpText(
      """
      EXAMPLE
        yadokari rdm list
      """), subcommands: [List.self])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the mapped LUNs with the hosts that see them.",
      discussion: helpText(
        """
        EXAMPLE
          yadokari rdm list
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions
    @OptionGroup var mappings: MappingOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      try await reading.read { reader, moment in
        let found = try mappings.find(reader, at: moment)
        for source in found.silent { say("note: \(source) does not say which VMs have mapped LUNs") }
        let kind = MappingReports.list.showingSources(try reader.sourceNames().count > 1)
        try output.print(kind, at: moment) { row in
          for mapped in found.mapped { try row(MappingReports.cells(mapped.lun, source: mapped.source)) }
        }
      }
    }
  }
}
