internal import ArgumentParser
internal import Ledger

extension EventCommand {
  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Read the whole chain and say the first event that is not what was recorded.",
      discussion: """
        Exit 0: the chain holds. Exit 2: it does not, or the hash given with --head does not occur in it.

        EXAMPLE
          yadokari event verify --head "$(tail -n 1 heads.txt | cut -d ' ' -f 2)"
        """)

    @OptionGroup var database: DatabaseOptions

    @Option(help: "A hash from \"event head\" that must occur in the chain.")
    var head: String?

    func validate() throws {
      guard let head else { return }
      let hash = head.split(separator: " ").last ?? ""
      if hash.count != 64 || !hash.allSatisfy(\.isHexDigit) {
        throw ValidationError("--head takes the 64 hexadecimal digits that \"yadokari event head\" prints")
      }
    }

    func run() async throws {
      let ledger = try Ledger.open(database.path, for: .inspect, now: WallClock.now())
      let wanted = head?.split(separator: " ").last.map { $0.lowercased() }
      let (verdict, structure) = try ledger.read { reader in
        (try reader.verifyChain(wanted: wanted), try reader.structureProblem())
      }
      if let bad = verdict.firstBad {
        print("bad: \(bad.problem)")
        throw ExitCode(2)
      }
      if let structure {
        print("bad: \(structure), so the file does not guard its events; the \(verdict.verified) that are there are right")
        throw ExitCode(2)
      }
      if verdict.containsHead == false {
        print("bad: the hash \(wanted ?? "") does not occur; events were cut off after \(verdict.head.seq)")
        throw ExitCode(2)
      }
      print("ok: \(verdict.verified) events, head \(verdict.head.hash.bytes.hexadecimal)")
    }
  }
}
