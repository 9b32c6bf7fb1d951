internal import ArgumentParser
internal import Engines
internal import Foundation
internal import Hypervisor
internal import Inventory
internal import Ledger

extension UpgradeCommand {
  struct Schedule: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Choose when a VM is powered off, upgraded and started again.",
      discussion: helpText(
        """
        On simulated hardware the time is that of the play: an offset such as +2h counts from where it stands, and "sim
        resume" plays until there. What cannot begin within an hour of its time is not done: it is owed still. Exits with 4
        where it is refused.

        EXAMPLE
          yadokari upgrade schedule old1 --at +2h --plan --db lab.db
          yadokari upgrade schedule old1 --at +2h --reason "window of May" --actor anna --db lab.db
          yadokari upgrade schedule old1 --cancel --db lab.db
        """))

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var vm: VMArgument

    @Option(
      parsing: .unconditional, help: TimeArgument.help("When to begin; an offset counts from the time of the hosts.")
    )
    var at: TimeArgument?

    @Flag(help: "Drop what is scheduled; it is owed still.")
    var cancel = false

    @OptionGroup var planning: PlanOptions
    @OptionGroup(title: "Recorded with the change") var change: ChangeOptions

    func validate() throws {
      if (at == nil) != cancel { throw ValidationError("give either --at TIME or --cancel") }
    }

    func run() async throws {
      let path = database.path
      let ledger = try Ledger.open(path, for: .read, now: try WallClock.now())
      let simulated = try SimulatedHardware.source(besides: path)
      let clock = simulated == nil ? try WallClock.now() : try await SimulatedHardware(path, isReadOnly: true).now
      let moment = try at?.instant(from: clock, isToCome: true)
      let (name, source) = try ledger.read { reader in
        let found = try vm.find(reader, at: reader.lastEvidence() ?? clock)
        _ = try UpgradeRefusal.check(found.name, at: moment, now: clock, reader, source: found.source)
        return (found.name, found.source)
      }
      if planning.plan {
        let what =
          moment.map { "would be powered off, upgraded and started again at \($0)" } ?? "would be owed and not scheduled"
        return show("\(name) \(what)")
      }
      guard source == simulated else {
        throw YadokariError(
          .unreachable,
          "\(name) cannot be upgraded: no driver reaches its host. \"yadokari sim run\" makes simulated hardware beside its "
            + "database; --plan shows what would be possible")
      }
      try await SimulatedHardware(path).grant(
        .scheduleUpgrade(vm: name, at: moment, actor: change.actor, reason: change.reason))
    }
  }
}
