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
      discussion: helpText(
        """
        With --plan every reason why not, for each host; --to asks for one host, --cluster for those of one cluster. Exits
        with 4 where nothing is possible. Running VMs are moved live, others cold; --datastore takes the files along.

        EXAMPLE
          yadokari vm migrate db1 --plan
          yadokari vm migrate web1 --to esx01 --db lab.db     # on the hardware that "sim run" made
          yadokari vm migrate db1 --to esx02 --plan -o json
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions
    @OptionGroup var vm: VMArgument

    @Option(name: .customLong("to"), help: ArgumentHelp("The host to which it goes, by name or id.", valueName: "host"))
    var host: String?

    @Option(help: "With --plan, only the hosts of this cluster, by name or id.")
    var cluster: String?

    @Option(help: "The datastore to which its files go, too, by name or id.")
    var datastore: String?

    @OptionGroup var planning: PlanOptions
    @OptionGroup var acting: ActingMove
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
      try refuseBlank(("--to", host), ("--cluster", cluster), ("--datastore", datastore))
      if cluster != nil, host != nil || !planning.plan {
        throw ValidationError("--cluster goes with --plan, and not with --to, which names the host")
      }
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
        let vm = try vm.find(reader, at: moment)
        let asked = try hosts(for: vm, reader, at: moment)
        var subject = try PlanSubject(vm, reader, at: moment, to: datastore == nil ? asked : nil)
        let places = try places(&subject, reader)
        let names = try asked.map { try subject.hosts($0, reader) }
        let all =
          Compatibility(subject.snapshot, for: subject.name).targets(of: subject.name, datastore: places.datastore) ?? []
        let targets = all.filter { names?.contains($0.host) ?? true }
        try output.print(subject.report(targets, "host"))
        if !targets.contains(where: \.isAllowed) { throw ExitCode(YadokariError.Code.refused.rawValue) }
      }
    }

    /// The hosts that are asked about; nil for all.
    private func hosts(
      for vm: ObjectSummary, _ reader: borrowing LedgerReader, at moment: Instant
    ) throws -> Set<ObjectID>? {
      if let host { return [try reader.object(named: host, kind: .host, source: vm.source, at: moment).id] }
      guard let cluster else { return nil }
      let found = try reader.object(named: cluster, kind: .cluster, source: vm.source, at: moment)
      return try reader.hosts(in: found.id, at: moment)
    }

    private func places(
      _ subject: inout PlanSubject, _ reader: borrowing LedgerReader
    ) throws -> (host: String?, datastore: String?) {
      let host = try host.map { try subject.host(named: $0, reader) }
      return (host, try datastore.map { try subject.datastore(named: $0, reader) })
    }
  }
}
