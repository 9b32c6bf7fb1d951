internal import Hypervisor
internal import Inventory

/// VMs are started and stopped.
extension ClusterRunner {
  /// Starts a VM on its host, or stops it.
  package func power(_ vm: String, on isStart: Bool, actor: String?) async throws {
    guard let known = cluster.vm(vm), (known.power == .on) != isStart else { return }
    if engine.isMoving(vm) || isParked(vm) {
      return tell(vm, known.power.rawValue, known.power.rawValue, because: "it is being moved, or was left to a person")
    }
    if isUpgrading(vm) { return tell(vm, known.power.rawValue, known.power.rawValue, because: "its hardware is upgraded") }
    if isStart, let mode = cluster.host(known.host)?.mode, mode != .normal {
      let why = "\(known.host) is in maintenance, or on its way there; move it to another host first"
      return tell(vm, known.power.rawValue, known.power.rawValue, because: why)
    }
    var wish = Event(occurredAt: driver.now, type: .other(isStart ? "vm.power_on_requested" : "vm.power_off_requested"))
    (wish.vm, wish.host, wish.actor) = (reference(.vm, vm), reference(.host, known.host), actor)
    try await write([wish])
    let order = engine.order(isStart ? .powerOn : .powerOff, of: vm, on: known.host)
    powerOrders[order.number] = PowerOrder(
      vm: vm, host: known.host, isStart: isStart, deadline: driver.now.adding(seconds: Self.powerSeconds))
    driver.send(order)
  }

  func take(_ result: Message.Result, of order: PowerOrder) async throws {
    let (old, new) = order.isStart ? ("off", "on") : ("on", "off")
    switch result {
    case .done:
      var event = Event(occurredAt: driver.now, type: order.isStart ? .vmPoweredOn : .vmPoweredOff)
      (event.vm, event.host) = (reference(.vm, order.vm), reference(.host, order.host))
      try await write([event])
      tell(order.vm, old, new, because: "it was asked for")
      try await resumeMaintenance(of: order.vm)
    case .refused(let why), .failed(let why): tell(order.vm, old, old, because: why)
    default: break
    }
  }

  func forgetLatePowerOrders() async throws {
    for (number, order) in powerOrders.sorted(by: { $0.key < $1.key }) where order.deadline <= driver.now {
      powerOrders[number] = nil
      tell(order.vm, order.isStart ? "off" : "on", "unknown", because: "\(order.host) did not answer")
      try await compare(order.host)
    }
  }

  /// How long a start or a stop may take.
  private static let powerSeconds = 60.0
}
