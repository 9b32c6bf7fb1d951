import TestSupport
import Testing

@testable import Inventory

/// Names that a person may have meant.
@Suite struct NearNamesTests {
  @Test("The nearest names are those with the fewest letters to change, in any case")
  func theNearestAreFound() {
    let names = ["web1", "web2", "db1", "esx02", "Mail1"]
    #expect(NearNames.of("wbe1", among: names) == ["web1"])
    #expect(NearNames.of("web", among: names) == ["web1", "web2"])
    #expect(NearNames.of("mail1", among: names) == ["Mail1"])
    #expect(NearNames.of("esx2", among: names) == ["esx02"])
    #expect(NearNames.of("web1", among: ["web1"]) == [] && NearNames.of("", among: names) == [])
    #expect(NearNames.of("something", among: names) == [])
    #expect(NearNames.of("web", among: ["web4", "web3", "web2", "web1"]) == ["web1", "web2", "web3"])
  }

  @Test("A question names them, and nothing is asked where none is near")
  func aQuestionNamesThem() {
    #expect(NearNames.question("web", among: ["web2", "web1"]) == " (did you mean \"web1\" or \"web2\"?)")
    #expect(NearNames.question("vms", among: ["vm"]) == " (did you mean \"vm\"?)")
    #expect(NearNames.question("x", among: ["something"]) == "")
  }

  /// Optimal string alignment by its definition, without a limit.
  private func plain(_ one: ArraySlice<Character>, _ other: ArraySlice<Character>) -> Int {
    guard let last = one.last, let end = other.last else { return one.count + other.count }
    var least = min(
      plain(one.dropLast(), other) + 1, plain(one, other.dropLast()) + 1,
      plain(one.dropLast(), other.dropLast()) + (last == end ? 0 : 1))
    if one.count > 1, other.count > 1, last == other.dropLast().last, end == one.dropLast().last {
      least = min(least, plain(one.dropLast(2), other.dropLast(2)) + 1)
    }
    return least
  }

  @Test("The distance is that of its definition, as long as it is within the limit")
  func theDistanceIsThatOfItsDefinition() {
    var random = SplitMix64(seed: 3)
    func word() -> [Character] {
      (0..<Int.random(in: 0...5, using: &random)).map { _ in "abc".randomElement(using: &random) ?? "a" }
    }
    for _ in 0..<400 {
      let (one, other, most) = (word(), word(), Int.random(in: 0...4, using: &random))
      let distance = plain(one[...], other[...])
      #expect(NearNames.distance(one, other, most: most) == (distance <= most ? distance : nil), "\(one) \(other) \(most)")
    }
  }
}
