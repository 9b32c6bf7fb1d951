internal import ArgumentParser
internal import Ledger

extension DatabaseCommand {
  struct Rebuild: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Throw the projections away and make them from the events; the same rows come out.",
      discussion: """
        EXAMPLE
          yadokari db rebuild
        """)

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let ledger = try Ledger.open(database.path, for: .write, now: WallClock.now())
      try await ledger.rebuild()
      try await ledger.checkpoint()
      say("\(database.path): projections made anew")
    }
  }
}
