internal import ArgumentParser
internal import Inventory
internal import Ledger
internal import Planning
internal import Reports

extension RelocationWay: ExpressibleByArgument {}

extension VMCommand {
  struct Relocate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Move the files of a VM to another datastore, or show where they can go.",
      discussion: """
        With --plan every reason why not, for each datastore; --to-datastore asks for one. Exits with 4 where nothing is
        possible.

        EXAMPLE
          yadokari vm relocate db1 --plan
          yadokari vm relocate db1 --to-datastore san-a --way redo_log --plan -o json
        """)

    @OptionGroup var reading: ReadOptions
    @OptionGroup var vm: VMArgument

    @Option(help: "The datastore to which its files go, by name or id.")
    var toDatastore: String?

    @Option(help: "How its disks are moved while it runs: mirror, changed_blocks or redo_log.")
    var way: RelocationWay = .mirror

    @Option(help: "Where the logs of redo_log lie (default: beside each disk).")
    var logDatastore: String?

    @OptionGroup var planning: PlanOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      try refuseBlank(("--to-datastore", toDatastore), ("--log-datastore", logDatastore))
      if toDatastore == nil, !planning.plan {
        throw ValidationError("--to-datastore DATASTORE is missing; --plan shows all datastores")
      }
    }

    func run() async throws {
      try await reading.read { reader, moment in
        var subject = try PlanSubject(vm.find(reader, at: moment), reader, at: moment)
        let target = try toDatastore.map { try subject.datastore(named: $0, reader) }
        let log = try logDatastore.map { try subject.datastore(named: $0, reader) }
        guard planning.plan else { throw subject.isOutOfReach }
        guard let all = Compatibility(subject.snapshot).datastores(for: subject.name, way: way, logDatastore: log) else {
          throw YadokariError(.notFound, "on which host \(subject.name) is, is not known; its files stay where they are")
        }
        let targets = all.filter { target == nil || $0.datastore == target }
        try output.print(subject.report(targets, "datastore", way: way, reader))
        if !targets.contains(where: \.isAllowed) { throw ExitCode(YadokariError.Code.refused.rawValue) }
      }
    }
  }
}
