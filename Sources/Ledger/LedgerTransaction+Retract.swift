internal import Inventory
internal import SQLite

extension LedgerTransaction {
  /// Undoes an import: an event says that its records no longer count. Nothing is deleted.
  /// - Parameter number: of the import, as `import list` shows it.
  /// - Returns: how many records no longer count.
  /// - Throws: `notFound` where no import has the number, `conflict` where it was retracted before.
  package func retract(_ number: Int64, reason: String, actor: String?) throws -> Int {
    guard let batch = try connection.importSummaries().first(where: { $0.seq == number }) else {
      throw YadokariError(.notFound, "there is no import \(number); see \"yadokari import list\"")
    }
    if let earlier = batch.retractedBy {
      throw YadokariError(.conflict, "import \(number) was retracted already, by event \(earlier)")
    }
    var event = Event(occurredAt: now, type: .importRetracted)
    (event.reason, event.actor) = (reason, actor)
    event.message = "retracted the import of \(batch.imported) records from \(batch.path)"
    event.detail = [
      "import": .int(number), "first_seq": .int(batch.firstSeq), "last_seq": .int(number), "source": .string(batch.source),
      "records": .int(Int64(batch.imported)),
    ]
    _ = try append(event)
    return batch.imported
  }
}
