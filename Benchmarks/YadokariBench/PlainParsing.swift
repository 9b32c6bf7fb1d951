internal import Foundation
internal import FoundationXML

/// What the import stands beside: the same file through the XML parser, and nothing done with what it says.
final class PlainParsing: NSObject, XMLParserDelegate {
  static let flag = "--parse-only"

  private static let runSize = 1 << 16
  private var elements = 0

  /// Runs in a process of its own, so that the parser's memory and time are seen alone. The parser refuses very large
  /// documents, so the file goes through it in runs of whole records.
  static func run(_ path: String) throws {
    let file = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped))
    let delegate = PlainParsing()
    var start = 0
    while start < file.count {
      let end = endOfRecord(file, from: start + runSize)
      let parser = XMLParser(data: Data("<r>".utf8) + file[start..<end] + Data("</r>".utf8))
      parser.shouldProcessNamespaces = true
      parser.shouldReportNamespacePrefixes = true
      parser.delegate = delegate
      guard parser.parse() else { throw BenchError("\(path) is not well-formed near byte \(start)") }
      start = end
    }
  }

  /// The end of the first record that ends at `place` or later: its end tag stands at the left margin.
  private static func endOfRecord(_ file: [UInt8], from place: Int) -> Int {
    var at = place
    while at + 2 < file.count {
      if file[at] == 0x0a, file[at + 1] == UInt8(ascii: "<"), file[at + 2] == UInt8(ascii: "/") {
        return file[at...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? file.count
      }
      at += 1
    }
    return file.count
  }

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName qName: String?,
    attributes attributeDict: [String: String]
  ) { elements += 1 }

  func parser(_ parser: XMLParser, foundCharacters string: String) {}

  func parser(
    _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName qName: String?
  ) {}
}
