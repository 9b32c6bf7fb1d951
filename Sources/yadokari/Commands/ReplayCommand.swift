internal import ArgumentParser
internal import Inventory
internal import Ledger
internal import Reports

struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "What moved, when and why: every move, step by step, and which VMs ended on another host.",
    discussion: helpText(
      """
      On a terminal the moves are printed one after the other, with the times between them made shorter: --speed 60 shows an
      hour in a minute, --speed 0 all at once. What the records do not show is a dash, and named at the end.

      Tables: steps (what -o csv prints by itself), places, ping_pong, gaps.

      EXAMPLE
        yadokari replay --since -30d
        yadokari replay --vm db1 --speed 0
        yadokari replay --host esx02 -o csv > esx02.csv
        yadokari replay -o html > moves.html
        yadokari replay --state-at 2026-10-13T09:14:00Z
        yadokari replay --diff 2026-10-13T09:00:00Z 2026-10-13T10:00:00Z
      """))

  @OptionGroup(title: "What is read") var reading: ReadOptions
  @OptionGroup var options: ReplayOptions

  @Option(help: ArgumentHelp("How many times as fast as it happened; 0 prints all at once.", valueName: "times"))
  var speed: Double?

  @Option(
    parsing: .unconditional, help: TimeArgument.help("Instead of moves, show which VM was on which host at this time."))
  var stateAt: TimeArgument?

  @Option(parsing: .unconditional, help: TimeArgument.help("Instead of moves, compare this time with a second one."))
  var diff: TimeArgument?

  @Argument(help: TimeArgument.help("The second time of --diff."))
  var second: TimeArgument?

  /// Where the second time of --diff is put that looks like an option, such as -1h.
  @Option(
    name: .customLong(CommandLineTimes.secondOfDiff), parsing: .unconditional,
    help: ArgumentHelp("The second time of --diff.", visibility: .hidden))
  var otherSecond: TimeArgument?

  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Tables as CSV") var tables: TableOptions

  func validate() throws {
    try tables.check(output.format)
    if let speed, !(0...1_000_000_000).contains(speed) {
      throw ValidationError("--speed is how many times as fast: give a number such as 60, or 0 for all at once")
    }
    let second = second ?? otherSecond
    if diff != nil, second == nil { throw ValidationError("--diff needs two times: --diff T1 T2") }
    if diff == nil, second != nil { throw ValidationError("a time by itself says nothing; give --diff T1 T2, or --since") }
    if diff != nil || stateAt != nil {
      if diff != nil, stateAt != nil { throw ValidationError("--diff and --state-at exclude each other") }
      if options.hasWindow || speed != nil || reading.at != nil || tables.table != nil || tables.out != nil {
        throw ValidationError("--diff and --state-at take no other time, no --speed and no tables; leave them out")
      }
    }
  }

  func run() async throws {
    try await reading.read(options.history, source: options.source) { reader, moment in
      let scope = try options.scope(reader, at: moment)
      if let time = try stateAt?.instant() {
        try output.print(ReplayStateReport.report(reader, scope: scope, at: time))
      } else if let from = try diff?.instant(), let to = try (second ?? otherSecond)?.instant() {
        try output.print(ReplayDiffReport.report(reader, scope: scope, from: from, to: to))
      } else {
        try print(ReplayReport.report(reader, scope: scope, at: moment, for: output.format))
      }
    }
  }

  private func print(_ report: Report) throws {
    let isPlayed = speed.map { $0 > 0 } ?? Screen.isTerminal
    guard isPlayed, output.format == .table, tables.out == nil else { return try tables.print(report, output) }
    try Player(speed: speed).print(report, zone: output.displayZone(), style: output.style)
  }
}
