internal import Inventory

extension ListedInventory {
  /// When it was taken, as the export itself says: `vMetaData`, where its time has a zone or a person names one, else the
  /// properties of the workbook, which are in UTC; nil where neither tells.
  /// - Throws: `usage` for a zone that is none, or a date that can be read in two ways.
  func statedTime(_ options: ImportOptions, at path: InputPath) throws -> Instant? {
    let made = created.flatMap { Instant(rfc3339: $0) }
    guard let metaDataTime else { return made }
    if let instant = Instant(rfc3339: metaDataTime) { return instant }
    guard let zone = options.zone else { return made }
    var clock = try LocalClock(zone: zone)
    if let wall = WorkbookDate.seconds(of: metaDataTime) {
      return Instant(microseconds: clock.seconds(ofWall: wall) * 1_000_000)
    }
    guard let wall = WallTime(metaDataTime) else { return made }
    let order = try DateOrder(of: [wall], given: options.dateOrder, path: path) ?? .dayMonthYear
    return wall.seconds(order).map { Instant(microseconds: clock.seconds(ofWall: $0) * 1_000_000) }
  }
}
