internal import Inventory
internal import SQLite

/// What the numbers in the rows of events stand for, each looked up once: an event names six objects, and a question may
/// read a hundred thousand events of a hundred objects. It is right for one transaction.
final class RecordNames {
  private var identities: [Int64: ObjectID] = [:]
  private var types: [Int64: (type: EventType, text: String)] = [:]
  private var sources: [Int64: String] = [:]

  /// The first row of the object that a row of `object` belongs to.
  func identity(_ object: Int64, _ connection: borrowing Connection) throws -> ObjectID {
    if let known = identities[object] { return known }
    let identity = try connection.first("SELECT identity FROM object WHERE id = $1", object) { $0.int(0) }
    let found = ObjectID(rawValue: identity ?? object)
    identities[object] = found
    return found
  }

  /// A row of `term`, and the event type that it is.
  func type(_ term: Int64, _ connection: borrowing Connection) throws -> (type: EventType, text: String) {
    if let known = types[term] { return known }
    let text = try connection.first("SELECT text FROM term WHERE id = $1", term) { $0.text(0) } ?? ""
    let found = (EventType(rawValue: text), text)
    types[term] = found
    return found
  }

  func source(_ source: Int64, _ connection: borrowing Connection) throws -> String {
    if let known = sources[source] { return known }
    let name = try connection.first("SELECT name FROM source WHERE id = $1", source) { $0.text(0) } ?? ""
    sources[source] = name
    return name
  }
}
