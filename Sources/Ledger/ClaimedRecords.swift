/// The records of the ledger that some record of a file was found to be, and all records that the file itself added.
struct ClaimedRecords {
  /// The file's own records begin with this number.
  let firstOwn: Int64
  /// A bit for each record before them.
  private var bits: [UInt64]

  init(firstOwn: Int64) {
    self.firstOwn = firstOwn
    bits = [UInt64](repeating: 0, count: Int(firstOwn / 64) + 1)
  }

  func contains(_ seq: Int64) -> Bool { seq >= firstOwn || bits[Int(seq / 64)] & (1 << UInt64(seq % 64)) != 0 }

  /// - Parameter seq: of a record that is not the file's own.
  mutating func insert(_ seq: Int64) { bits[Int(seq / 64)] |= 1 << UInt64(seq % 64) }
}
