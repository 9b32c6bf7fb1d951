internal import History
internal import Inventory
internal import SQLite

/// The histories of VMs that go on with each record as it is appended, so that none of their records is read again.
///
/// A VM's history is here once it was folded, or from its first record on, for as long as its records come in the order of
/// their happening. One that comes late makes it necessary to fold the VM anew.
struct VMFolds {
  private struct Fold {
    var history: VMHistory
    var last: Record
    /// Whether it holds what is not written yet.
    var isChanged = false
  }

  private var folds: [Int64: Fold] = [:]
  private(set) var late: Set<Int64> = []
  private var unwritten = 0

  /// Histories that are held at most: of more VMs the rest is folded anew.
  private static let limit = 20_000
  /// Records that are held in histories before their spans are written.
  private static let unwrittenLimit = 50_000

  /// Takes a record of a VM.
  /// - Parameter isFirst: whether the ledger had none of the VM before.
  mutating func add(_ record: Record, of vm: Int64, isFirst: Bool) {
    guard !late.contains(vm) else { return }
    if let index = folds.index(forKey: vm) {
      guard folds.values[index].last < record else {
        folds.remove(at: index)
        late.insert(vm)
        return
      }
      folds.values[index].history.add(record)
      folds.values[index].last = record
      folds.values[index].isChanged = true
      unwritten += 1
    } else if isFirst, folds.count < Self.limit {
      var history = VMHistory()
      history.add(record)
      folds[vm] = Fold(history: history, last: record, isChanged: true)
      unwritten += 1
    } else {
      late.insert(vm)
    }
  }

  /// Whether so much is unwritten that it should be written before the end.
  var isFull: Bool { unwritten >= Self.unwrittenLimit }

  /// Writes what changed.
  mutating func write(with writer: borrowing SpanWriter) throws {
    for vm in folds.keys.sorted() {
      guard let index = folds.index(forKey: vm), folds.values[index].isChanged else { continue }
      try writer.write(&folds.values[index].history, of: vm)
      folds.values[index].isChanged = false
    }
    unwritten = 0
  }

  /// Folds the VMs anew whose records came late, and writes all of their spans.
  mutating func refold(with projector: borrowing Projector) throws {
    for vm in late.sorted() {
      let records = try projector.records(ofVM: vm).sorted()
      let history = try projector.replace(vm, by: VMHistory(records))
      if let last = records.last, folds.count < Self.limit { folds[vm] = Fold(history: history, last: last) }
    }
    late = []
  }
}
