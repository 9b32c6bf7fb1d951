internal import Inventory

/// What the records of one cluster (those that name neither host nor VM) add up to: its settings, EVC mode among them.
package struct ClusterHistory: Sendable {
  package let name: Timeline<Int64>
  package let settings: [String: Timeline<String>]

  package init(_ records: [Record]) {
    let records = records.sorted()
    name = Timeline(records.compactMap(nameClaim))
    var settings: [String: Timeline<String>] = [:]
    for record in records { addSettings(of: record, to: &settings) }
    self.settings = settings
  }
}
