internal import ArgumentParser
internal import Ledger

extension EventCommand {
  struct Head: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print number and hash of the last event; keep it elsewhere to prove later that nothing was cut off.",
      discussion: """
        EXAMPLE
          yadokari event head >> heads.txt
        """)

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let ledger = try Ledger.open(database.path, for: .inspect, now: WallClock.now())
      let head = try ledger.read { try $0.chainHead() }
      print("\(head.seq) \(head.hash.bytes.hexadecimal)")
    }
  }
}
