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

  @Test func whatIsNoNumberIsNull() { #expect(JSONValue.double(.nan).compactText == "null") }

  @Test(arguments: ["", "{", "{\"a\":}", "[1 2]", "nul"])
  func brokenTextIsAnError(text: String) {
    #expect(throws: (any Error).self) { try JSONValue(parsing: Data(text.utf8)) }
  }
}
