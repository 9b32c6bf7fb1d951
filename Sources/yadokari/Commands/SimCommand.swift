internal import ArgumentParser

struct SimCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sim",
    abstract: "Play a scenario on the built-in hypervisor.",
    discussion: helpText(
      """
      EXAMPLE
        yadokari sim run scenario.json --db play.db      # hosts, VMs and what happens to them; docs/cluster-files.md
        yadokari sim resume --db play.db                 # the service died meanwhile
        yadokari sim truth -o json --db play.db          # where each VM really ran
      """),
    subcommands: [Run.self, Resume.self, Truth.self])
}
