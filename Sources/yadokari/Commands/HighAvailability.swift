internal import ArgumentParser

struct HighAvailability: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ha", abstract: "Host failures and the VMs they affected.",
    discussion: helpText(
      """
      EXAMPLE
        yadokari ha affected --host esx02
      """), subcommands: [Affected.self, Incidents.self])
}
