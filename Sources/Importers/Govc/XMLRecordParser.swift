internal import Foundation
internal import FoundationXML

/// Turns XML documents into records: element name is the class, children are the fields.
final class XMLRecordParser: NSObject, XMLParserDelegate {
  private static let schemaInstance = "http://www.w3.org/2001/XMLSchema-instance"

  private struct Element {
    let name: String
    /// The plain attribute `type`: the element is a managed object reference.
    let referenceType: String?
    /// The type by the XML Schema instance attribute, whatever its prefix.
    let schemaType: String?
    var text = ""
    var fields: [ForeignField] = []
  }

  private var open: [Element] = []
  private var records: [ForeignRecord] = []
  private var namespaces: [String: String] = [:]

  /// Whether the parser met an error, also one that it went on after.
  private var hasFailed = false

  /// The records of a run of documents; nil where they are not well-formed UTF-8.
  static func records(in documents: [UInt8]) -> [ForeignRecord]? {
    // The parser under this one stops the program at a name that is no UTF-8.
    guard String(validating: documents, as: UTF8.self) != nil else { return nil }
    let delegate = XMLRecordParser()
    let parser = XMLParser(data: Data("<r>".utf8) + documents + Data("</r>".utf8))
    parser.shouldProcessNamespaces = true
    parser.shouldReportNamespacePrefixes = true
    parser.shouldResolveExternalEntities = false
    parser.delegate = delegate
    // It also recovers from errors and says that all went well.
    let isWhole = parser.parse() && parser.parserError == nil && !delegate.hasFailed && delegate.open.isEmpty
    return isWhole ? delegate.records : nil
  }

  func parser(_ parser: XMLParser, parseErrorOccurred parseError: any Error) { hasFailed = true }

  func parser(_ parser: XMLParser, didStartMappingPrefix prefix: String, toURI namespaceURI: String) {
    namespaces[prefix] = namespaceURI
  }

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName qName: String?,
    attributes attributeDict: [String: String]
  ) {
    var referenceType: String?
    var schemaType: String?
    for (name, value) in attributeDict {
      if name == "type" {
        referenceType = value
      } else if let colon = name.firstIndex(of: ":"), name[colon...] == ":type" {
        let prefix = String(name[..<colon])
        if prefix == "xsi" || namespaces[prefix] == Self.schemaInstance { schemaType = value }
      }
    }
    open.append(Element(name: elementName, referenceType: referenceType, schemaType: schemaType))
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    guard !open.isEmpty else { return }
    open[open.count - 1].text += string
  }

  func parser(_ parser: XMLParser, foundCDATA CDATABlock: Data) {
    guard !open.isEmpty else { return }
    open[open.count - 1].text += String(decoding: CDATABlock, as: UTF8.self)
  }

  func parser(
    _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName qName: String?
  ) {
    guard let element = open.popLast() else { return }
    if element.name != elementName { hasFailed = true }
    if open.isEmpty { return }
    if open.count == 1 {
      records.append(ForeignRecord(className: element.name, fields: element.fields))
      return
    }
    let value: ForeignValue
    if !element.fields.isEmpty {
      value = .object(element.fields, type: element.schemaType)
    } else if let type = element.referenceType {
      value = .reference(type: type, id: element.text)
    } else if element.text.isEmpty, let type = element.schemaType, !type.hasPrefix("xsd:") {
      value = .object([], type: type)
    } else {
      value = .text(element.text)
    }
    open[open.count - 1].fields.append(ForeignField(name: element.name, value: value))
  }
}
