import Inventory
import Testing

@testable import Hypervisor

/// Two hosts, three datastores, and VMs with disks on the first of them.
struct StorageLab {
  static let start = Instant(microseconds: 0)
  var cluster = ClusterSnapshot()
  var timeline: [TimelineEntry] = []

  /// - Parameters:
  ///   - write: what each disk's guest writes, MiB/s.
  ///   - used: all that is used on `old`, MiB.
  init(
    disks sizes: [Double] = [40960], write: Double = 8, vms: Int = 1, capacity: Double = 512_000, used: Double = 0,
    switchMilliseconds: Double = 0
  ) {
    var lab = Cluster(name: "lab")
    lab.migration.switchMilliseconds = switchMilliseconds
    cluster.clusters = [lab]
    cluster.hosts = ["a", "b"].map { Host(name: $0, cluster: "lab", cores: 8, memoryMiB: 65536) }
    cluster.datastores = ["old", "new", "third"].map { name in
      var datastore = Datastore(name: name, capacityMiB: capacity)
      (datastore.copyMiBPerSecond, datastore.commitMiBPerSecond) = (64, 32)
      if name == "old" { datastore.usedMiB = used }
      return datastore
    }
    cluster.vms = (1...vms).map { number in
      var vm = VirtualMachine(name: "vm\(number)", host: "a", memoryMiB: 1024, vcpus: 1)
      vm.disks = sizes.map { size in
        var disk = VirtualDisk(datastore: "old", sizeMiB: size)
        disk.writeMiBPerSecond = write
        return disk
      }
      return vm
    }
  }

  func simulator(_ faults: OrderFaults = OrderFaults()) -> Simulator {
    Simulator(cluster, timeline: timeline, start: Self.start, faults: faults)
  }
}

/// Sends orders one after the other and waits for their ends.
final class OrderDesk {
  let simulator: Simulator
  private var last = 0

  init(_ simulator: Simulator) { self.simulator = simulator }

  var seconds: Double { simulator.now.seconds(since: StorageLab.start) }

  @discardableResult
  func send(_ action: Order.Action, to host: String = "a", vm: String = "vm1") -> Int {
    last += 1
    simulator.send(Order(number: last, epoch: 1, host: host, vm: vm, action: action))
    return last
  }

  func end(of order: Int) -> Message.Result? {
    while let message = simulator.next(until: simulator.now.adding(seconds: 100_000)) {
      if case .answer(order, let result) = message { return result }
    }
    return nil
  }

  func result(_ action: Order.Action, to host: String = "a", vm: String = "vm1") -> Message.Result? {
    end(of: send(action, to: host, vm: vm))
  }

  func copied(_ action: Order.Action, to host: String = "a", vm: String = "vm1") -> Copied? {
    guard case .copied(let copied)? = result(action, to: host, vm: vm) else { return nil }
    return copied
  }

  /// Each is done, or the test fails.
  func done(_ actions: Order.Action..., on host: String = "a", source: SourceLocation = #_sourceLocation) {
    for action in actions {
      let result = result(action, to: host)
      #expect(result == .done, "\(action)", sourceLocation: source)
    }
  }

  /// It is refused, and the reason holds these words.
  func refused(
    _ action: Order.Action, _ words: String, on host: String = "a", vm: String = "vm1",
    source: SourceLocation = #_sourceLocation
  ) {
    let result = result(action, to: host, vm: vm)
    guard case .refused(let why)? = result else {
      Issue.record("\(action) was not refused: \(String(describing: result))", sourceLocation: source)
      return
    }
    #expect(why.contains(words), sourceLocation: source)
  }

  var disk: DiskReport? { simulator.disks(of: "vm1").first }
}
