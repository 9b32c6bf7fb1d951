internal import ArgumentParser

struct CapacityCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "capacity", abstract: "How much capacity is left in a cluster.",
    discussion: helpText(
      """
      EXAMPLE
        yadokari capacity fit --vcpus 2 --memory 4GiB --keep-failures 1 --db lab.db
      """), subcommands: [Fit.self])
}
