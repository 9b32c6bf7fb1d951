internal import ArgumentParser

struct DatabaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "db", abstract: "Look after the database file.",
    discussion: """
      EXAMPLE
        yadokari db check
      """,
    subcommands: [Check.self, Rebuild.self, Backup.self, Query.self])
}
