internal import ArgumentParser
internal import Inventory
internal import Ledger
internal import Planning
internal import Reports

extension ReportCommand {
  struct Capacity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "How much is left: the pool, the failures it survives, what still fits, which hosts could go.",
      discussion: helpText(
        """
        A host in no cluster is a pool of its own. docs/capacity.md says what each number is and how it is computed.
        Exits with 2 where all that is known is in no cluster, and how large it is is not.

        EXAMPLE
          yadokari report capacity
          yadokari report capacity --cluster prod
          yadokari report capacity --keep-failures 2 -o html > capacity.html
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions
    @OptionGroup var clusters: ClusterOptions

    @Option(help: "Host failures to tolerate.")
    var keepFailures = 1

    @Option(help: ArgumentHelp("How many vCPUs a core may carry.", valueName: "ratio"))
    var maxVcpusPerCore: Double?

    @Option(
      parsing: .unconditional,
      help: TimeArgument.help("Compare with the cluster as it was then (default: the inventory before the last)."))
    var since: TimeArgument?

    @OptionGroup(title: "Tables as CSV") var tables: TableOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
      if keepFailures < 0 { throw ValidationError("--keep-failures is less than 0") }
      if let maxVcpusPerCore, !(maxVcpusPerCore > 0 && maxVcpusPerCore.isFinite) {
        throw ValidationError("--max-vcpus-per-core takes a number above 0")
      }
      try tables.check(output.format)
    }

    func run() async throws {
      let now = try WallClock.now()
      var question = CapacityQuestion()
      (question.keepFailures, question.vcpusPerCore) = (keepFailures, maxVcpusPerCore)
      try await reading.read { reader, moment in
        let (found, outside) = try clusters.find(reader, at: moment)
        let since = try since?.instant()
        if let since, since > moment { throw ValidationError("--since is later than the moment of the report, \(moment)") }
        let readers = Dictionary(
          uniqueKeysWithValues: try Set(found.map(\.pool.source)).map { source in
            (source, try CapacityCourseReader(reader, of: source, since: since, at: moment))
          })
        let last = try readers.count == 1 ? reader.lastEvidence() : nil
        let reports = try found.map { found in
          let (source, scope) = (found.pool.source, found.pool.scope)
          var report = CapacityReport.Cluster(
            found.pool, capacity: ClusterCapacity(of: scope, in: found.snapshot, question),
            lastEvidence: min(moment, try last ?? reader.evidence(of: source).lastAt ?? moment))
          // What would be has no history.
          if clusters.change.whatIf.isNothing, let object = found.object {
            report.course = readers[source]?.course(of: scope, object, in: found.snapshot)
          }
          return report
        }
        try tables.print(
          CapacityReport(reports, outside: outside, now: now, command: Yadokari.command).report(at: moment), output)
        if found.isEmpty, outside.contains(where: { $0.gap.isOutside }) {
          throw ExitCode(YadokariError.Code.partlyDone.rawValue)
        }
      }
    }
  }
}
