internal import ArgumentParser
internal import Inventory
internal import Ledger
internal import Planning
internal import Reports

extension VMCommand {
  struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Move a VM to another host, or show where it can go.",
      discussion: """
        With --plan every reason why not, for each host; --to asks for one host. Exits with 4 where nothing is possible.
        Running VMs are moved live, others cold.

        EXAMPLE
          yadokari vm migrate db1 --plan
          yadokari vm migrate db1 --to esx02 --plan -o json
        """)

    @OptionGroup var reading: ReadOptions
    @OptionGroup var vm: VMArgument
    @OptionGroup var target: TargetOptions
    @OptionGroup var planning: PlanOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      if target.host == nil, !planning.plan { throw ValidationError("--to HOST is missing; --plan shows all hosts") }
    }

    func run() async throws {
      guard planning.plan else { return try await move() }
      let (report, isPossible) = try await reading.read { reader, moment in
        let vm = try vm.find(reader, at: moment)
        let (targets, hostIDs) = try target.verdicts(for: vm, reader, at: moment)
        let report = MigrationPlanReport.report(
          vm: vm.name, id: vm.foreignID, targets: targets, hostIDs: hostIDs, at: moment)
        return (report, targets.contains(where: \.isAllowed))
      }
      try output.print(report)
      if !isPossible { throw ExitCode(YadokariError.Code.refused.rawValue) }
    }

    /// No inventory that was only read can be acted upon.
    private func move() async throws {
      let name = try await reading.read { reader, moment in try vm.find(reader, at: moment).name }
      throw YadokariError(
        .unreachable,
        "\(name) cannot be moved: no driver reaches its host, the inventory was only imported. Moves act on simulated "
          + "hardware, which \"yadokari sim run\" makes beside its database; --plan shows what would be possible")
    }
  }
}
