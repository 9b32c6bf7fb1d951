internal import ArgumentParser

struct HighAvailability: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ha", abstract: "Host failures and whom they hit.",
    discussion: """
      EXAMPLE
        yadokari ha affected --host esx02
      """, subcommands: [Affected.self, Incidents.self])
}
