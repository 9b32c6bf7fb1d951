internal import ArgumentParser
internal import Inventory
internal import Ledger
internal import Planning
internal import Reports

extension VMCommand {
  struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Move a VM to another host, or show where it can go.",
      discussion: """
        With --plan every reason why not, for each host; --to asks for one host. Exits with 4 where nothing is possible.
        Running VMs are moved live, others cold.

        EXAMPLE
          yadokari vm migrate db1 --plan
          yadokari vm migrate db1 --to esx02 --plan -o json
        """)

    @OptionGroup var reading: ReadOptions
    @OptionGroup var vm: VMArgument

    @Option(name: .customLong("to"), help: ArgumentHelp("The host to which it goes, by name or id.", valueName: "host"))
    var host: String?

    @Option(help: "The datastore to which its files go, too, by name or id.")
    var datastore: String?

    @OptionGroup var planning: PlanOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      try refuseBlank(("--to", host), ("--datastore", datastore))
      if host == nil, !planning.plan { throw ValidationError("--to HOST is missing; --plan shows all hosts") }
    }

    func run() async throws {
      try await reading.read { reader, moment in
        var subject = try PlanSubject(vm.find(reader, at: moment), reader, at: moment)
        let host = try host.map { try subject.host(named: $0, reader) }
        let datastore = try datastore.map { try subject.datastore(named: $0, reader) }
        guard planning.plan else { throw subject.isOutOfReach }
        let all = Compatibility(subject.snapshot).targets(of: subject.name, datastore: datastore) ?? []
        let targets = all.filter { host == nil || $0.host == host }
        try output.print(subject.report(targets, "host", reader))
        if !targets.contains(where: \.isAllowed) { throw ExitCode(YadokariError.Code.refused.rawValue) }
      }
    }
  }
}
