import Testing

@testable import Importers

/// What the XML parser makes of a record, and what it refuses.
@Suite struct XMLRecordTests {
  private static let instance = "http://www.w3.org/2001/XMLSchema-instance"

  private func fields(_ body: String) throws -> [ForeignField] {
    try #require(XMLRecordParser.records(in: Array("<A>\(body)</A>".utf8)), "\(body)")[0].fields
  }

  private func text(_ body: String) throws -> String? { try fields("<m>\(body)</m>")[0].value.text }

  @Test(arguments: [
    ("a &lt;b&gt; &amp; &quot;c&quot; &apos;d&apos;", "a <b> & \"c\" 'd'"), ("&#233;&#x1F600;", "\u{E9}\u{1F600}"),
    ("<![CDATA[</m>&amp;]]> x", "</m>&amp; x"), ("a<!-- <m> -->b<?p q?>c", "abc"), (" \n a\t", " \n a\t"),
    ("a\r\nb", "a\nb"),
  ])
  func textIsWhatXMLSaysItIs(xml: String, expected: String) throws {
    #expect(try text(xml) == expected)
  }

  @Test func longTextsComeWhole() throws {
    // The parser hands them over in pieces.
    let long = String(repeating: "caf\u{E9} \u{1F980}&amp;", count: 20_000)
    #expect(try text(long) == long.replacing("&amp;", with: "&"))
  }

  @Test func textBesideElementsIsNotKept() throws {
    let found = try fields("x<b>y<c>1</c>z</b>w")
    #expect(found.count == 1 && found[0].value.fields.map(\.name.text) == ["c"])
    #expect(found[0].value.fields[0].value.text == "1")
  }

  @Test(arguments: [
    "<v type='VirtualMachine'>vm-1</v>", "<v other=\"'type'\" type=\"VirtualMachine\">vm-1</v>",
    "<v xmlns:q='\(instance)' q:type='ManagedObjectReference' type='VirtualMachine'>vm-1</v>",
  ])
  func thePlainAttributeTypeMarksAReference(xml: String) throws {
    guard case .reference("VirtualMachine", "vm-1") = try fields(xml)[0].value else {
      Issue.record("\(xml)")
      return
    }
  }

  @Test(arguments: ["xsi", "q", "_"])
  func theSchemaTypeIsFoundUnderAnyPrefix(prefix: String) throws {
    let value = try fields("<f xmlns:\(prefix)='\(Self.instance)' \(prefix):type='NoHost'/>")[0].value
    guard case .object(let within, "NoHost") = value, within.isEmpty else {
      Issue.record("\(value)")
      return
    }
  }

  @Test func aPrefixMeansWhatItsElementSays() throws {
    // Declared far outside; bound anew inside; undeclared, where the usual one is understood and no other.
    let found = try fields(
      "<a xmlns:q='\(Self.instance)'><f q:type='N'/><f xmlns:q='urn:other' q:type='N'/></a><f xsi:type='N'/><f z:type='N'/>")
    let values = found[0].value.fields.map(\.value) + found[1...].map(\.value)
    let types = values.map { value in if case .object(_, let type) = value { type } else { nil as String? } }
    #expect(types == ["N", nil, "N", nil])
    #expect(try fields("<v:key xmlns:v='urn:vim25'>1</v:key>")[.key]?.text == "1")
  }

  @Test func attributeValuesMayHoldQuotesTagsAndEntities() throws {
    for xml in ["<v type='a\"&gt;&amp;>'>1</v>", "<v type=\"a&quot;>&#38;&#62;\">1</v>"] {
      guard case .reference(let type, "1") = try fields(xml)[0].value else {
        Issue.record("\(xml)")
        continue
      }
      #expect(type == "a\">&>")
    }
  }

  @Test func manyNamesAreKeptApart() throws {
    let names = (0..<2000).map { "field\($0)" }
    let found = try fields(names.map { "<\($0)>\($0)</\($0)>" }.joined() + names.map { "<\($0)/>" }.joined())
    #expect(found.map(\.name.text) == names + names)
    #expect(found.prefix(2000).map(\.value.text) == names)
  }

  @Test(arguments: [
    "<m>&nosuch;</m>", "<m>&</m>", "<m>&#0;</m>", "<m>&#xD800;</m>", "<m>\u{1}</m>", "<m>]]></m>", "<m>a", "<m></n>",
    "</A><A>x",
    "<m a='1' a='2'/>", "<m a=1/>", "<m a='<'/>", "<m a/>", "<1/>", "<m><!-- -- --></m>", "<!DOCTYPE a>",
    "<?xml version='1.0'?>",
    "<!ENTITY e 'x'>", String(repeating: "<m>", count: 300) + String(repeating: "</m>", count: 300),
  ])
  func whatIsNotWellFormedIsRefusedWhole(body: String) {
    let records = XMLRecordParser.records(in: Array("<B/><A>\(body)</A>".utf8))
    #expect(records == nil || body == "</A><A>x" && records?.count == 3, "\(body)")
  }

  @Test(
    arguments: [
      [0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xfe, 0xff, 0x00, 0x41],
    ] as [[UInt8]])
  func bytesThatAreNoUTF8AreRefusedWhereverTheyStand(bytes: [UInt8]) {
    for (before, after) in [("<A><m>", "</m></A>"), ("<A><m a='", "'/></A>"), ("<A><m", "/></A>"), ("<A><!--", "--></A>")] {
      #expect(XMLRecordParser.records(in: Array(before.utf8) + bytes + Array(after.utf8)) == nil, "\(before)")
    }
  }

  @Test func aRunGivesItsRecordsInOrder() throws {
    let run = (0..<5000).map { "<R\($0 % 7)><key>\($0)</key></R\($0 % 7)>\n" }.joined()
    let records = try #require(XMLRecordParser.records(in: Array(run.utf8)))
    #expect(records.map { $0[.key]?.text } == (0..<5000).map { String($0) })
    #expect(records.prefix(8).map(\.className) == ["R0", "R1", "R2", "R3", "R4", "R5", "R6", "R0"])
    #expect(XMLRecordParser.records(in: [])?.isEmpty == true)
  }
}
