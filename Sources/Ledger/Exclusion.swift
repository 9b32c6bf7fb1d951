internal import Inventory

/// A stretch of events that no longer counts, because the import that brought them was retracted.
struct Exclusion: Equatable {
  let first: Int64
  let last: Int64
  /// Number of the event `import.retracted`.
  let because: Int64

  /// What an event `import.retracted` excludes; nil where its detail does not say.
  init?(_ event: Event, seq: Int64) {
    guard event.type == .importRetracted, let first = event.detail?["first_seq"]?.intValue,
      let last = event.detail?["last_seq"]?.intValue
    else { return nil }
    (self.first, self.last, because) = (first, last, seq)
  }

  func contains(_ seq: Int64) -> Bool { first <= seq && seq <= last }

  /// The pairs of an event `import.replaced`: a record that it excludes, and the one that counts for it.
  static func replaced(by event: Event) -> [(old: Int64, new: Int64)] {
    guard event.type == .importReplaced else { return [] }
    return (event.detail?["pairs"]?.arrayValue ?? []).compactMap { pair in
      guard let numbers = pair.arrayValue, numbers.count == 2, let old = numbers[0].intValue, let new = numbers[1].intValue
      else { return nil }
      return (old, new)
    }
  }

  /// The event that says so.
  static func replacing(_ pairs: ArraySlice<(old: Int64, new: Int64)>, at now: Instant) -> Event {
    var event = Event(occurredAt: now, type: .importReplaced)
    event.message = "\(pairs.count) records came again in a richer form"
    event.detail = ["pairs": .array(pairs.map { [.int($0.old), .int($0.new)] })]
    return event
  }
}
