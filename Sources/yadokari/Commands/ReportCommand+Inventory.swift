internal import ArgumentParser
internal import Inventory
internal import Ledger
internal import Reports

extension ReportCommand {
  struct InventoryFile: AsyncParsableCommand {
    /// Whose form of an inventory.
    enum Form: String, ExpressibleByArgument, CaseIterable {
      case rvtools
    }

    static let configuration = CommandConfiguration(
      commandName: "inventory", abstract: "Write the inventory, of any time, as a workbook with the tabs of RVTools.",
      discussion: helpText(
        """
        For programs that read such workbooks. What the ledger does not know is left empty; the same ledger with the same
        --at gives the same bytes.

        EXAMPLE
          yadokari report inventory --format rvtools --source vcenter-1 --out inventory.xlsx
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions

    @Option(help: "The form: rvtools, an .xlsx with the tabs and columns of RVTools.")
    var format: Form

    @Option(help: ArgumentHelp("The new file.", valueName: "file"), completion: .file(extensions: ["xlsx"]))
    var out: String

    @Option(help: "The source, where there are several.")
    var source: String?

    @Option(help: "Only this cluster, by name or id, its hosts and VMs and the datastores of these.")
    var cluster: String?

    func validate() throws { try refuseBlank(("--out", out), ("--source", source), ("--cluster", cluster)) }

    func run() async throws {
      let file = try NewFile(out)
      try await reading.read { reader, moment in
        let source = try reader.onlySource(source)
        let cluster = try cluster.map { try reader.object(named: $0, kind: .cluster, source: source, at: moment).id }
        let inventory = try InventoryWorkbook(reader, source: source, cluster: cluster, at: moment)
        let bytes = try inventory.workbook.bytes()
        try file.write { part in try NewFile.fill(part) { try $0.write(bytes) } }
        for note in inventory.notes { say("note: \(note)") }
        let tabs = inventory.workbook.sheets.map { "\($0.name) \($0.rows.count)" }.joined(separator: ", ")
        say("yadokari: rows of \(out): \(tabs)")
      }
    }
  }
}
