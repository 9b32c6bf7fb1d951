package import Inventory

/// What a ledger holds of one source's evidence, from its imports.
package struct EvidenceSpan: Sendable {
  package let firstAt: Instant?
  package let lastAt: Instant?
  /// Lowest key of any record; 1 where the evidence goes back to the vCenter's own beginning.
  package let firstKey: Int64?
  /// Times of the inventories, with the origin of each time.
  package let snapshots: [(at: Instant, origin: ImportBatch.TimeOrigin)]
}
