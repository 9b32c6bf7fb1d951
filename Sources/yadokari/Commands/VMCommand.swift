internal import ArgumentParser

struct VMCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vm", abstract: "Virtual machines, at any time.",
    discussion: helpText(
      """
      EXAMPLE
        yadokari vm where db1 --at 2026-10-13T09:14:00Z
      """),
    subcommands: [List.self, Where.self, History.self, Migrate.self, Relocate.self, UpgradeMigrate.self])
}
