/// Something that happens in a vCenter. Objects are meant by their numbers, so that a deed means the same when others are
/// left out; one that is then impossible does not happen.
enum Deed: Hashable {
  // VMs
  /// The first record of a VM: its start, or its stop.
  case introduce(vm: Int)
  case start(vm: Int, isByUser: Bool)
  case stop(vm: Int)
  /// A stop of which no record was kept, and a start so many seconds later.
  case stopUnrecorded(vm: Int, seconds: Int)
  case suspend(vm: Int)
  case resume(vm: Int)
  case reboot(vm: Int)
  case hotMove(vm: Int, to: Int, datastore: Int?, isByDRS: Bool)
  /// - Parameter isRelocation: whether the records are those of a relocation, else those of a migration.
  case coldMove(vm: Int, to: Int, datastore: Int?, isRelocation: Bool)
  case storageMove(vm: Int, datastore: Int)
  case failedMove(vm: Int, to: Int)
  case rename(vm: Int, name: String)
  case create(vm: Int, name: String, host: Int, datastore: Int)
  case clone(vm: Int, of: Int, name: String, host: Int, datastore: Int)
  case remove(vm: Int)
  case protect(vm: Int, secondary: Int)

  // Hosts
  case enterMaintenance(host: Int)
  case exitMaintenance(host: Int)
  case removeHost(host: Int)
  case addHost(host: Int, like: Int)
  /// vCenter loses the connection; with `isDeath` the host died.
  case lose(host: Int, isDeath: Bool)
  /// HA declares a host failed; without a lost connection it died at that time.
  case declare(host: Int, FailureForm)
  case isolate(host: Int, isClass: Bool)
  case connect(host: Int)
  /// The host is back by its HA state.
  case rejoin(host: Int, isMaster: Bool)

  // High availability
  case restart(vm: Int, to: Int, RestartForm)
  case failRestart(vm: Int, on: Int, willRetry: Bool)
  case lackResources(vm: Int)
  case giveUp(vm: Int, isClass: Bool)
  case refuseRestart(vm: Int)
  /// vCenter finds the VM off on a host that was declared dead.
  case findOff(vm: Int)
  case isolationStop(vm: Int, StopForm)
  case leaveAlone(vm: Int)
  case finishFailover(cluster: Int)

  /// Somebody takes an inventory.
  case look(inventory: Int)

  enum FailureForm {
    /// The text that real vCenters write, and the one of the simulator.
    case possible, plain
    /// The old class and the newer event.
    case twins
    /// HA's state of the host stands five seconds before it.
    case afterState
  }
  enum RestartForm: Hashable {
    case alone
    /// HA's record, and the power-on so many milliseconds later, or earlier.
    case recordFirst(milliseconds: Int)
    case powerOnFirst(milliseconds: Int)
  }
  enum StopForm { case plain, shutDown, ofClass }
}

/// A deed and its time, in microseconds since 1970.
struct Step: Hashable {
  var at: Int64
  var deed: Deed
}
