internal import ArgumentParser

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Reports about an inventory, at any time.",
    discussion: helpText(
      """
      EXAMPLE
        yadokari report rdm
      """), subcommands: [Capacity.self, Mappings.self, Residency.self, InventoryFile.self])
}
