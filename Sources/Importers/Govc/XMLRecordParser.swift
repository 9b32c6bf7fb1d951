internal import CLibXML2

/// Turns XML documents into records: element name is the class, children are the fields.
///
/// libxml2 calls it for each piece that it meets. There is no document type declaration, so there are no entities but the
/// five of XML; nothing is fetched, no tree is built.
struct XMLRecordParser {
  /// An element that has others in it.
  private struct Element {
    let name: ForeignName
    let schemaType: String?
    /// While it is open, the fields before it in the element around it.
    var fields: [ForeignField]
  }

  private var open: [Element] = []
  /// The fields of the last of these, as far as they are known.
  private var fields: [ForeignField] = []
  /// Whether the innermost element has had none in it yet; most never have. Until then it is told by these four.
  private var isLeaf = false
  private var name = ForeignName("")
  /// The plain attribute `type`: the element is a managed object reference.
  private var referenceType: String?
  /// The type by the XML Schema instance attribute, whatever its prefix.
  private var schemaType: String?
  private var text = ""
  private var records: [ForeignRecord] = []
  private var names = XMLNameCache()

  /// The records of a run of documents; nil where they are not well-formed UTF-8.
  static func records(in documents: [UInt8]) -> [ForeignRecord]? {
    guard isUTF8(documents) else { return nil }
    let whole = Array("<r>".utf8) + documents + Array("</r>".utf8)
    var parser = XMLRecordParser()
    let isWellFormed = withUnsafeMutablePointer(to: &parser) { parser in
      whole.withUnsafeBytes { SAXHandler.parse($0, telling: parser) }
    }
    return isWellFormed && parser.open.isEmpty ? parser.records : nil
  }

  static func isUTF8(_ bytes: [UInt8]) -> Bool { (try? UTF8Span(validating: bytes.span)) != nil }

  /// - Parameter attributes: `XMLAttribute.size` addresses for each of `count`.
  mutating func start(
    _ name: UnsafePointer<xmlChar>, _ attributes: UnsafePointer<UnsafePointer<xmlChar>?>?, count: Int
  ) {
    if isLeaf {
      open.append(Element(name: self.name, schemaType: schemaType, fields: fields))
      fields = []
      // A record has about a dozen fields, a field that has some mostly two.
      fields.reserveCapacity(open.count == 2 ? 16 : 2)
    }
    self.name = names[name]
    (referenceType, schemaType, text) = (nil, nil, "")
    isLeaf = true
    for index in 0..<count {
      guard let attribute = attributes.map({ XMLAttribute($0 + index * XMLAttribute.size) }), attribute.isNamed("type")
      else { continue }
      if attribute.isPlain {
        referenceType = attribute.text
      } else if attribute.isOfSchemaInstance {
        schemaType = attribute.text
      }
    }
  }

  /// What stands beside elements in another is not kept.
  mutating func append(_ characters: UnsafeBufferPointer<xmlChar>) {
    guard isLeaf else { return }
    let piece = String(decoding: characters, as: UTF8.self)
    if text.isEmpty { text = piece } else { text += piece }
  }

  mutating func end() {
    if isLeaf {
      isLeaf = false
      add(name, leafValue)
    } else if var element = open.popLast() {
      swap(&fields, &element.fields)
      add(element.name, .object(element.fields, type: element.schemaType))
    }
  }

  /// Gives a finished element to the one around it, or to the records.
  private mutating func add(_ name: ForeignName, _ value: ForeignValue) {
    switch open.count {
    case 0: break
    case 1: records.append(ForeignRecord(className: name.text, fields: value.fields))
    default: fields.append(ForeignField(name: name, value: value))
    }
  }

  private var leafValue: ForeignValue {
    if let referenceType { return .reference(type: referenceType, id: text) }
    if text.isEmpty, let schemaType, !schemaType.hasPrefix("xsd:") { return .object([], type: schemaType) }
    return .text(text)
  }
}
