internal import ArgumentParser
internal import Inventory
internal import Ledger

/// A VM on the command line.
struct VMArgument: ParsableArguments {
  @Argument(help: "The VM's name, or its id such as vm-118.")
  var name: String

  @Option(help: "The source of the VM, where several have one of this name.")
  var source: String?

  func validate() throws { try refuseBlank(("the name of the VM", name), ("--source", source)) }

  func find(_ reader: borrowing LedgerReader, at moment: Instant) throws -> ObjectSummary {
    try reader.object(named: name, kind: .vm, source: source, at: moment)
  }
}
