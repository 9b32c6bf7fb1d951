internal import ArgumentParser
internal import Inventory
internal import Ledger
internal import Planning
internal import Reports

extension ReportCommand {
  struct Capacity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "How much is left: the pool, the failures it survives, what still fits, which hosts could go.",
      discussion: """
        What each number is, and how it is reckoned, stands in docs/capacity.md.

        EXAMPLE
          yadokari report capacity
          yadokari report capacity --keep-failures 2 -o html > capacity.html
        """)

    @OptionGroup var reading: ReadOptions
    @OptionGroup var clusters: ClusterOptions

    @Option(help: "How many hosts may fail at one time.")
    var keepFailures = 1

    @Option(help: ArgumentHelp("How many vCPUs a core may carry.", valueName: "ratio"))
    var maxVcpusPerCore: Double?

    @OptionGroup var tables: TableOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      if keepFailures < 0 { throw ValidationError("--keep-failures is less than 0") }
      if let maxVcpusPerCore, !(maxVcpusPerCore > 0) { throw ValidationError("--max-vcpus-per-core is not above 0") }
      try tables.check(output.format)
    }

    func run() async throws {
      let now = try WallClock.now()
      var question = CapacityQuestion()
      (question.keepFailures, question.vcpusPerCore) = (keepFailures, maxVcpusPerCore)
      try await reading.read { reader, moment in
        let found = try clusters.find(reader, at: moment).map { cluster in
          CapacityReport.Cluster(
            source: cluster.source, capacity: ClusterCapacity(of: cluster.name, in: cluster.snapshot, question),
            lastEvidence: try reader.evidence(of: cluster.source).lastAt)
        }
        let command = "yadokari \(CommandLine.arguments.dropFirst().joined(separator: " "))"
        try tables.print(CapacityReport(found, now: now, command: command).report(at: moment), output)
      }
    }
  }
}
