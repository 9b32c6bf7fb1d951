internal import ArgumentParser
internal import Foundation
internal import Inventory
internal import Ledger
internal import Reports

extension DatabaseCommand {
  struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Copy the database into a new file, also while others write to it.",
      discussion: helpText(
        """
        The copy is one file. It gets its name when it is whole and has been opened; a file that is there is never
        overwritten (exit 5). Its hash can be checked later with "yadokari event verify --db FILE --head HASH".

        EXAMPLE
          yadokari db backup monday.db
        """))

    @OptionGroup var database: DatabaseOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup var plan: PlanOptions

    @Argument(help: "The new file.")
    var file: String

    func run() async throws {
      let now = try WallClock.now()
      guard !isDatabaseItself else {
        throw YadokariError(.conflict, "\(file) is the database itself; name another file")
      }
      let target = try NewFile(file)
      if plan.plan {
        let head = try Ledger.open(database.path, for: .read, now: now).read { try $0.chainHead() }
        try output.print(ChainReports.backup(file, head, isPlan: true, at: now))
        return
      }
      let path = database.path
      let head = try target.write { part in try Ledger.backup(path, to: part, now: now) }
      try output.print(ChainReports.backup(file, head, isPlan: false, at: now))
    }

    private var isDatabaseItself: Bool {
      let paths = [database.path, file].map { URL(fileURLWithPath: $0).standardizedFileURL.resolvingSymlinksInPath().path }
      return paths[0] == paths[1]
    }
  }
}
