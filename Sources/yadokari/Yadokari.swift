internal import ArgumentParser
internal import Foundation
internal import Inventory

/// The command line: one file for each command.
@main
struct Yadokari: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "yadokari",
    abstract: "The flight recorder of VM clusters: what moved, what failed, and what became of each VM.",
    discussion: """
      EXAMPLE
        yadokari import exports/          # govc events -xml, collect, about
        yadokari ha affected              # whom did that host failure hit?
      """,
    version: "0.1.0",
    subcommands: [
      Init.self, DemoCommand.self, ImportCommand.self, HighAvailability.self, ReplayCommand.self, ClusterCommand.self,
      HostCommand.self,
      VMCommand.self, DatastoreCommand.self, MappingCommand.self, ReportCommand.self, EventCommand.self,
      DatabaseCommand.self, MigrationCommand.self, SimCommand.self, Completion.self,
    ])

  /// As the foot of a page names it.
  static var nameAndVersion: String { "yadokari \(configuration.version)" }

  static func main() async {
    Output.occupyClosedStreams()
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let error as YadokariError {
      say("yadokari: \(error.message)")
      Foundation.exit(error.code.rawValue)
    } catch {
      exit(withError: error)
    }
  }
}
