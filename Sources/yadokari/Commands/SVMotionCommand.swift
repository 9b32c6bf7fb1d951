internal import ArgumentParser
internal import Engines
internal import Inventory
internal import Ledger
internal import Planning
internal import Reports
internal import SVMotion

/// The command of the VI 3.5 Remote CLI; see docs/svmotion.md.
struct SVMotionCommand: AsyncParsableCommand {
  static let name = "svmotion"

  static let configuration = CommandConfiguration(
    commandName: name,
    abstract: "Move the files of a VM while it runs, in the words of the VI 3.5 Remote CLI.",
    usage: """
      svmotion [<options>] --datacenter=<name> --vm='[<datastore>] <folder>/<vm>.vmx:<new datastore>'
               [--disks='[<datastore>] <folder>/<disk>.vmdk:<new datastore>, …']
      svmotion --interactive
      """,
    discussion: helpText(
      """
      The last colon splits a path from its new datastore, a comma the disks. \
      Disks that are not named follow the .vmx file; one that is to stay is named with its own datastore. \
      Of a connection only the form is looked at: our own engine moves the files. \
      A link to yadokari, or a copy, that is named svmotion is this command.

      EXAMPLE
        yadokari svmotion --datacenter=Lyon --vm='[san-a] web1/web1.vmx:san-b' --plan
        yadokari svmotion --datacenter Lyon --vm '[san-b] db1/db1.vmx:san-a' --plan -o json
      """),
    version: "\(name) (\(Yadokari.nameAndVersion))")

  @OptionGroup(title: "What moves") var what: MotionOptions
  @OptionGroup(title: "Connection options") var connection: ConnectionOptions
  @OptionGroup(title: "What is read") var reading: ReadOptions

  @Option(help: "The source of the VM, where VMs of several have such a file.")
  var source: String?

  @Option(help: "How the disks are moved while the VM runs: mirror, changed_blocks or redo_log.")
  var way: RelocationWay = .mirror

  @Option(help: "Where the logs of redo_log lie (default: beside each disk).")
  var logDatastore: String?

  @OptionGroup var planning: PlanOptions
  @OptionGroup(title: "Recorded with the change") var change: ChangeOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    try refuseBlank(("--source", source), ("--log-datastore", logDatastore))
    guard output.format != .table else { return }
    if !planning.plan { throw ValidationError("a move prints what changes as it happens; -o goes with --plan") }
    if what.interactive { throw ValidationError("the dialogue is on standard output; -o goes without --interactive") }
  }

  func run() async throws {
    let settings = try connection.settings()
    if settings.isVerbose, let note = settings.note { tell(note) }
    if what.interactive, what.isGiven { tell("--datacenter, --vm and --disks are asked for: what was given does not count") }
    let given =
      what.interactive ? nil : try StorageMotion(datacenter: what.datacenter, vm: what.vm, disks: what.disks)
    var asked: MoveRequest?
    try await reading.read { reader, moment in
      let index = try VMFileIndex(reader, source: source, at: moment)
      let motion = try given ?? ask(index, reader, at: moment)
      var subject = try PlanSubject(index.vm(motion.vm.path, in: motion.datacenter, reader), reader, at: moment)
      let files = try VMFileIndex.files(of: subject, reader, at: moment)
      var move = try motion.move(of: subject.name, files) { try subject.datastore(named: $0, reader) }
      move.way = way
      move.logDatastore = try logDatastore.map { try subject.datastore(named: $0, reader) }
      if settings.isVerbose { tell("\(motion.vm.path.text) is VM \(subject.vm.name) of source \(subject.vm.source)") }
      if try reader.objects(named: motion.datacenter, kind: .datacenter, source: subject.vm.source, at: moment).isEmpty {
        tell("datacenter \"\(motion.datacenter)\" is in no record of source \(subject.vm.source); it is taken as given")
      }
      if let target = homeTarget(of: move), target != move.datastore {
        tell("the home of VM \(subject.vm.name) lies with its first disk: it will be on \(target), too")
      }
      guard !planning.plan else { return try show(move, subject, files, reader) }
      guard reading.from.isEmpty, try SimulatedHardware.source(besides: reading.database.path) == subject.vm.source else {
        throw subject.isOutOfReach
      }
      asked = move
    }
    guard let asked else { return }
    try await SimulatedHardware(reading.database.path).grant(
      .move(asked, actor: change.actor, reason: change.reason))
  }

  /// Where the home of the VM will be.
  private func homeTarget(of move: MoveRequest) -> String? { move.disks[0] ?? move.datastore }

  private func tell(_ text: String) { say("\(Yadokari.calledName): \(text)") }

  private func ask(
    _ index: VMFileIndex, _ reader: borrowing LedgerReader, at moment: Instant
  ) throws -> StorageMotion {
    let output = Output()
    let dialogue = Dialogue(read: Terminal.line) { text in
      try output.write(text)
      try output.flush()
    }
    var subject: PlanSubject?
    return try Interview(dialogue).motion { path, datacenter in
      let found = try PlanSubject(index.vm(path, in: datacenter, reader), reader, at: moment)
      subject = found
      return try VMFileIndex.files(of: found, reader, at: moment)
    } checkDatastore: { name, _ in
      _ = try subject?.datastore(named: name, reader)
    }
  }

  /// Prints the plan.
  /// - Throws: the exit code 4 where the move is not possible.
  private func show(
    _ move: MoveRequest, _ subject: PlanSubject, _ files: VMFiles, _ reader: borrowing LedgerReader
  ) throws {
    guard let verdict = Compatibility(subject.snapshot).verdict(on: move) else { throw subject.hasNoHost }
    var list: [PlannedFile] = []
    if let home = files.home {
      list.append(PlannedFile(files.configuration, from: home, to: homeTarget(of: move) ?? home, sizeMiB: nil))
    }
    let vm = subject.snapshot.vms.first { $0.name == subject.name }
    for (number, disk) in (vm?.disks ?? []).enumerated() where files.disks != nil {
      list.append(
        PlannedFile(
          files.file(ofDisk: number), from: disk.datastore,
          to: move.disks[number] ?? move.datastore ?? disk.datastore, sizeMiB: disk.mapping == nil ? disk.sizeMiB : nil))
    }
    try output.print(PlannedFile.add(list, to: subject.report([verdict], "datastore", asked: move)))
    if !verdict.isAllowed { throw ExitCode(YadokariError.Code.refused.rawValue) }
  }
}
