package import Inventory
internal import SQLite

/// The inventories of a source that list everything there is: when each object was not there, since one did not list it, and
/// nothing was heard of it after that.
package struct WholeInventories: Sendable {
  private let inventories: [WholeInventory]
  private let moment: Instant

  /// - Parameter moment: those that were taken later do not count.
  package init(_ reader: borrowing LedgerReader, of source: String, until moment: Instant) throws {
    var (inventories, next) = ([WholeInventory](), moment)
    while let inventory = try WholeInventory(reader, of: source, at: next) {
      inventories.append(inventory)
      next = inventory.at.justBefore
    }
    (self.inventories, self.moment) = (inventories.reversed(), moment)
  }

  /// The times in which a host or VM was not there, in order.
  package func absences(
    of object: ObjectID, _ kind: ObjectKind, _ reader: borrowing LedgerReader
  ) throws -> [Range<Instant>] {
    var absences: [Range<Instant>] = []
    for inventory in inventories where try inventory.omits(object, kind, reader) {
      // What was not heard of since an earlier one is still away.
      if let last = absences.last, last.upperBound > inventory.at { continue }
      absences.append(inventory.at..<(try inventory.firstHeard(of: object, kind, until: moment, reader) ?? .distantFuture))
    }
    return absences
  }
}
