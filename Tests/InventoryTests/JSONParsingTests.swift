import Foundation
import Inventory
import TestSupport
import Testing

@Suite struct JSONParsingTests {
  private func parse(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

  private func error(_ bytes: some Collection<UInt8>) -> JSONError? {
    do {
      _ = try JSONValue(parsing: bytes)
      return nil
    } catch { return error as? JSONError }
  }

  @Test func membersKeepTheirOrderAndTheFirstOfAKeyWins() throws {
    let value = try parse(#" { "b" : 1 , "a" : [ ] , "b" : { } } "#)
    #expect(value == ["b": 1, "a": [], "b": [:]])
    #expect(value["b"] == 1)
  }

  @Test func membersAreReadOneByOneAsTheyAreInTheObject() throws {
    func members(_ text: String) throws -> [JSONValue.Member] {
      var found: [JSONValue.Member] = []
      try Array(text.utf8).withUnsafeBufferPointer { bytes in
        try JSONValue.forEachMember(parsing: bytes) { found.append(.init($0, $1)) }
      }
      return found
    }
    #expect(
      try members(#" {"a":1, "é":[2,{"c":3}], "a":null} "#) == [.init("a", 1), .init("é", [2, ["c": 3]]), .init("a", nil)])
    #expect(try members("{}").isEmpty && members(#"[{"a":1}]"#).isEmpty && members("1").isEmpty)
    for broken in ["", #"{"a":1"#, #"{"a":1,}"#, #"{"a":1} 2"#, #"[{"a":1}"#] {
      #expect(throws: JSONError.self, "\(broken)") { try members(broken) }
    }
  }

  @Test(arguments: [
    ("0", JSONValue.int(0)), ("-0", .int(0)), ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
    ("9223372036854775808", .double(9_223_372_036_854_775_808)),
    ("-9223372036854775809", .double(-9_223_372_036_854_775_808)),
    ("1.0", .double(1)), ("-1.5e-3", .double(-0.0015)), ("1E+2", .double(100)), ("5e-324", .double(.leastNonzeroMagnitude)),
    ("1e308", .double(1e308)),
  ])
  func numbers(text: String, value: JSONValue) throws { #expect(try parse(text) == value) }

  @Test(arguments: [
    "1e999", "-1e999", "01", "-01", "00", "-", "+1", ".5", "1.", "1.e5", "1e", "1e+", "0x1", "NaN", "Infinity", "1_0", "--1",
    String(repeating: "9", count: 400),
  ])
  func whatIsNoNumber(text: String) { #expect(error(text.utf8) != nil) }

  @Test func escapes() throws {
    #expect(try parse(#""\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\uDE00\u0000""#) == "\"\\/\u{8}\u{c}\n\r\tAé😀\0")
    #expect(try parse(#""é😀 \n x\\""#) == "é😀 \n x\\")
    #expect(try parse("\"\u{7f}\u{2028}\"") == "\u{7f}\u{2028}")
  }

  @Test(arguments: [
    (#""\ud83d""#, "half a surrogate pair", 1), (#""\ude00""#, "half a surrogate pair", 1),
    (#""a\ud83dx""#, "half a surrogate pair", 2), (#""\ud83d\u0041""#, "half a surrogate pair", 1),
    (#""\ud83d\ud83d""#, "half a surrogate pair", 1), (#""\x""#, "an unknown escape", 1),
    (#""\u12g4""#, "no hexadecimal digit", 5), (#""\u+123""#, "no hexadecimal digit", 3), (#""\u12"#, "the text ends", 5),
    ("\"a\nb\"", "a control character", 2), ("\"\u{0}\"", "a control character", 1), (#""a\nb"# + "\u{1f}\"", "control", 5),
    ("\"abc", "the text ends inside a string", 4), ("\"abc\\", "the text ends inside a string", 5),
  ])
  func hostileTexts(text: String, reason: String, offset: Int) throws {
    let found = try #require(error(text.utf8))
    #expect(found.reason.contains(reason) && found.offset == offset, "\(found)")
  }

  @Test(
    arguments: [
      [0xff], [0xc0, 0x80], [0xe0, 0x80, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xc3], [0x80], [0xf8, 0x88],
    ] as [[UInt8]])
  func bytesThatAreNoUTF8(bad: [UInt8]) {
    let quote = UInt8(ascii: "\"")
    #expect(error([0x20, quote] + bad + [quote])?.offset == 2)
    #expect(error([quote] + Array(#"\n"#.utf8) + bad + [quote])?.reason == "a text that is not UTF-8")
    #expect(error(bad)?.offset == 0)
  }

  @Test(arguments: [
    ("", "the text ends before a value", 0), ("  ", "the text ends before a value", 2),
    ("{", "the text ends before a key", 1),
    (#"{"a""#, "the text ends before a colon", 4), (#"{"a" 1}"#, "no colon", 5), (#"{"a":}"#, "no value", 5),
    (#"{"a":1,}"#, "no key", 7), ("{a:1}", "no key", 1), ("[1 2]", "no comma", 3), ("[1,]", "no value", 3),
    ("[", "the text ends before a value", 1), ("[1", "the text ends before a comma", 2), ("nul", "no value", 0),
    ("truE", "no value", 0), ("1 1", "something stands after", 2), ("{}]", "something stands after", 2),
    ("\u{FEFF}{}", "no value", 0), ("'a'", "no value", 0), ("// a\n1", "no value", 0), ("[1}", "no comma", 2),
  ])
  func brokenTexts(text: String, reason: String, offset: Int) throws {
    let found = try #require(error(text.utf8))
    #expect(found.reason.contains(reason) && found.offset == offset, "\(found)")
  }

  @Test func nestingEndsAtTwoHundred() throws {
    func nested(_ depth: Int) -> String { String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    _ = try parse(nested(200))
    #expect(error(nested(201).utf8)?.description == "values nested deeper than 200 at byte 200")
    #expect(error(String(repeating: "{\"a\":", count: 1_000_000).utf8)?.reason == "values nested deeper than 200")
  }

  @Test func everyKindOfBytesCanBeRead() throws {
    let text = #"{"a":[1,"b"]}"#
    let value: JSONValue = ["a": [1, "b"]]
    #expect(try JSONValue(parsing: Data(text.utf8)) == value)
    #expect(try JSONValue(parsing: Data("xx\(text)".utf8).dropFirst(2)) == value)
    #expect(try JSONValue(parsing: text.utf8) == value)
    #expect(try JSONValue(parsing: text.utf8.lazy.map { $0 }) == value, "bytes that lie in no one place")
    #expect(error(Data()) != nil)
  }

  @Test func whatIsWrittenIsReadBackWhateverItIs() throws {
    let seed: UInt64 = 20_261_123
    var random = SplitMix64(seed: seed)
    for round in 0..<2_000 {
      let value = Self.value(depth: 0, &random)
      let text = value.compactText
      #expect(try parse(text) == value, "seed \(seed), round \(round): \(text)")
      #expect(try parse(value.prettyText(width: 20)) == value, "seed \(seed), round \(round): \(text)")
    }
  }

  /// Cuts and changed bytes are refused or read, but never crash; what is read can be written and read again.
  @Test func damagedTextsNeverCrash() throws {
    let seed: UInt64 = 7
    var random = SplitMix64(seed: seed)
    for round in 0..<5_000 {
      var bytes = Array(Self.value(depth: 0, &random).compactText.utf8)
      for _ in 0...Int.random(in: 0...2, using: &random) where !bytes.isEmpty {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let cut = bytes.prefix(Int.random(in: 0...bytes.count, using: &random))
      guard let value = try? JSONValue(parsing: cut) else { continue }
      #expect(try parse(value.compactText) == value, "seed \(seed), round \(round)")
    }
  }

  private static func value(depth: Int, _ random: inout SplitMix64) -> JSONValue {
    switch Int.random(in: 0..<(depth < 5 ? 9 : 6), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .int(Int64.random(in: .min ... .max, using: &random) >> Int64.random(in: 0..<64, using: &random))
    case 3:
      let double = Double(bitPattern: random.next())
      return double.isFinite ? .double(double) : .double(0.1)
    case 4, 5: return .string(text(&random))
    case 6: return .array((0..<Int.random(in: 0..<5, using: &random)).map { _ in value(depth: depth + 1, &random) })
    default:
      return .object(
        (0..<Int.random(in: 0..<5, using: &random)).map { _ in
          JSONValue.Member(text(&random), value(depth: depth + 1, &random))
        })
    }
  }

  private static func text(_ random: inout SplitMix64) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0..<20, using: &random) {
      let limit: UInt32 = [0x20, 0x80, 0x800, 0x1_0000, 0x11_0000][Int.random(in: 0..<5, using: &random)]
      let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &random))
      text.unicodeScalars.append(scalar ?? "\u{D7FF}")
    }
    return text
  }
}
