internal import ArgumentParser
internal import Ledger
internal import Reports

extension EventCommand {
  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Read the whole chain and say the first event that is not what was recorded.",
      discussion: helpText(
        """
        This checks the records. Whether answers still follow from them is what "yadokari db check" tells.

        Exit 0: the chain holds. Exit 2: it does not, or the hash given with --head does not occur in it.

        EXAMPLE
          yadokari event verify --head "$(tail -n 1 heads.txt | cut -d ' ' -f 2)"
        """))

    @OptionGroup var database: DatabaseOptions
    @OptionGroup(title: "Output") var output: OutputOptions

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
      let now = try WallClock.now()
      let ledger = try Ledger.open(database.path, for: .inspect, now: now)
      let wanted = head?.split(separator: " ").last.map { $0.lowercased() }
      let (verdict, problem) = try ledger.read { reader in
        let structure = try reader.structureProblem()
        let verdict = try reader.verifyChain(wanted: wanted)
        return (verdict, Self.problem(verdict, structure: structure))
      }
      try output.print(ChainReports.verdict(verdict, problem: problem, at: now))
      if problem != nil { throw ExitCode(2) }
    }

    /// The first thing that is wrong, the events before what guards them.
    private static func problem(_ verdict: ChainVerdict, structure: String?) -> String? {
      if let bad = verdict.firstBad { return bad.problem }
      if let structure {
        return "\(structure), so the file does not guard its events; the \(verdict.verified) that are there are right"
      }
      if verdict.containsHead == false {
        return "the hash given does not occur; events were cut off after \(verdict.head.seq), or hashed anew"
      }
      return nil
    }
  }
}
