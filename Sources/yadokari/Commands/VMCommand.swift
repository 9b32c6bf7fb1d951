internal import ArgumentParser

struct VMCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vm", abstract: "Virtual machines, at any time.",
    subcommands: [List.self, Where.self, History.self])
}
