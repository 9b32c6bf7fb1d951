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
      discussion: helpText(
        """
        With --plan every reason why not, for each datastore; --to-datastore asks for one. Exits with 4 where nothing is
        possible.

        EXAMPLE
          yadokari vm relocate db1 --plan
          yadokari vm relocate web1 --to-datastore san-b --disk 1=san-a --db lab.db
          yadokari vm relocate db1 --to-datastore san-a --way redo_log --plan -o json
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions
    @OptionGroup var vm: VMArgument

    @Option(help: "The datastore to which its files go, by name or id.")
    var toDatastore: String?

    @Option(
      help: ArgumentHelp(
        "Where a single disk goes, such as 1=san-b; the first is 0. May be given for each.", valueName: "disk=datastore"))
    var disk: [String] = []

    @Option(help: "How its disks are moved while it runs: mirror, changed_blocks or redo_log.")
    var way: RelocationWay = .mirror

    @Option(help: "Where the logs of redo_log lie (default: beside each disk).")
    var logDatastore: String?

    @OptionGroup var planning: PlanOptions
    @OptionGroup var acting: ActingMove
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
      try refuseBlank(("--to-datastore", toDatastore), ("--log-datastore", logDatastore))
      if !planning.plan, output.format != .table {
        throw ValidationError("a move prints what changes as it happens; -o goes with --plan")
      }
      for text in disk where Self.place(text) == nil {
        throw ValidationError("--disk takes a number and a datastore, such as 1=san-b, not \(text)")
      }
      let numbers = disk.compactMap { Self.place($0)?.disk }
      if let twice = numbers.first(where: { number in numbers.count { $0 == number } > 1 }) {
        throw ValidationError("--disk names disk \(twice) more than once; it can go to one place")
      }
      if logDatastore != nil, way != .redoLog {
        throw ValidationError("--log-datastore goes with --way redo_log: \(way.rawValue) has no log")
      }
      if toDatastore == nil, disk.isEmpty, !planning.plan {
        throw ValidationError("--to-datastore DATASTORE is missing; --plan shows all datastores")
      }
    }

    /// `1=san-b`
    private static func place(_ text: String) -> (disk: Int, datastore: String)? {
      let parts = text.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let disk = Int(parts[0]), disk >= 0 else { return nil }
      return (disk, String(parts[1]))
    }

    func run() async throws {
      guard planning.plan else { return try await acting.run(vm, reading, move) }
      try await reading.read { reader, moment in
        var subject = try PlanSubject(vm.find(reader, at: moment), reader, at: moment)
        let move = try move(&subject, reader)
        let checks = Compatibility(subject.snapshot, for: subject.name)
        let targets =
          toDatastore == nil && disk.isEmpty
          ? checks.datastores(for: subject.name, way: way, logDatastore: move.logDatastore)
          : checks.verdict(on: move).map { [$0] }
        guard let targets else {
          throw subject.hasNoHost
        }
        try output.print(subject.report(targets, "datastore", asked: move))
        if !targets.contains(where: \.isAllowed) { throw ExitCode(YadokariError.Code.refused.rawValue) }
      }
    }

    private func move(_ subject: inout PlanSubject, _ reader: borrowing LedgerReader) throws -> MoveRequest {
      let target = try toDatastore.map { try subject.datastore(named: $0, reader) }
      var move = MoveRequest(.storage, of: subject.name, datastore: target)
      (move.way, move.logDatastore) = (way, try logDatastore.map { try subject.datastore(named: $0, reader) })
      for (number, datastore) in disk.compactMap(Self.place) {
        guard subject.disks.indices.contains(number) else {
          throw YadokariError(.notFound, "VM \(subject.name) has no disk \(number); it has \(subject.disks.count)")
        }
        move.disks[number] = try subject.datastore(named: datastore, reader)
      }
      return move
    }
  }
}
