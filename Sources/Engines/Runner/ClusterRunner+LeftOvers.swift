internal import Hypervisor
internal import Inventory
internal import Ledger

/// What moves left on datastores when a host did not answer is removed once it does.
extension ClusterRunner {
  /// An order to remove files that are left over.
  struct Cleaning {
    let vm: String
    let host: String
    let migration: Int64
    let datastores: String
    let deadline: Instant
  }

  /// How long it may take.
  private static let cleaningSeconds = 60.0

  func removeLeftOvers(on host: String) async throws {
    for end in try ledger.read({ try $0.leftOvers() }) {
      guard let left = LeftOver(end), left.host == host, let migration = end.migration,
        let known = end.vm.flatMap({ cluster.vm($0.name) }),
        isAtRest(known.name)
      else { continue }
      // A later move may have made them the disks of the VM.
      let places = left.places.filter { number, datastore in
        known.disks.indices.contains(number) && known.disks[number].datastore != datastore
      }
      guard !places.isEmpty else { continue }
      let order = engine.order(.removeDisks(from: places), of: known.name, on: host)
      cleanings[order.number] = Cleaning(
        vm: known.name, host: host, migration: migration,
        datastores: Set(places.values).sorted().joined(separator: " and "),
        deadline: driver.now.adding(seconds: Self.cleaningSeconds))
      driver.send(order)
    }
  }

  /// What nobody answered is ordered again when the host is heard of next.
  func forgetLateCleanings() { cleanings = cleanings.filter { $0.value.deadline > driver.now } }

  func take(_ result: Message.Result, of cleaning: Cleaning) async throws {
    let what = "copies of its disks left over on \(cleaning.datastores)"
    switch result {
    case .done:
      var event = Event(occurredAt: driver.now, type: .other("vm.left_over_removed"))
      event.vm = reference(.vm, cleaning.vm)
      event.reason = "\(cleaning.host) answers: \(what) are removed"
      event.detail = ["of_migration": .int(cleaning.migration)]
      try await write([event])
      tell(cleaning.vm, what, "removed", because: "\(cleaning.host) answers")
    case .refused(let why), .failed(let why): tell(cleaning.vm, what, "not removed", because: why)
    default: break
    }
  }
}
