internal import Foundation
internal import Inventory
package import Ledger

/// Events as other programs take them, one after the other.
package struct EventExport {
  /// The forms.
  package enum Format: String, Sendable, CaseIterable {
    /// One JSON object a line.
    case ndjson
    /// RFC 4180, with a heading.
    case csv
    /// CloudEvents 1.0, one JSON object a line.
    case cloudevents
  }

  private let format: Format
  private let csv: CSV
  private let write: (String) throws -> Void

  /// Begins an export; a heading is written at once.
  /// - Parameters:
  ///   - csv: how CSV is written.
  ///   - write: gets the text, piece by piece.
  package init(_ format: Format, as csv: CSV = .exact, to write: @escaping (String) throws -> Void) throws {
    self.format = format
    self.csv = csv
    self.write = write
    if format == .csv { try write(CSV.line(Self.csvColumns)) }
  }

  /// Writes one event.
  package func add(_ recorded: RecordedEvent) throws {
    switch format {
    case .ndjson: try write(JSONValue.object(EventLists.members(recorded)).compactText + "\n")
    case .csv: try write(csv.line(Self.csvCells(recorded)))
    case .cloudevents: try write(JSONValue.object(Self.cloudEvent(recorded)).compactText + "\n")
    }
  }

  // MARK: CSV

  private static let objects = ["datacenter", "cluster", "host", "vm", "datastore", "other_host", "other_datastore"]

  /// The keys of the members; an object has two columns, its name and its id.
  static let csvColumns = [
    "seq", "at", "recorded_at", "type", "foreign_type", "source", "foreign_key", "chain", "datacenter", "datacenter_id",
    "cluster", "cluster_id", "host", "host_id", "vm", "vm_id", "datastore", "datastore_id", "other_host", "other_host_id",
    "other_datastore", "other_datastore_id", "migration", "severity", "actor", "reason", "message", "detail", "hash",
    "excluded_by",
  ]

  private static func csvCells(_ recorded: RecordedEvent) -> [Cell] {
    EventLists.members(recorded).flatMap { member in
      guard objects.contains(member.key) else { return [Cell.value(member.value)] }
      return [.text(member.value["name"]?.stringValue), .text(member.value["id"]?.stringValue)]
    }
  }

  // MARK: CloudEvents

  /// Context attributes first, then `data` with what they do not hold. What is unknown is left out of the attributes, as
  /// the specification wants it.
  private static func cloudEvent(_ recorded: RecordedEvent) -> [JSONValue.Member] {
    let event = recorded.event
    let narrowest = event.vm ?? event.host ?? event.datastore ?? event.cluster ?? event.datacenter
    let subject = narrowest.map { object in
      "\(object.kind.rawValue)/\(object.foreignID.isEmpty ? object.name : object.foreignID)"
    }
    let attributes: [(String, String?)] = [
      ("specversion", "1.0"), ("id", String(recorded.seq)), ("source", "/yadokari/\(encoded(recorded.source))"),
      ("type", event.type.rawValue), ("time", event.occurredAt.description), ("subject", subject),
      ("datacontenttype", "application/json"), ("recordedtime", recorded.recordedAt.description),
      ("foreigntype", event.foreignType), ("foreignkey", event.foreignKey), ("chain", event.chain),
      ("severity", event.severity), ("actor", event.actor), ("hash", recorded.hash.bytes.hexadecimal),
      ("excludedby", recorded.excludedBy.map { String($0) }),
    ]
    let told: Set = [
      "seq", "at", "recorded_at", "type", "foreign_type", "source", "foreign_key", "chain", "severity", "actor", "hash",
      "excluded_by",
    ]
    let data = EventLists.members(recorded).filter { !told.contains($0.key) }
    // An attribute may not be empty, nor hold control characters.
    return attributes.compactMap { name, value in
      guard let value, !value.isEmpty else { return nil }
      return .init(name, .string(printable(value)))
    } + [.init("data", .object(data))]
  }

  /// A name as a segment of a URI's path.
  private static func encoded(_ name: String) -> String {
    name.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._~"))) ?? ""
  }
}
