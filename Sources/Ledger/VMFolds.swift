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

    init(_ history: consuming VMHistory, last: Record.Order) { (self.history, self.last) = (history, last) }
  }

  private var folds: [Int64: Fold] = [:]
  private(set) var late: Set<Int64> = []
  /// VMs that hold what is not written yet.
  private var changed: [Int64] = []
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
      guard known.last < order else {
        folds[vm] = nil
        late.insert(vm)
        return
      }
      fold = known
      fold.last = order
    } else if isFirst, folds.count < Self.limit {
      fold = Fold(VMHistory(), last: order)
      folds[vm] = fold
    } else {
      late.insert(vm)
      return
    }
    fold.history.add(record)
    if !fold.isChanged { changed.append(vm) }
    fold.isChanged = true
    unwritten += 1
  }

  /// Whether so much is unwritten that it should be written before the end.
  var isFull: Bool { unwritten >= Self.unwrittenLimit }

  /// Writes what changed.
  mutating func write(with writer: borrowing SpanWriter) throws {
    for vm in changed.sorted() {
      guard let fold = folds[vm], fold.isChanged else { continue }
      try writer.write(fold.history.takeChanges(), of: vm)
      fold.isChanged = false
    }
    changed.removeAll(keepingCapacity: true)
    unwritten = 0
  }

  /// Folds the VMs anew whose records came late, and writes all of their spans.
  mutating func refold(with projector: borrowing Projector) throws {
    for vm in late.sorted() {
      let records = try projector.records.records(ofVM: vm).sorted()
      let history = try projector.replace(vm, by: VMHistory(records))
      if let last = records.last, folds.count < Self.limit { folds[vm] = Fold(history, last: last.order) }
    }
    late = []
  }
}
