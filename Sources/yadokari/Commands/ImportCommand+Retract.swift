internal import ArgumentParser
internal import Inventory
internal import Ledger
internal import Reports

extension ImportCommand {
  struct Retract: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Undo a wrong import: an event says that its records do not count. Nothing is deleted.",
      discussion: helpText(
        """
        For a wrong zone, source or time. Afterwards the same file can be imported in the right way. The numbers of imports
        are those of "yadokari import list".

        EXAMPLE
          yadokari import retract 2 --reason "wrong --tz"
        """))

    @OptionGroup var database: DatabaseOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Recorded with the change") var change: ChangeOptions
    @OptionGroup var plan: PlanOptions

    @Argument(help: "The number of the import.")
    var number: Int64

    func run() async throws {
      guard let reason = change.reason, !reason.isEmpty else {
        throw YadokariError(.usage, "a retraction needs a --reason: it stays in the ledger with it")
      }
      let now = try WallClock.now()
      // A missing database is an error, whatever a trial would make of it.
      _ = try Ledger.open(database.path, for: .read, now: now)
      let trial = plan.plan ? try TrialCopy(of: database.path, now: now) : nil
      defer { trial?.remove() }
      let ledger = try Ledger.open(trial?.path ?? database.path, for: .write, now: now)
      let (number, actor) = (number, change.actor)
      let count = try await ledger.write(at: now) { try $0.retract(number, reason: reason, actor: actor) }
      try await ledger.checkpoint()
      let done = plan.plan ? "would be retracted" : "retracted"
      let verb = count == 1 ? "counts" : "count"
      let words =
        "import \(number) \(done): \(counted(count, "record")) no longer \(verb); "
        + "what other files also held came from it alone, so import those again"
      try output.print(ChainReports.done("yadokari.import-retract/1", words, at: now))
    }
  }
}
