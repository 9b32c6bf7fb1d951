internal import Foundation
package import Inventory
package import Ledger

/// Our own moves of VMs, by their journals.
package enum MigrationReports {
  /// Every move that was asked for, the oldest first.
  package static func list(_ reader: borrowing LedgerReader, at moment: Instant) throws -> Report {
    var report = Report(schema: "yadokari.migration-list/1", at: moment, itemsKey: "migrations")
    var section = Report.Section(heading: "Migrations")
    section.columns = [
      TableColumn("migration", "Number", isNumber: true), TableColumn("vm", "VM"), TableColumn("kind", "Kind"),
      TableColumn("from", "From"), TableColumn("to", "To"), TableColumn("requested_at", "Requested at"),
      TableColumn("state", "State"), TableColumn("left_mib", "Remaining", isDataOnly: true),
      TableColumn("eta_s", "Ready in", isDataOnly: true), TableColumn("because", "Because"),
    ]
    for number in try reader.migrationNumbers() {
      let events = try reader.migrationEvents(of: number).filter { $0.event.occurredAt <= moment }
      guard let view = MigrationView(events) else { continue }
      report.items.append(view.json(number))
      section.rows.append([
        .int(number), .text(view.request.vm?.name), .text(view.request.detail?["kind"]?.stringValue), .text(view.from),
        .text(view.to), .time(view.request.occurredAt), .text(view.state), .value(view.leftMiB.map { .double($0) } ?? .null),
        .seconds(view.etaSeconds), .text(view.last.reason),
      ])
    }
    report.answer = [counted(report.items.count, "migration")]
    report.flatColumns = section.columns
    report.flatRows = section.rows
    report.sections = [section]
    return report
  }

  /// The journal of one move.
  /// - Throws: `notFound`
  package static func journal(
    of number: Int64, _ reader: borrowing LedgerReader, at moment: Instant
  ) throws -> Report {
    let events = try reader.migrationEvents(of: number).filter { $0.event.occurredAt <= moment }
    guard let view = MigrationView(events), events.first?.seq == number else { throw missing(number) }
    var report = Report(schema: "yadokari.migration/1", at: moment, itemsKey: "events")
    report.answer = ["\(view.request.vm?.name ?? "-") from \(view.from ?? "-") to \(view.to ?? "-"): \(view.state)"]
    if let left = view.leftMiB {
      let ready = view.etaSeconds.map { ", ready in \(Int64($0.rounded(.up))) s if it goes on so" } ?? ""
      report.answer.append("\(Int64(left.rounded(.up))) MiB are left to copy\(ready).")
    }
    var section = Report.Section(heading: "Journal of migration \(number)")
    section.columns = [
      TableColumn("seq", "Seq", isNumber: true), TableColumn("at", "At"), TableColumn("type", "Type"),
      TableColumn("detail", "Detail"), TableColumn("because", "Because"),
    ]
    for entry in events {
      let detail = entry.event.detail ?? .null
      report.items.append([
        "seq": .int(entry.seq), "at": JSONValue(entry.event.occurredAt), "type": .string(entry.event.type.rawValue),
        "actor": JSONValue(entry.event.actor), "detail": detail, "because": JSONValue(entry.event.reason),
      ])
      section.rows.append([
        .int(entry.seq), .time(entry.event.occurredAt), .text(entry.event.type.rawValue), .value(detail),
        .text(entry.event.reason),
      ])
    }
    report.flatColumns = section.columns
    report.flatRows = section.rows
    report.sections = [section]
    return report
  }

  /// Checks that a move is there, and not over.
  /// - Throws: `notFound`, `refused`
  package static func check(_ reader: borrowing LedgerReader, _ number: Int64, isOpen: Bool) throws {
    let events = try reader.migrationEvents(of: number)
    guard events.first?.seq == number else { throw missing(number) }
    guard try reader.openMigrations().contains(where: { $0.first?.seq == number }) == isOpen else {
      let state = MigrationView(events)?.state ?? "unknown"
      if events.last?.event.type == .migrationParked {
        throw YadokariError(
          .refused,
          "migration \(number) was left to a person (\(state)): \"yadokari migration resolve \(number)\" takes it up")
      }
      throw YadokariError(.refused, "migration \(number) is over (\(state)): nothing is left to end")
    }
  }

  private static func missing(_ number: Int64) -> YadokariError {
    YadokariError(.notFound, "there is no migration \(number); see \"yadokari migration list\"")
  }
}
