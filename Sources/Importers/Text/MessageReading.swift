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
    let text = MessageText(Array(message.utf8))
    var steps = MessagePattern.stepLimit
    let exact = foreignType.map(MessagePatterns.forms(ofType:)) ?? MessagePatterns.all
    var readings = Self.readings(of: text, in: exact, steps: &steps)
    if readings.isEmpty, steps > 0, Self.mayBeLoose(text, foreignType) {
      let loose = foreignType.map(MessagePatterns.looseForms(ofType:)) ?? MessagePatterns.loose
      readings = Self.readings(of: text, in: loose.filter { !MessagePatterns.isBarred($0, text) }, steps: &steps)
    }
    guard steps > 0, let reading = try Self.choice(of: readings, isKnown) else { return nil }
    let type = Self.type(of: reading, in: text)
    guard let type, HostState.isRead(reading.fields["state"]) else { return nil }
    self.foreignType = foreignType ?? type
    var fields = reading.fields
    // Which of its names a renamed VM is called by differs; from then on it bears the new one.
    if let name = fields["new_name"] { fields["vm"] = name }
    self.fields = fields
  }

  private typealias Candidate = (type: String, fields: [String: String])

  private static func readings(
    of text: MessageText, in patterns: [MessagePattern], steps: inout Int
  ) -> [Candidate] {
    var readings: [Candidate] = []
    for pattern in patterns where steps > 0 {
      for fields in pattern.readings(of: text, steps: &steps) where !readings.contains(where: { $0.fields == fields }) {
        readings.append((pattern.foreignType, fields))
      }
    }
    return readings
  }

  /// Loose forms are for what high availability says that has happened.
  private static func mayBeLoose(_ text: MessageText, _ foreignType: String?) -> Bool {
    guard foreignType != nil || TroubleWords.namesHighAvailability(text) else { return false }
    return !MessagePatterns.doubts.contains { text.holds($0) } && (foreignType != nil || !HarmlessTexts.holds(text))
  }

  private static func choice(
    of candidates: [Candidate], _ isKnown: (ObjectKind, String) throws -> Bool
  ) rethrows -> Candidate? {
    var readings = candidates
    if readings.count > 1 {
      var known: [Candidate] = []
      for reading in readings where try allKnown(reading.fields, isKnown) { known.append(reading) }
      if !known.isEmpty { readings = known }
      let shortest = readings.map { length($0.fields) }.min()
      readings.removeAll { length($0.fields) != shortest }
      // A new name may hold the words before the datacenter, which stand last.
      let last = readings.compactMap { $0.fields["new_name"] == nil ? nil : $0.fields["datacenter"]?.utf8.count }.min()
      if let last { readings.removeAll { $0.fields["datacenter"]?.utf8.count != last } }
    }
    return readings.count == 1 ? readings[0] : nil
  }

  /// The type of a reading; nil where the words of the form say too little without others.
  private static func type(of reading: Candidate, in text: MessageText) -> String? {
    let isOfIsolation = text.holds(Array("isolat".utf8))
    switch VCenterTypes.key(reading.type) {
    case "vmishadisabledisolationevent": return isOfIsolation ? reading.type : nil
    case "vmishadisabledrestartevent":
      let why = reading.fields["why"]?.lowercased() ?? ""
      return why.contains("isolat") ? "com.vmware.vc.HA.VMIsHADisabledIsolationEvent" : reading.type
    default: return reading.type
    }
  }

  /// How much a reading leaves to the names; what stands behind all of them is none.
  private static func length(_ fields: [String: String]) -> Int {
    fields.reduce(0) { $0 + ($1.key == "rest" || $1.key == "why" ? 0 : $1.value.utf8.count) }
  }

  private static func allKnown(
    _ fields: [String: String], _ isKnown: (ObjectKind, String) throws -> Bool
  ) rethrows -> Bool {
    let vm = fields["old_name"] == nil ? "vm" : "old_name"
    let kinds: [(String, ObjectKind)] = [(vm, .vm), ("host", .host), ("other_host", .host), ("cluster", .cluster)]
    for (field, kind) in kinds {
      if let name = fields[field], try !isKnown(kind, name) { return false }
    }
    return true
  }

  /// An object that the text names.
  func object(_ field: String, _ kind: ObjectKind) -> ObjectReference? {
    fields[field].map { ObjectReference(kind: kind, foreignID: "", name: $0) }
  }

  /// What the text says of its host's being alive.
  var availability: HostAvailability? {
    if VCenterTypes.key(foreignType) == "dashostcompletenetworkfailureevent" { return .connectionLost }
    return fields["state"].flatMap { HostState($0)?.availability }
  }
}
