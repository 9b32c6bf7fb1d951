internal import Foundation
internal import FoundationXML

/// What the import stands beside: the same file through the XML parser, and nothing done with what it says.
final class PlainParsing: NSObject, XMLParserDelegate {
  static let flag = "--parse-only"

  private static let runSize = 1 << 20
  private var elements = 0

  /// Runs in a process of its own, so that the parser's memory and time are seen alone. The parser refuses very large
  /// documents, so the file goes through it in runs of whole records.
  static func run(_ path: String) throws {
    let file = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    let delegate = PlainParsing()
    var start = file.startIndex
    while start < file.endIndex {
      var end = file.endIndex
      if file.distance(from: start, to: end) > runSize,
        let mark = file.range(of: Data("\n</".utf8), in: (start + runSize)..<file.endIndex),
        let close = file[mark.upperBound...].firstIndex(of: UInt8(ascii: ">"))
      {
        end = close + 1
      }
      let parser = XMLParser(data: Data("<r>".utf8) + file[start..<end] + Data("</r>".utf8))
      parser.shouldProcessNamespaces = true
      parser.shouldReportNamespacePrefixes = true
      parser.delegate = delegate
      guard parser.parse() else { throw BenchError("\(path) is not well-formed near byte \(start)") }
      start = end
    }
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
