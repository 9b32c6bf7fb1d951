import Inventory
import TestSupport
import Testing

@testable import Reports

@Suite struct NamePatternTests {
  @Test(
    arguments: [
      ("db*", ["db", "db1", "db-prod-1"], ["mydb", "Db1", ""]), ("*", ["", "a", "日本"], []),
      ("db?", ["db1", "dbä"], ["db", "db10"]), ("*-prod-*", ["a-prod-1", "-prod-", "x-pro-prod-"], ["prod", "a-prod"]),
      ("web[0-2x]", ["web0", "web2", "webx"], ["web3", "web", "web-"]), ("[!a]b", ["bb", "]b"], ["ab", "b"]),
      ("[]]", ["]"], ["[]]", ""]), ("[a-]", ["a", "-"], ["b"]), ("a**b", ["ab", "axxb"], ["a"]), ("", [""], ["a"]),
      ("d.b", ["d.b"], ["dxb"]),
    ] as [(String, [String], [String])])
  func fits(pattern: String, fit: [String], others: [String]) throws {
    let pattern = try NamePattern(pattern)
    #expect(fit.allSatisfy(pattern.fits) && !others.contains(where: pattern.fits))
  }

  @Test(arguments: ["[", "[a", "a[b-", "[!", "[!]", "[]", "[z-a]"])
  func whatIsNoPatternIsRefused(pattern: String) {
    #expect { try NamePattern(pattern) } throws: { ($0 as? YadokariError)?.code == .usage }
  }

  /// Many stars take no longer for it.
  @Test func aPatternMadeToTakeLongDoesNot() throws {
    let pattern = try NamePattern(String(repeating: "*a", count: 200) + "b")
    #expect(!pattern.fits(String(repeating: "a", count: 5000)))
  }

  /// Against trying all ways to split the name.
  @Test func byChanceAsByTryingEverything() throws {
    func fits(_ pattern: Substring, _ name: Substring) -> Bool {
      guard let first = pattern.first else { return name.isEmpty }
      if first == "*" { return fits(pattern.dropFirst(), name) || !name.isEmpty && fits(pattern, name.dropFirst()) }
      return (first == "?" && !name.isEmpty || first == name.first) && fits(pattern.dropFirst(), name.dropFirst())
    }
    var random = SplitMix64(seed: 11)
    var hits = 0
    for _ in 0..<3000 {
      func text(_ letters: String, _ count: Int) -> String {
        String((0..<count).compactMap { _ in letters.randomElement(using: &random) })
      }
      let (pattern, name) = (
        text("ab*?", Int.random(in: 0...6, using: &random)), text("ab", Int.random(in: 0...6, using: &random))
      )
      let expected = fits(pattern[...], name[...])
      hits += expected ? 1 : 0
      #expect(try NamePattern(pattern).fits(name) == expected, "\(pattern) \(name)")
    }
    #expect(hits > 200)
  }
}
