internal import ArgumentParser

struct HighAvailability: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ha", abstract: "Host failures and whom they hit.", subcommands: [Affected.self, Incidents.self])
}
