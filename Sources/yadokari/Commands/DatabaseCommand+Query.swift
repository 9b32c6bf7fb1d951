internal import ArgumentParser
internal import Foundation
internal import Inventory
internal import Ledger
internal import Reports

extension DatabaseCommand {
  struct Query: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ask the database in SQL; nothing can be changed by it.",
      discussion: helpText(
        """
        One SELECT. The views v_event, v_placement, v_power, v_migration, v_ha_vm, v_host_state, v_import and v_object have
        names for numbers and times as text; docs/query.md describes them.

        EXAMPLE
          yadokari db query "SELECT at, vm, host, reason FROM v_ha_vm WHERE what = 'restart_failed'"
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    @Argument(help: "The statement.")
    var sql: String

    @Option(help: "End the query after this many seconds (exit 6).")
    var timeout = 30.0

    func validate() throws {
      if !(timeout > 0 && timeout <= 1_000_000) {
        throw ValidationError("--timeout takes more than 0 and at most 1000000 seconds")
      }
      if reading.at != nil {
        throw ValidationError("SQL reads all times at once: compare with from_at and to_at in it instead of --at")
      }
    }

    func run() async throws {
      try await reading.read { reader, moment in
        let printed = Output()
        var names: [String] = []
        var writer: ListWriter?
        endProcess(after: timeout + Self.patience)
        try reader.query(sql, isOver: WallClock.deadline(seconds: timeout)) {
          names = $0
        } row: { values in
          let list = try writer ?? output.writer(QueryList.kind(columns: names, first: values), at: moment, to: printed)
          writer = list
          try list.row(values.map { .value($0) })
        }
        let kind = QueryList.kind(columns: names, first: nil)
        try (writer ?? output.writer(kind, at: moment, to: printed)).end(emptyText: kind.emptyText)
        try printed.flush()
      }
    }

    /// How long a query that is over may take to end by itself, in seconds.
    private static let patience = 1.0

    /// SQLite asks whether time is over between two of its instructions, never inside a function: one that runs on is ended
    /// with the process, which only reads.
    private func endProcess(after seconds: Double) {
      WallClock.after(seconds: seconds) {
        say("yadokari: \(LedgerReader.queryTookTooLong.message)")
        _exit(LedgerReader.queryTookTooLong.code.rawValue)
      }
    }
  }
}
