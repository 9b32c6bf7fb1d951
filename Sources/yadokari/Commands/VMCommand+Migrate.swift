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
        Running VMs are moved live, others cold.

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
    @OptionGroup var change: ChangeOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      try refuseBlank(("--to", host), ("--datastore", datastore))
      if !planning.plan, output.format != .table {
        throw ValidationError("a move prints what changes as it happens; -o goes with --plan")
      }
      if host == nil, !planning.plan { throw ValidationError("--to HOST is missing; --plan shows all hosts") }
    }

    func run() async throws {
      if !planning.plan { return try await move() }
      try await reading.read { reader, moment in
        let (subject, host, datastore) = try subject(reader, at: moment)
        let all = Compatibility(subject.snapshot).targets(of: subject.name, datastore: datastore) ?? []
        let targets = all.filter { host == nil || $0.host == host }
        try output.print(subject.report(targets, "host", reader))
        if !targets.contains(where: \.isAllowed) { throw ExitCode(YadokariError.Code.refused.rawValue) }
      }
    }

    /// Moves it on the simulated hardware, and prints what changes.
    private func move() async throws {
      var asked: (vm: String, host: String)?
      try await reading.read { reader, moment in
        let (subject, host, datastore) = try subject(reader, at: moment)
        let path = reading.database.path
        guard reading.from.isEmpty, datastore == nil, let host,
          try SimulatedHardware.source(besides: path) == subject.vm.source
        else {
          throw subject.isOutOfReach
        }
        asked = (subject.name, host)
      }
      guard let asked else { return }
      let move = MoveRequest(.live, of: asked.vm, to: asked.host)
      let wish = Play.Wish.move(move, actor: change.actor, reason: change.reason)
      try await SimulatedHardware(reading.database.path).grant(wish)
    }

    private func subject(
      _ reader: borrowing LedgerReader, at moment: Instant
    ) throws -> (subject: PlanSubject, host: String?, datastore: String?) {
      var subject = try PlanSubject(vm.find(reader, at: moment), reader, at: moment)
      return (
        subject, try host.map { try subject.host(named: $0, reader) },
        try datastore.map { try subject.datastore(named: $0, reader) }
      )
    }
  }
}
