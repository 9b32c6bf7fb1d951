internal import ArgumentParser

/// `yadokari import PATH…` reads files; its further verbs look after what was read.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Read exports of a vCenter into the database; list and undo such imports.",
    discussion: helpText(
      """
      EXAMPLE
        yadokari import exports/
        yadokari import vievents.csv --tz Europe/Berlin
        yadokari import list
        yadokari import files --help          # every option of reading: --tz, --source, --at, --date-order …
      """),
    subcommands: [Files.self, List.self, Retract.self], defaultSubcommand: Files.self)
}
