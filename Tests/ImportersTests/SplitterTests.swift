import Foundation
import TestSupport
import Testing

@testable import Importers

@Suite struct SplitterTests {
  /// What the splitter makes of a text: documents, and `line: reason` for what is broken.
  private func split(_ text: String) throws -> [String] {
    let folder = try ScratchFolder()
    var splitter = try XMLDocumentSplitter(path: InputPath(folder.write(text, to: "a.xml")))
    var found: [String] = []
    while let item = try splitter.next() {
      switch item {
      case .piece(let bytes, let line): found.append("\(line): \(String(decoding: bytes, as: UTF8.self))")
      case .broken(let reason, let line): found.append("\(line): ! \(reason)")
      }
    }
    return found
  }

  @Test func documentsInARow() throws {
    #expect(
      try split("<A>\n <b>1</b>\n</A>\n<C/>\n<D x='>'><e y=\"</D>\"/></D>") == [
        "1: <A>\n <b>1</b>\n</A>", "4: <C/>", "5: <D x='>'><e y=\"</D>\"/></D>",
      ])
  }

  @Test func commentsDeclarationsAndCDATAAreNoTags() throws {
    #expect(
      try split(
        "\u{FEFF}<?xml version=\"1.0\"?>\n<!-- <X> -->\n<A><![CDATA[</A>]]><!-- </A> --></A>\n<?xml version=\"1.0\"?><B></B>"
      ).count == 2)
  }

  @Test func aRecordThatBreaksOffEndsWhereTheNextBegins() throws {
    #expect(
      try split("<A>\n  <b>1</b>\n<C>\n  <d/>\n</C>\n<E>\n  <f>") == [
        "1: ! the record breaks off before the next one begins", "3: <C>\n  <d/>\n</C>",
        "6: ! the file ends inside this record",
      ])
  }

  @Test func strayTextAndTags() throws {
    #expect(
      try split("hello\n<A></A>\n</B>\n<C></C>\nbye") == [
        "1: ! text outside of any record", "2: <A></A>", "3: ! an end tag without a beginning", "4: <C></C>",
        "5: ! text outside of any record",
      ])
  }

  @Test(arguments: ["<!DOCTYPE x [<!ENTITY a 'b'>]><A>&a;</A>", String(repeating: "<a>", count: 1000)])
  func whatIsNoExportIsRefused(text: String) {
    #expect(throws: (any Error).self) { try split(text) }
  }

  @Test func everyWayToCutAFileGivesTheSameDocuments() throws {
    // The reader takes pieces of a fixed size: a document longer than one piece must survive the cut.
    let long = "<A><b>\(String(repeating: "x<c y='&gt;'/>", count: 40_000))</b></A>"
    #expect(try split(long + "\n" + long).count == 2)
  }

  @Test func jsonValuesInAStream() throws {
    let folder = try ScratchFolder()
    func split(_ text: String) throws -> [String] {
      let splitter = try JSONValueSplitter(path: InputPath(folder.write(text, to: "a.json")))
      var found: [String] = []
      while let item = try splitter.next() {
        switch item {
        case .piece(let data, let line): found.append("\(line): \(String(decoding: data, as: UTF8.self))")
        case .broken(let reason, let line): found.append("\(line): ! \(reason)")
        }
      }
      return found
    }
    #expect(try split("{\"a\":\"}\\\"{\"}\n[1,[2]]{}") == ["1: {\"a\":\"}\\\"{\"}", "2: [1,[2]]", "2: {}"])
    #expect(
      try split("x {\"a\":1}\n{\"b\":") == [
        "1: ! text outside of any value", "1: {\"a\":1}", "2: ! the file ends inside this value",
      ])
    #expect(try split("]\n{}") == ["1: ! a closing bracket without an opening one", "2: {}"])
    #expect(
      try split("{\"a\":[{}]}{\"Elements\"\n:\n[ {\"b\":[1]} ,\n[] ], \"c\":[{}]}{}") == [
        "1: {\"a\":[{}]}", "3: {\"b\":[1]}", "4: []", "4: {}",
      ])
    #expect(
      try split("{\"a\":1,\"datastores\":[{}\n}]}{}") == ["1: {}", "2: ! a closing bracket without an opening one", "2: {}"])
    #expect(try split("{\"a\":\"datastores\",\"b\":{\"datastores\":[1]}}").count == 1)
  }
}
