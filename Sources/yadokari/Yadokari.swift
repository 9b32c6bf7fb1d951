internal import ArgumentParser
internal import Foundation
internal import Inventory
internal import SVMotion

/// The command line: one file for each command.
@main
struct Yadokari: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "yadokari",
    abstract: "The flight recorder of VM clusters: what moved, what failed, and what happened to each VM.",
    discussion: helpText(
      """
      EXAMPLE
        yadokari demo --db try.db                        # a database to try
        yadokari import exports/                         # files of a vCenter
        yadokari ha affected                             # which VMs failed?
        yadokari report capacity --from RVTools.xlsx     # what is left?
      """),
    version: "0.1.0",
    groupedSubcommands: [
      CommandGroup(
        name: "Ask",
        subcommands: [
          HighAvailability.self, ReplayCommand.self, VMCommand.self, HostCommand.self, ClusterCommand.self,
          DatastoreCommand.self, MappingCommand.self, EventCommand.self,
        ]),
      CommandGroup(name: "Report", subcommands: [CapacityCommand.self, ReportCommand.self]),
      CommandGroup(name: "Import", subcommands: [ImportCommand.self, FormatsCommand.self]),
      CommandGroup(name: "Database", subcommands: [Init.self, DatabaseCommand.self]),
      CommandGroup(
        name: "Lab",
        subcommands: [
          DemoCommand.self, SimCommand.self, MigrationCommand.self, UpgradeCommand.self, SVMotionCommand.self,
        ]),
      CommandGroup(name: "Other", subcommands: [Completion.self]),
    ])

  /// As it was called, for whoever wants the same again.
  static var command: String {
    let words = CommandLine.arguments.dropFirst().map { $0.contains(" ") ? "'\($0)'" : $0 }
    return "yadokari \(words.joined(separator: " "))"
  }

  /// The zone of `--zone`, in which times are typed and shown; nil for that of the machine.
  static var zoneName: String? {
    let words = CommandLine.arguments
    for (place, word) in words.enumerated() {
      if word == "--zone", place + 1 < words.count { return words[place + 1] }
      if word.hasPrefix("--zone=") { return String(word.dropFirst("--zone=".count)) }
    }
    return nil
  }

  /// As the foot of a page names it.
  static var nameAndVersion: String { "yadokari \(configuration.version)" }

  /// The name under which it was called: as `svmotion` it is that command alone.
  static var calledName: String {
    let called = CommandLine.arguments.first?.split(separator: "/").last.map(String.init)
    return called == SVMotionCommand.name ? SVMotionCommand.name : "yadokari"
  }

  static func main() async {
    Output.occupyClosedStreams()
    let isSVMotion = calledName == SVMotionCommand.name
    do {
      var command = try command(isSVMotion)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let error as YadokariError {
      say("\(calledName): \(error.message)")
      Foundation.exit(error.code.rawValue)
    } catch {
      isSVMotion ? leave(SVMotionCommand.self, error) : leave(Self.self, error)
    }
  }

  /// Ends with what the parser of arguments says: on standard output where it was asked for, such as help.
  private static func leave(_ command: any ParsableArguments.Type, _ error: any Error) -> Never {
    let code = command.exitCode(for: error)
    let message = command.fullMessage(for: error)
    if !message.isEmpty { code.isSuccess ? Swift.print(message) : say(message) }
    Foundation.exit(code.rawValue)
  }

  private static func command(_ isSVMotion: Bool) throws -> any ParsableCommand {
    var words = try CommandLineTimes.repaired(Array(CommandLine.arguments.dropFirst()))
    // The help of `import` is that of its main verb, which goes without a name.
    if [["import", "--help"], ["import", "-h"], ["help", "import"]].contains(words) {
      words = ["import", "files", "--help"]
    }
    if isSVMotion { return try SVMotionCommand.parseAsRoot(CommandWords.repaired(Array(words))) }
    // The help of `import` is that of its main verb, which goes without a name.
    guard words.first == SVMotionCommand.name else {
      try CommandNames.check(words, of: Self.self)
      return try parseAsRoot(words)
    }
    return try parseAsRoot([SVMotionCommand.name] + CommandWords.repaired(Array(words.dropFirst())))
  }
}
