import Inventory
import Testing

@Suite struct EventTypeTests {
  @Test func everyTypeComesBackFromItsText() {
    for type in EventType.known { #expect(EventType(rawValue: type.rawValue) == type) }
    #expect(Set(EventType.known.map(\.rawValue)).count == EventType.known.count)
  }

  @Test func aTextWithoutATypeIsKept() {
    let type = EventType(rawValue: "cluster.Changed")
    #expect(type == .other("cluster.Changed"))
    #expect(type.rawValue == "cluster.Changed")
    #expect(type != EventType(rawValue: "cluster.changed"))
  }

  /// A case that was forgotten in `known` would come back from the ledger as another type than it was.
  @Test(arguments: ["vm.registered", "migration.completed", "ha.vm_duplicate", "import.replaced", "foreign.other"])
  func noKnownTextIsTakenForAnother(_ text: String) {
    #expect(EventType.known.contains { $0.rawValue == text })
    #expect(EventType(rawValue: text) != .other(text))
  }
}
