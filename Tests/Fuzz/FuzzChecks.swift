import Foundation
@testable import Inventory

@testable import Importers

/// What has to hold of a record that a reader gives.
func checkRecord(_ item: ReadItem<SparseRecord>) {
  switch item {
  case .broken(_, let line): if line < 1 { broken("line \(line)") }
  case .piece(let record, let line):
    if line < 1 { broken("line \(line)") }
    checkTime(record.at)
    if let message = record.message { _ = MessageReading(message, foreignType: record.foreignType) { _, _ in true } }
  }
}

/// What has to hold of an event: its time can be written and read, and so can its detail.
func checkEvent(_ event: Event) {
  checkTime(event.occurredAt)
  guard let detail = event.detail else { return }
  let text = detail.compactText
  guard let back = try? JSONValue(parsing: Array(text.utf8)) else { broken("a detail cannot be read again: \(text)") }
  if back.compactText != text { broken("a detail does not come back: \(text)") }
}

private func checkTime(_ time: Instant) {
  if Instant(rfc3339: time.description) != time { broken("time \(time.microseconds) does not come back") }
}
