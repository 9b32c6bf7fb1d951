import Foundation
import FoundationXML

/// Whole events as the vCenter's own interface gives them in JSON; every second file in the envelopes of an event broker.
enum WholeJSONForm {
  static func text(_ records: [StoryRecord]) -> String {
    let isBrokered = (records.first?.key ?? 0) % 2 == 1
    let events = records.map { record in
      let event = Element.read(EventForms.xml(record)).json(isEvent: true)
      guard isBrokered else { return event }
      return "{\"specversion\": \"1.0\", \"type\": \"com.vmware.event.router/event\", \"source\": \"https://vc01/sdk\", "
        + "\"subject\": \"\(record.listedType)\", \"id\": \"\(record.key)\", \"data\": \(event)}"
    }
    return isBrokered ? events.map { $0 + "\n" }.joined() : "[\n" + events.joined(separator: ",\n") + "\n]\n"
  }

  /// An element of the XML form.
  private final class Element {
    let name: String
    let type: String?
    let schemaType: String?
    var text = ""
    var children: [Element] = []

    init(_ name: String, _ attributes: [String: String]) {
      self.name = name
      type = attributes["type"]
      schemaType = attributes.first { $0.key.hasSuffix(":type") }?.value
    }

    static func read(_ xml: String) -> Element {
      let builder = Builder()
      let parser = XMLParser(data: Data(xml.utf8))
      parser.delegate = builder
      _ = parser.parse()
      return builder.root ?? Element("", [:])
    }

    private static let numbers: Set<String> = ["key", "chainId"]

    func json(isEvent: Bool = false) -> String {
      if let type { return "{\"_typeName\": \"ManagedObjectReference\", \"type\": \"\(type)\", \"value\": \"\(text)\"}" }
      if children.isEmpty, schemaType?.hasPrefix("xsd:") ?? true {
        if Self.numbers.contains(name), Int(text) != nil { return text }
        return text == "true" || text == "false" ? text : "\"\(CollectForm.escape(text))\""
      }
      var members: [String] = []
      if let className = isEvent ? name : schemaType { members.append("\"_typeName\": \"\(className)\"") }
      var seen: Set<String> = []
      for child in children where seen.insert(child.name).inserted {
        let all = children.filter { $0.name == child.name }
        let isList = child.name == "arguments" || all.count > 1
        let value = isList ? "[" + all.map { $0.json() }.joined(separator: ", ") + "]" : child.json()
        members.append("\"\(child.name)\": \(value)")
      }
      return "{" + members.joined(separator: ", ") + "}"
    }
  }

  private final class Builder: NSObject, XMLParserDelegate {
    var root: Element?
    private var open: [Element] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String] = [:]
    ) {
      let element = Element(name, attributes)
      if let last = open.last { last.children.append(element) } else { root = element }
      open.append(element)
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) { open.last?.text += text }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
      _ = open.popLast()
    }
  }
}
