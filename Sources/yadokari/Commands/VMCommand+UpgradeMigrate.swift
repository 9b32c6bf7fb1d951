internal import ArgumentParser
internal import Inventory
internal import Ledger
internal import Planning
internal import Reports

extension VMCommand {
  struct UpgradeMigrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "upgrade-migrate",
      abstract: "Move a running VM from an ESX 2.x host and VMFS 2 to a later host and VMFS 3.",
      discussion: helpText(
        """
        It runs on all the while, and there is no way back. Afterwards its virtual hardware and its tools are owed an
        upgrade: see "yadokari upgrade owed". With --plan every reason why not, for each host; exits with 4 where nothing is
        possible.

        EXAMPLE
          yadokari vm upgrade-migrate old1 --to esx02 --to-datastore san-b --plan --db lab.db
          yadokari vm upgrade-migrate old1 --to esx02 --to-datastore san-b --db lab.db
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions
    @OptionGroup var vm: VMArgument

    @Option(name: .customLong("to"), help: ArgumentHelp("The host to which it goes, by name or id.", valueName: "host"))
    var host: String?

    @Option(help: "The datastore to which its files go, by name or id.")
    var toDatastore: String

    @OptionGroup var planning: PlanOptions
    @OptionGroup var acting: ActingMove
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
      try refuseBlank(("--to", host), ("--to-datastore", toDatastore))
      if !planning.plan, output.format != .table {
        throw ValidationError("a move prints what changes as it happens; -o goes with --plan")
      }
      if host == nil, !planning.plan { throw ValidationError("--to HOST is missing; --plan shows all hosts") }
    }

    func run() async throws {
      guard planning.plan else {
        return try await acting.run(vm, reading) { subject, reader in
          try request(&subject, reader, to: subject.host(named: host ?? "", reader))
        }
      }
      try await reading.read { reader, moment in
        var subject = try PlanSubject(vm.find(reader, at: moment), reader, at: moment)
        let hosts = try host.map { [try subject.host(named: $0, reader)] } ?? subject.snapshot.hosts.map(\.name)
        let moves = try hosts.map { try request(&subject, reader, to: $0) }
        let checks = Compatibility(subject.snapshot, for: subject.name)
        let targets = moves.compactMap { checks.verdict(on: $0) }
        try output.print(subject.report(targets.filter(\.isAllowed) + targets.filter { !$0.isAllowed }, "host"))
        if !targets.contains(where: \.isAllowed) { throw ExitCode(YadokariError.Code.refused.rawValue) }
      }
    }

    private func request(
      _ subject: inout PlanSubject, _ reader: borrowing LedgerReader, to host: String
    ) throws -> MoveRequest {
      MoveRequest(
        .upgrade, of: subject.name, to: host, datastore: try subject.datastore(named: toDatastore, reader))
    }
  }
}
