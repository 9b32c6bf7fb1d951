internal import ArgumentParser

struct DatabaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "db", abstract: "Check, back up and query the database.",
    discussion: helpText(
      """
      EXAMPLE
        yadokari db check
      """),
    subcommands: [Check.self, Rebuild.self, Backup.self, Query.self])
}
