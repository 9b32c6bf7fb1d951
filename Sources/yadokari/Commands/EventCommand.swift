internal import ArgumentParser

struct EventCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "event", abstract: "The ledger of events.",
    subcommands: [List.self, Show.self, Types.self, Export.self, Head.self, Verify.self])
}
