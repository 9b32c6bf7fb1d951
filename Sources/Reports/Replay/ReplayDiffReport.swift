internal import History
package import Inventory
package import Ledger

/// Who is elsewhere at one moment than at another.
package struct ReplayDiffReport {
  /// What is other about a VM.
  private enum Change: String {
    case moved, added, removed
    /// At one of the moments nothing shows where it was.
    case unknown
  }

  /// - Parameters:
  ///   - from: the first moment.
  ///   - to: the second one, which may be earlier.
  package static func report(
    _ reader: borrowing LedgerReader, scope: ReplayScope, from: Instant, to: Instant
  ) throws -> Report {
    var (before, after) = (try places(reader, scope, at: from), try places(reader, scope, at: to))
    // Who left the host or the cluster that was asked for is somewhere else, not gone.
    try complete(&before, with: after, reader, at: from)
    try complete(&after, with: before, reader, at: to)
    var report = Report(schema: "yadokari.replay-diff/1", at: max(from, to), itemsKey: "difference")
    report.flatColumns = columns
    var counts: [Change: Int] = [:]
    let vms = Set(before.keys).union(after.keys).sorted {
      (before[$0]?.vm.name ?? after[$0]?.vm.name ?? "", $0) < (before[$1]?.vm.name ?? after[$1]?.vm.name ?? "", $1)
    }
    for vm in vms {
      guard let change = change(before[vm], after[vm]), let known = after[vm] ?? before[vm] else { continue }
      counts[change, default: 0] += 1
      report.flatRows.append([
        .text(known.vm.name), .text(known.vm.foreignID), .text(known.vm.source), .text(change.rawValue),
        .text(before[vm]?.host?.name), .text(before[vm]?.host?.foreignID), .text(after[vm]?.host?.name),
        .text(after[vm]?.host?.foreignID),
      ])
    }
    report.items = report.flatRows.map { .object(zip(columns, $0).map { .init($0.key, $1.json) }) }
    report.document = .object([
      .init("schema", .string(report.schema)), .init("at", JSONValue(report.at)), .init("from_at", JSONValue(from)),
      .init("to_at", JSONValue(to)), .init(report.itemsKey, .array(report.items)),
    ])
    let all: [(Change, String)] = [
      (.moved, "moved"), (.added, "added"), (.removed, "removed"), (.unknown, "of unknown place at one of the times"),
    ]
    let words = all.compactMap { change, words in counts[change].map { "\($0) \(words)" } }
    report.answer = ["From \(from) to \(to): \(words.isEmpty ? "no VM changed hosts" : words.joined(separator: ", "))."]
    if !report.flatRows.isEmpty {
      var section = Report.Section(heading: "Difference")
      (section.columns, section.rows) = (columns, report.flatRows)
      report.sections = [section]
    }
    return report
  }

  private static func places(
    _ reader: borrowing LedgerReader, _ scope: ReplayScope, at moment: Instant
  ) throws -> [ObjectID: Placement] {
    let placements = try PlacementsAt(reader, scope, at: moment).all
    return Dictionary(placements.map { ($0.vm.id, $0) }) { first, _ in first }
  }

  private static func complete(
    _ places: inout [ObjectID: Placement], with others: [ObjectID: Placement], _ reader: borrowing LedgerReader,
    at moment: Instant
  ) throws {
    for vm in others.keys where places[vm] == nil { places[vm] = try reader.placement(of: vm, at: moment) }
  }

  private static func change(_ before: Placement?, _ after: Placement?) -> Change? {
    guard let before else { return .added }
    guard let after else { return .removed }
    guard let from = before.host, let to = after.host else { return before.host == after.host ? nil : .unknown }
    return from.id == to.id ? nil : .moved
  }

  private static let columns = [
    TableColumn("vm", "VM"), TableColumn("vm_id", "Id", isDataOnly: true),
    TableColumn("source", "Source", isDataOnly: true), TableColumn("change", "Change"), TableColumn("from", "From"),
    TableColumn("from_id", "From id", isDataOnly: true), TableColumn("to", "To"),
    TableColumn("to_id", "To id", isDataOnly: true),
  ]
}
