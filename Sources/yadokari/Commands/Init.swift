internal import ArgumentParser
internal import Inventory
internal import Ledger

struct Init: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make an empty database.",
    discussion: """
      EXAMPLE
        yadokari init --db prod.db
      """)

  @OptionGroup var database: DatabaseOptions

  func run() async throws {
    let ledger = try Ledger.create(database.path, now: WallClock.now())
    try await ledger.checkpoint()
    say("\(database.path) is ready")
  }
}
