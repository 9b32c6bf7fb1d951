/// What rows of one time say of their order in a list: a VM is starting before it is powered on. A list that was sorted by
/// its times may have turned each second round, or mixed it.
struct RowOrder {
  /// What happens to an object in two steps.
  private struct Action: Hashable {
    let name: String
    let object: String
  }

  private struct Places {
    var begun: Int?
    var ended: Int?
    var isRepeated = false
  }

  private var time = ""
  private var places: [Action: Places] = [:]
  private var row = 0
  private var forward = 0
  private var backward = 0

  /// So many pairs are enough to know.
  private static let pairsWanted = 1000
  /// Rows of one time that are looked at.
  private static let limit = 100_000

  /// Whether more rows would tell more.
  var isOpen: Bool { forward + backward < Self.pairsWanted }

  /// Whether the rows of one time stand with the newest first; nil where they tell nothing, or contradict each other.
  var isReversed: Bool? { isContradictory || forward == backward ? nil : backward > forward }

  /// Whether they tell of both orders, so that a time's rows are in none.
  var isContradictory: Bool { min(forward, backward) * 5 > max(forward, backward) }

  /// Takes the next row.
  /// - Parameters:
  ///   - type: vCenter's type of the record.
  ///   - object: the name of its VM.
  mutating func add(time: String, type: String, object: String) {
    if time != self.time { close() }
    self.time = time
    row += 1
    guard let step = Self.steps[VCenterTypes.key(type)], places.count < Self.limit else { return }
    let action = Action(name: step.action, object: object)
    var place = places[action] ?? Places()
    place.isRepeated = place.isRepeated || (step.isEnd ? place.ended : place.begun) != nil
    if step.isEnd { place.ended = row } else { place.begun = row }
    places[action] = place
  }

  /// Counts what the rows of the last time say. What happened twice in it says nothing.
  mutating func close() {
    for place in places.values where !place.isRepeated {
      guard let begun = place.begun, let ended = place.ended else { continue }
      if begun < ended { forward += 1 } else { backward += 1 }
    }
    places.removeAll(keepingCapacity: true)
  }

  private static let steps: [String: (action: String, isEnd: Bool)] = [
    "vmbeingcreatedevent": ("create", false), "vmcreatedevent": ("create", true),
    "vmstartingevent": ("start", false), "vmpoweredonevent": ("start", true), "drsvmpoweredonevent": ("start", true),
    "vmstoppingevent": ("stop", false), "vmpoweredoffevent": ("stop", true),
    "vmsuspendingevent": ("suspend", false), "vmsuspendedevent": ("suspend", true),
    "vmbeinghotmigratedevent": ("move", false), "vmmigratedevent": ("move", true), "drsvmmigratedevent": ("move", true),
    "vmbeingrelocatedevent": ("relocate", false), "vmrelocatedevent": ("relocate", true),
  ]
}
