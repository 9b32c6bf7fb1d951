internal import ArgumentParser
internal import Engines
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
        Running VMs are moved live, others cold; --datastore takes the files along.

        EXAMPLE
          yadokari vm migrate db1 --plan
          yadokari vm migrate web1 --to esx01 --db lab.db     # on the hardware that "sim run" made
          yadokari vm migrate db1 --to esx02 --plan -o json
        """)

    @OptionGroup var reading: ReadOptions
    @OptionGroup var vm: VMArgument

    @Option(name: .customLong("to"), help: ArgumentHelp("The host to which it goes, by name or id.", valueName: "host"))
    var host: String?

    @Option(help: "The datastore to which its files go, too, by name or id.")
    var datastore: String?

    @OptionGroup var planning: PlanOptions
    @OptionGroup var acting: ActingMove
    @OptionGroup var output: OutputOptions

    func validate() throws {
      try refuseBlank(("--to", host), ("--datastore", datastore))
      if !planning.plan, output.format != .table {
        throw ValidationError("a move prints what changes as it happens; -o goes with --plan")
      }
      if host == nil, !planning.plan { throw ValidationError("--to HOST is missing; --plan shows all hosts") }
    }

    func run() async throws {
      if !planning.plan {
        return try await acting.run(vm, reading) { subject, reader in
          let places = try places(&subject, reader)
          return subject.move(to: places.host ?? "", datastore: places.datastore)
        }
      }
      try await reading.read { reader, moment in
        var subject = try PlanSubject(vm.find(reader, at: moment), reader, at: moment)
        let places = try places(&subject, reader)
        let all = Compatibility(subject.snapshot).targets(of: subject.name, datastore: places.datastore) ?? []
        let targets = all.filter { places.host == nil || $0.host == places.host }
        try output.print(subject.report(targets, "host", reader))
        if !targets.contains(where: \.isAllowed) { throw ExitCode(YadokariError.Code.refused.rawValue) }
      }
    }

    private func places(
      _ subject: inout PlanSubject, _ reader: borrowing LedgerReader
    ) throws -> (host: String?, datastore: String?) {
      let host = try host.map { try subject.host(named: $0, reader) }
      return (host, try datastore.map { try subject.datastore(named: $0, reader) })
    }
  }
}
