internal import ArgumentParser
internal import Inventory
internal import Ledger
internal import Reports

extension ReportCommand {
  struct Residency: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "For licences: on which hosts each VM ran, from when to when, and where it could have run.",
      discussion: helpText(
        """
        Only time in which a VM was powered on counts as run. What each number is stands in docs/residency.md.

        Tables: stays (what -o csv prints by itself), vms, hosts, gaps.

        EXAMPLE
          yadokari report residency
          yadokari report residency --match 'db*' --since -365d --cores-per-socket-minimum 16
          yadokari report residency --powered-on -o csv --table hosts > hosts.csv
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions

    @Option(help: "Only this VM, by name or id.")
    var vm: String?

    @Option(help: ArgumentHelp("Only VMs whose names fit, with *, ? and [a-z].", valueName: "pattern"))
    var match: String?

    @Option(help: "Only stays on this host, by name or id.")
    var host: String?

    @Option(help: "Only stays in this cluster, by name or id.")
    var cluster: String?

    @Option(help: "Only VMs of this source.")
    var source: String?

    @OptionGroup(title: "Time range") var history: HistoryOptions

    @Flag(help: "Only stays in which the VM ran.")
    var poweredOn = false

    @Option(help: ArgumentHelp("Count at least this many cores for each socket.", valueName: "cores"))
    var coresPerSocketMinimum: Int?

    @OptionGroup(title: "Tables as CSV") var tables: TableOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
      try refuseBlank(
        ("--vm", vm), ("--match", match), ("--host", host), ("--cluster", cluster), ("--source", source))
      if vm != nil, match != nil { throw ValidationError("--vm and --match exclude each other; give one of them") }
      if let coresPerSocketMinimum, !(1...1_000_000).contains(coresPerSocketMinimum) {
        throw ValidationError("--cores-per-socket-minimum is a number of cores, 1 or more")
      }
      try tables.check(output.format)
    }

    func run() async throws {
      var question = ResidencyQuestion()
      question.pattern = try match.map { try NamePattern($0) }
      (question.since, question.until) = try history.window()
      (question.source, question.isRunOnly, question.coresPerSocket) = (source, poweredOn, coresPerSocketMinimum)
      try await reading.read(history, source: source) { reader, moment in
        question.vm = try id(of: vm, .vm, reader, at: moment)
        question.hosts = try host.map { name in
          let until = min(question.until, moment)
          return try reader.objects(named: name, kind: .host, source: source, from: question.since, to: until).map(\.id)
        }
        question.cluster = try id(of: cluster, .cluster, reader, at: moment)
        let report = try ResidencyReport.report(reader, question, at: moment, for: output.format)
        try tables.print(report, output)
      }
    }

    private func id(
      of name: String?, _ kind: ObjectKind, _ reader: borrowing LedgerReader, at moment: Instant
    ) throws -> ObjectID? {
      try name.map { try reader.object(named: $0, kind: kind, source: source, at: moment).id }
    }
  }
}
