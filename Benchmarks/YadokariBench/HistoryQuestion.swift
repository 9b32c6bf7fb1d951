internal import Inventory
internal import Ledger
internal import Reports

/// A question to a ledger of years, as a command asks it: the report made, nothing printed.
struct HistoryQuestion: Sendable {
  let name: String
  /// Rows that the answer must have: an empty one would be fast.
  let atLeast: Int
  let ask: @Sendable (borrowing LedgerReader) throws -> Int

  private static let length = HistoryStory.days * 86_400
  private static let middle = HistoryStory.begin.adding(seconds: length / 2)
  private static let end = HistoryStory.begin.adding(seconds: length)

  static let all: [HistoryQuestion] =
    affected + lists(middle, "in the middle") + lists(end, "at the end") + [
      HistoryQuestion(name: "vm where --at, in the middle", atLeast: 1) { reader in
        let vm = try reader.object(named: "web-4711", kind: .vm, source: nil, at: middle)
        let placement = try reader.placement(of: vm.id, at: middle)
        return VMWhereReport.report(placement, named: vm.name, at: middle).items.count
      },
      HistoryQuestion(name: "vm history, all of it", atLeast: 5) { reader in
        let vm = try reader.object(named: "web-4711", kind: .vm, source: nil, at: end)
        return try VMHistoryReport.report(vm, since: .distantPast, until: .distantFuture, reader, at: end).items.count
      },
      HistoryQuestion(name: "event list --vm, 90 days in the middle", atLeast: 1) { reader in
        var filter = EventFilter()
        filter.vm = try reader.object(named: "web-4711", kind: .vm, source: nil, at: end).id
        (filter.since, filter.until) = (middle, middle.adding(seconds: 90 * 86_400))
        var count = 0
        try reader.forEachEvent(filter) { count += EventLists.cells($0).isEmpty ? 0 : 1 }
        return count
      },
    ]

  private static let affected =
    [
      ("ha affected --host, of the first month", 0), ("ha affected --host, of the last month", 11),
    ].map { name, failure in
      HistoryQuestion(name: name, atLeast: 20) { reader in
        let moment = try reader.lastEvidence() ?? .distantPast
        var scope = IncidentReader.Scope()
        let host = HistoryStory.failedHost(failure)
        scope.hosts = [try reader.object(named: host, kind: .host, source: nil, at: moment).id]
        return try AffectedReport.report(reader, scope: scope, at: moment).flatRows.count
      }
    } + [
      HistoryQuestion(name: "ha affected, all incidents", atLeast: 200) { reader in
        let moment = try reader.lastEvidence() ?? .distantPast
        return try AffectedReport.report(reader, scope: IncidentReader.Scope(), at: moment).flatRows.count
      },
      HistoryQuestion(name: "ha incidents", atLeast: HistoryStory.failureCount) { reader in
        let moment = try reader.lastEvidence() ?? .distantPast
        return try IncidentsReport.report(reader, scope: IncidentReader.Scope(), at: moment).flatRows.count
      },
    ]

  private static func lists(_ moment: Instant, _ when: String) -> [HistoryQuestion] {
    [
      HistoryQuestion(name: "vm list --at, 5,000 VMs, \(when)", atLeast: 5000) { reader in
        var count = 0
        try reader.forEachPlacement(at: moment) { count += InventoryLists.cells($0).isEmpty ? 0 : 1 }
        return count
      },
      HistoryQuestion(name: "host list --at, \(when)", atLeast: 100) { reader in
        let vms = try PlacementCounts(reader, at: moment).hosts
        return try reader.hosts(at: moment).map { InventoryLists.cells($0, vms: vms[$0.host.id] ?? 0) }.count
      },
      HistoryQuestion(name: "cluster list --at, \(when)", atLeast: 5) { reader in
        try reader.clusters(at: moment).map { InventoryLists.cells($0) }.count
      },
      HistoryQuestion(name: "datastore list --at, \(when)", atLeast: 50) { reader in
        try reader.datastores(at: moment).map { InventoryLists.cells($0) }.count
      },
    ]
  }
}
