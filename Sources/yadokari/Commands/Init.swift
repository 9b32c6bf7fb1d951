internal import ArgumentParser
internal import Ledger
internal import Reports

struct Init: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make an empty database.",
    discussion: helpText(
      """
      A database that is there already stays as it is.

      EXAMPLE
        yadokari init --db prod.db
      """))

  @OptionGroup var database: DatabaseOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup var plan: PlanOptions

  func run() async throws {
    let now = try WallClock.now()
    let trial = plan.plan ? try TrialCopy(of: database.path, now: now) : nil
    defer { trial?.remove() }
    try await Ledger.create(trial?.path ?? database.path, now: now).checkpoint()
    let words = plan.plan ? "would be ready" : "is ready"
    try output.print(ChainReports.done("yadokari.init/1", "\(database.path) \(words)", at: now))
  }
}
