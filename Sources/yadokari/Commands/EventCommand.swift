internal import ArgumentParser

struct EventCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "event", abstract: "The ledger of events.",
    discussion: helpText(
      """
      EXAMPLE
        yadokari event list --vm db1
      """),
    subcommands: [List.self, Show.self, Types.self, Export.self, Head.self, Verify.self])
}
