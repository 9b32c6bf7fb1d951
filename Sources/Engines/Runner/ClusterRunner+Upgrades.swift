internal import History
internal import Hypervisor
package import Inventory
internal import Ledger

/// What upgrade migrations left to be done is planned, and done when its time has come.
extension ClusterRunner {
  /// Plans a power cycle for what a VM owes, or drops its plan.
  /// - Parameter moment: nil to drop it.
  /// - Throws: `refused` where that cannot be, `notFound` for a VM that is not there.
  package func scheduleUpgrade(of vm: String, at moment: Instant?, actor: String?, reason: String?) async throws {
    guard let known = cluster.vm(vm) else { throw YadokariError(.notFound, "there is no VM \(vm)") }
    let (now, name) = (driver.now, source.name)
    let debt = try ledger.read { try UpgradeRefusal.check(vm, at: moment, now: now, $0, source: name) }
    var event = Event(occurredAt: now, type: moment == nil ? .vmUpgradeUnscheduled : .vmUpgradeScheduled)
    (event.vm, event.host, event.actor, event.reason) = (debt.vm, reference(.host, known.host), actor, reason)
    var detail: [JSONValue.Member] = [.init("owed", .int(debt.number))]
    if let moment { detail.append(.init("for", JSONValue(moment))) }
    event.detail = .object(detail)
    try await write([event])
    tell(
      "\(vm) (upgrade \(debt.number))", debt.plan.map { "scheduled for \($0.at)" } ?? "owed",
      moment.map { "scheduled for \($0)" } ?? "owed", because: reason ?? "\(actor ?? "somebody") asked for it")
    try await beginDueUpgrades()
  }

  /// Whether the power of a VM is changed for its upgrade.
  func isUpgrading(_ vm: String) -> Bool { upgrades[vm] != nil }

  /// When a plan becomes due, or one that is kept from beginning is too late.
  var upgradeDeadline: Instant? {
    let plans = debts.values.compactMap { debt -> Instant? in
      guard let plan = debt.plan else { return nil }
      if plan.at > driver.now || objection(to: debt) == nil { return plan.at }
      return Self.end(of: plan)
    }
    return (plans + upgrades.values.compactMap(\.deadline)).min()
  }

  /// The last moment at which something planned may begin; nil where nothing is planned.
  package var lastPlan: Instant? {
    debts.values.compactMap { $0.plan }.map { $0.at > driver.now ? $0.at : Self.end(of: $0) }.max()
  }

  private static func end(of plan: UpgradeDebt.Plan) -> Instant {
    plan.at.adding(seconds: HardwareUpgrade.toleranceSeconds)
  }

  /// Begins what is due; what was kept from beginning for too long is not done at a time that nobody chose.
  func beginDueUpgrades() async throws {
    for debt in debts.values.sorted(by: { $0.number < $1.number }) {
      guard let plan = debt.plan, plan.at <= driver.now else { continue }
      let objection = objection(to: debt)
      if driver.now >= Self.end(of: plan) {
        try await miss(debt, because: objection ?? "the service was away at its time and an hour later")
      } else if objection == nil, let known = cluster.vm(debt.vm.name) {
        upgrades[known.name] = HardwareUpgrade(
          debt, host: reference(.host, known.host), isOn: known.power == .on && !known.isTemplate)
        try await step(.begin, of: known.name)
      }
    }
  }

  /// Why a power cycle that is due cannot begin now; nil where it can.
  private func objection(to debt: UpgradeDebt) -> String? {
    let vm = debt.vm.name
    guard let known = cluster.vm(vm), let host = cluster.host(known.host) else { return "where \(vm) is, is not known" }
    if isUpgrading(vm) { return "it is under way" }
    if engine.isMoving(vm) { return "it is being moved" }
    if isParked(vm) { return "a migration of it was left to a person" }
    if powerOrders.values.contains(where: { $0.vm == vm }) { return "it is being started or stopped" }
    if known.power == .suspended { return "it is suspended: its memory would be lost" }
    if !host.isConnected { return "\(host.name) does not answer" }
    return host.mode == .normal ? nil : "\(host.name) is in maintenance, or on its way there"
  }

  private func miss(_ debt: UpgradeDebt, because why: String) async throws {
    var event = Event(occurredAt: driver.now, type: .vmUpgradeFailed)
    (event.vm, event.host, event.reason) = (debt.vm, cluster.vm(debt.vm.name).map { reference(.host, $0.host) }, why)
    event.detail = ["owed": .int(debt.number)]
    try await write([event])
    tell("\(debt.vm.name) (upgrade \(debt.number))", "scheduled", "failed", because: why)
  }

  /// Takes over what an earlier service left under way.
  func recoverUpgrades() async throws {
    for debt in debts.values.sorted(by: { $0.number < $1.number }) where debt.cycle != nil {
      guard let known = cluster.vm(debt.vm.name) else { continue }
      cluster.keepRoom(for: known.name)
      upgrades[known.name] = HardwareUpgrade(debt, host: reference(.host, known.host), isOn: known.power == .on)
      try await step(.recover, of: known.name)
    }
  }

  /// Tells all that are under way.
  func stepUpgrades(_ input: HardwareUpgrade.Input) async throws {
    for vm in upgrades.keys.sorted() { try await step(input, of: vm) }
  }

  private func step(_ input: HardwareUpgrade.Input, of vm: String) async throws {
    guard var upgrade = upgrades[vm] else { return }
    let step = engine.turn(at: driver.now) { upgrade.step(input, &$0) }
    upgrades[vm] = upgrade.isOver ? nil : upgrade
    try await perform(step)
    guard upgrade.isOver else { return }
    if !upgrade.isOn { cluster.giveUpRoom(of: vm) }
    try await resumeMaintenance(of: vm)
  }

  /// Keeps what is known of debts up to date with what was written down.
  func takeDebt(_ event: Event, number: Int64) {
    if let debt = UpgradeDebt(event, number: number, source: source.name) {
      debts[number] = debt
    } else if let owed = UpgradeDebt.number(of: event) {
      debts[owed]?.take(event)
      if debts[owed]?.isDone == true, debts[owed]?.cycle == nil { debts[owed] = nil }
    }
  }
}
