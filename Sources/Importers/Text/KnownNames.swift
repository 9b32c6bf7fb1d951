internal import Inventory
internal import Ledger

/// The names that the ledger knows of a source's objects, asked for as they are needed.
final class KnownNames {
  private let transaction: LedgerTransaction
  private let source: Source
  private var known: [ObjectReference: Bool] = [:]
  private var hosts: [String: String] = [:]

  /// Answers that are remembered at most.
  private static let limit = 100_000

  init(_ transaction: LedgerTransaction, _ source: Source) {
    self.transaction = transaction
    self.source = source
  }

  /// Whether some record named an object of this kind so.
  func isKnown(_ kind: ObjectKind, _ name: String) throws -> Bool {
    let key = ObjectReference(kind: kind, foreignID: "", name: name)
    if let answer = known[key] { return answer }
    if known.count >= Self.limit { known.removeAll() }
    let answer = try transaction.knows(kind, named: name, of: source)
    known[key] = answer
    return answer
  }

  /// The object as the ledger knows it: a host without its domain is the only known host of that name with one.
  func resolved(_ object: ObjectReference) throws -> ObjectReference {
    guard object.kind == .host, object.foreignID.isEmpty, !object.name.contains(".") else { return object }
    if let name = hosts[object.name] { return ObjectReference(kind: .host, foreignID: "", name: name) }
    if hosts.count >= Self.limit { hosts.removeAll() }
    let name =
      try isKnown(.host, object.name) ? object.name : transaction.fullHostName(of: object.name, source) ?? object.name
    hosts[object.name] = name
    return ObjectReference(kind: .host, foreignID: "", name: name)
  }
}
