internal import History
internal import Inventory
internal import SQLite

/// The histories of VMs that go on with each record as it is appended, so that none of their records is read again.
///
/// A VM's history is here once it was folded, or from its first record on, for as long as its records come in the order of
/// their happening. One that comes late makes it necessary to fold the VM anew.
struct VMFolds {
  /// One instance for each VM, changed in place: a history is large.
  private final class Fold {
    var history: VMHistory
    var last: Record.Order
    /// Whether it holds what is not written yet.
    var isChanged = false
    /// The time of its last record before this transaction.
    var lastBefore: Int64
    /// The hosts that records of this transaction name.
    var hosts: Set<Int64> = []

    init(_ history: consuming VMHistory, last: Record.Order, lastBefore: Int64) {
      self.history = history
      self.last = last
      self.lastBefore = lastBefore
    }

    /// Whether a record comes after everything that was taken into account.
    func precedes(_ record: Record, _ order: Record.Order) -> Bool {
      guard last < order else { return false }
      return history.lastTroubleAt.map { $0 < record.at } ?? true
    }
  }

  private var folds: [Int64: Fold] = [:]
  private(set) var late: Set<Int64> = []
  /// VMs that hold what is not written yet.
  private var changed: [Int64] = []
  /// VMs of which records of this transaction name hosts.
  private var named: [Int64] = []
  private var unwritten = 0

  /// Histories that are held at most: of more VMs the rest is folded anew.
  private static let limit = 20_000
  /// Records that are held in histories before their spans are written.
  private static let unwrittenLimit = 50_000

  /// Takes a record of a VM.
  /// - Parameter isFirst: whether the ledger had none of the VM before.
  mutating func add(_ record: Record, of vm: Int64, isFirst: Bool) {
    if !late.isEmpty, late.contains(vm) { return }
    let order = record.order
    let fold: Fold
    if let known = folds[vm] {
      guard known.precedes(record, order) else {
        folds[vm] = nil
        late.insert(vm)
        return
      }
      fold = known
      fold.last = order
    } else if isFirst, folds.count < Self.limit {
      fold = Fold(VMHistory(), last: order, lastBefore: .min)
      folds[vm] = fold
    } else {
      late.insert(vm)
      return
    }
    fold.history.add(record)
    if !fold.isChanged { changed.append(vm) }
    fold.isChanged = true
    if fold.hosts.isEmpty { named.append(vm) }
    for host in [record.host, record.otherHost] { if let host { fold.hosts.insert(host.rawValue) } }
    unwritten += 1
  }

  /// Whether so much is unwritten that it should be written before the end.
  var isFull: Bool { unwritten >= Self.unwrittenLimit }

  /// Begins a transaction: what was folded before it is what was known then.
  mutating func beginTransaction() { named = [] }

  /// Writes what changed.
  /// - Returns: stops that were found in outages, with the VM that each is of.
  mutating func write(with writer: borrowing SpanWriter) throws -> [(vm: Int64, stop: StopInOutage)] {
    var stops: [(vm: Int64, stop: StopInOutage)] = []
    for vm in changed.sorted() {
      guard let fold = folds[vm], fold.isChanged else { continue }
      try writer.write(fold.history.takeChanges(), of: vm)
      for stop in fold.history.takeStops() { stops.append((vm, stop)) }
      fold.isChanged = false
    }
    changed.removeAll(keepingCapacity: true)
    unwritten = 0
    return stops
  }

  /// The VMs whose new records name hosts that were in trouble at the time of their last record before, or later, and these
  /// hosts. Called once at the end of a transaction.
  mutating func takeTroubled(
    _ troubled: Set<Int64>, in connection: borrowing Connection
  ) throws -> (vms: Set<Int64>, hosts: Set<Int64>) {
    var (vms, hosts): (Set<Int64>, Set<Int64>) = ([], [])
    for vm in named {
      guard let fold = folds[vm] else { continue }
      for host in fold.hosts where troubled.contains(host) {
        guard try connection.isTroubled(host, since: fold.lastBefore) else { continue }
        vms.insert(vm)
        hosts.insert(host)
      }
      fold.hosts = []
      fold.lastBefore = fold.last.at.microseconds
    }
    named = []
    return (vms, hosts)
  }

  /// Keeps a history that was folded from its first record, so that later records can be added.
  mutating func keep(_ vm: Int64, _ history: consuming VMHistory, last: Record.Order) {
    guard folds[vm] != nil || folds.count < Self.limit else { return }
    folds[vm] = Fold(history, last: last, lastBefore: last.at.microseconds)
  }

  /// VMs that have to be folded again, because the records that belong to them changed.
  mutating func markLate(_ vms: Set<Int64>) {
    for vm in vms { folds[vm] = nil }
    late.formUnion(vms)
  }

  /// The VMs with records that arrived late. They have to be folded again.
  mutating func takeLate() -> Set<Int64> {
    defer { late = [] }
    return late
  }
}
