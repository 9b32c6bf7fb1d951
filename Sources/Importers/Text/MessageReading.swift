internal import Inventory

/// What the text of a message says, where no field of its record does.
struct MessageReading {
  /// vCenter's type of such records.
  let foreignType: String
  let fields: [String: String]

  /// Reads a text.
  /// - Parameters:
  ///   - foreignType: the type, where a field holds it: then only its own forms count.
  ///   - isKnown: whether the ledger knows an object of this kind and name. Names may hold any words: where a text can be
  ///     read in several ways, the one counts whose names are known, else the one that leaves least to the names.
  /// - Returns: nil where the text has none of the forms, or cannot be told from another one.
  init?(_ message: String, foreignType: String?, isKnown: (ObjectKind, String) throws -> Bool) rethrows {
    let text = Array(message.utf8)
    let patterns = foreignType.map(MessagePatterns.forms(ofType:)) ?? MessagePatterns.all
    var readings: [(type: String, fields: [String: String])] = []
    var steps = MessagePattern.stepLimit
    for pattern in patterns where steps > 0 {
      for fields in pattern.readings(of: text, steps: &steps) where !readings.contains(where: { $0.fields == fields }) {
        readings.append((pattern.foreignType, fields))
      }
    }
    guard steps > 0 else { return nil }
    if readings.count > 1 {
      var known: [(type: String, fields: [String: String])] = []
      for reading in readings where try Self.allKnown(reading.fields, isKnown) { known.append(reading) }
      if !known.isEmpty { readings = known }
      let shortest = readings.map { Self.length($0.fields) }.min()
      readings.removeAll { Self.length($0.fields) != shortest }
    }
    guard readings.count == 1 else { return nil }
    self.foreignType = foreignType ?? readings[0].type
    fields = readings[0].fields
  }

  /// How much a reading leaves to the names; what stands behind all of them is none.
  private static func length(_ fields: [String: String]) -> Int {
    fields.reduce(0) { $0 + ($1.key == "rest" ? 0 : $1.value.utf8.count) }
  }

  private static func allKnown(
    _ fields: [String: String], _ isKnown: (ObjectKind, String) throws -> Bool
  ) rethrows -> Bool {
    let kinds: [(String, ObjectKind)] = [("vm", .vm), ("host", .host), ("other_host", .host), ("cluster", .cluster)]
    for (field, kind) in kinds {
      if let name = fields[field], try !isKnown(kind, name) { return false }
    }
    return true
  }

  /// An object that the text names.
  func object(_ field: String, _ kind: ObjectKind) -> ObjectReference? {
    fields[field].map { ObjectReference(kind: kind, foreignID: "", name: $0) }
  }

  /// What an HA agent's state says of its host, in the words of the text.
  var availability: HostAvailability? {
    guard let state = fields["state"]?.lowercased() else { return nil }
    if state.contains("failed") || state.contains("dead") { return .failed }
    if state.contains("isolated") { return .isolated }
    if state.contains("master") || state.contains("live") { return .connected }
    return nil
  }
}
