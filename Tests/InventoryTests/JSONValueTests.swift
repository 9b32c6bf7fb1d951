import Foundation
import Inventory
import Testing

@Suite struct JSONValueTests {
  @Test func keysKeepTheirOrderAndTextIsEscaped() {
    let value: JSONValue = ["b": 1, "a": ["x\"\\\n\u{1}é", true, nil], "c": [:], "d": []]
    #expect(value.compactText == #"{"b":1,"a":["x\"\\\n\u0001é",true,null],"c":{},"d":[]}"#)
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let value: JSONValue = ["a": [1, -9_223_372_036_854_775_808, "\u{0}\t", false], "n": nil, "z": ["deep": ["er": "é😀"]]]
    #expect(try JSONValue(parsing: Data(value.compactText.utf8)) == value)
    #expect(try JSONValue(parsing: Data(value.prettyText(width: 10).utf8)) == value)
  }

  @Test func whatIsLargeIsWrittenInPieces() {
    let value: JSONValue = ["rows": .array((0..<30_000).map { ["n": .int($0), "é": "x"] })]
    var pieces: [String] = []
    value.writePretty { pieces.append($0) }
    let rows = (0..<30_000).map { #"    {"n":\#($0),"é":"x"}"# }.joined(separator: ",\n")
    #expect(pieces.joined() == "{\n  \"rows\": [\n\(rows)\n  ]\n}")
    #expect(pieces.count > 5 && pieces.allSatisfy { $0.utf8.count < 70_000 })
    #expect(value.prettyText() == pieces.joined())
  }

  @Test func whatIsNoNumberIsNull() { #expect(JSONValue.double(.nan).compactText == "null") }

  @Test(arguments: ["", "{", "{\"a\":}", "[1 2]", "nul"])
  func brokenTextIsAnError(text: String) {
    #expect(throws: (any Error).self) { try JSONValue(parsing: Data(text.utf8)) }
  }
}
