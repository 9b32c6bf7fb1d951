internal import ArgumentParser
internal import Importers
internal import Inventory
internal import Ledger
internal import Reports

extension ImportFormat: ExpressibleByArgument {}
extension DateOrder: ExpressibleByArgument {}

extension ImportCommand {
  struct Files: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Read exports of a vCenter into the database.",
      usage:
        "yadokari import [<options>] <path> ...\n  yadokari import list\n  yadokari import retract <import> --reason <text>",
      discussion: helpText(
        """
        Files are recognised by their content; of a folder, inventories are read before events. Repeating an import adds
        nothing. A file lands whole or not at all; single records that cannot be read are set aside and counted (exit 2).

        EXAMPLE
          govc events -xml -n 1000 / > exports/events.xml
          govc about -json > exports/about.json
          govc collect -json -type m / name runtime.host runtime.powerState config.hardware > exports/vms.json
          govc collect -json -type h / name parent runtime.connectionState > exports/hosts.json
          yadokari import exports/
          govc events -xml -n 1000 / | yadokari import -
          yadokari import vievents.csv --tz Europe/Berlin       # Get-VIEvent | Export-Csv
          yadokari import restarts.csv --tz UTC --columns "time=When,message=What happened"
          yadokari import vcenter-syslog.log.gz                 # the events that vCenter streams to a syslog server
          yadokari import RVTools.xlsx --source old-site        # or the folder of its CSV files
        """))

    @OptionGroup var database: DatabaseOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Recorded with the change") var change: ChangeOptions
    @OptionGroup var plan: PlanOptions

    @Argument(help: "Files or folders, compressed or not; - is standard input.", completion: .file())
    var paths: [String]

    @Option(help: ArgumentHelp("Name of the vCenter that the files come from.", valueName: "name"))
    var source: String?

    @Option(
      parsing: .unconditional,
      help: TimeArgument.help("When the inventories were taken (default: what the file says, else its date)."))
    var at: TimeArgument?

    @Option(help: ArgumentHelp("Read the files as this format instead of recognizing them.", valueName: "format"))
    var format: ImportFormat?

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp("Time zone for timestamps without one, such as Europe/Berlin, UTC or +01:00.", valueName: "zone"))
    var tz: String?

    @Option(help: ArgumentHelp("Order of ambiguous dates: dmy, mdy or ymd.", valueName: "order"))
    var dateOrder: DateOrder?

    @Option(help: ArgumentHelp("Encoding of lists if not UTF-8, such as windows-1252 or utf-16le.", valueName: "name"))
    var encoding: String?

    @Option(
      help: ArgumentHelp(
        "Which columns of a list hold what, if their names do not tell: time=When,message=What.", valueName: "ours=theirs"))
    var columns: String?

    /// Files of a folder of which it is said why they are not read.
    private static let shownFiles = 5

    func validate() throws { try refuseBlank(("--source", source)) }

    func run() async throws {
      let now = try WallClock.now()
      var options = ImportOptions(source: source, at: try at?.instant(), format: format)
      (options.zone, options.dateOrder, options.encoding) = (tz, dateOrder, encoding)
      options.columns = try columns.map { try ColumnChoice(parsing: $0) }
      (options.actor, options.reason) = (change.actor, change.reason)
      let found = try Importer.find(paths, options: options)
      // Where there is nothing to import, no database is made for it.
      let files = found.contains(where: \.isReadable) ? try await run(found, options, at: now) : found.map(\.report)
      try output.print(ImportReport.report(files, isPlan: plan.plan, at: now))
      try exitCode(for: files)
    }

    private func run(_ found: [FoundFile], _ options: ImportOptions, at now: Instant) async throws -> [FileReport] {
      let trial = plan.plan ? try TrialCopy(of: database.path, now: now) : nil
      defer { trial?.remove() }
      let path = trial?.path ?? database.path
      // A database that came to nothing goes again: nobody asked for an empty one.
      let ledger = try Leftovers.make(path) {
        let ledger = try Ledger.create(path, now: now)
        return (ledger, { ledger.removeIfUnfilled() })
      }
      defer {
        ledger.removeIfUnfilled()
        Leftovers.forget(path)
      }
      return try await Importer(into: ledger, options: options, now: now).run(found)
    }

    /// Says what failed, and ends with the code that tells it to scripts.
    private func exitCode(for files: [FileReport]) throws {
      let errors = files.compactMap(\.error)
      for error in errors { say("yadokari: \(error.message)") }
      for file in files where file.isBlank && file.error == nil { say("yadokari: \(file.path): \(file.note ?? "")") }
      let hasGood = files.contains { $0.error == nil && $0.format != nil }
      if let error = errors.first { throw ExitCode(hasGood ? YadokariError.Code.partlyDone.rawValue : error.code.rawValue) }
      if files.contains(where: \.isBlank) {
        throw ExitCode(hasGood ? YadokariError.Code.partlyDone.rawValue : YadokariError.Code.failed.rawValue)
      }
      // What lies in a folder may be somebody else's, but all of it was not meant.
      if !hasGood, !files.isEmpty {
        for file in files.filter(\.isNamedForWhatItIs).prefix(Self.shownFiles) {
          say("yadokari: \(file.path): \(file.note ?? "")")
        }
        say("yadokari: no file is of a format that is known; \"yadokari help formats\" lists them")
        throw ExitCode(YadokariError.Code.partlyDone.rawValue)
      }
      if files.contains(where: { $0.skippedCount > 0 }) { throw ExitCode(YadokariError.Code.partlyDone.rawValue) }
    }
  }
}
