internal import CLibXML2
internal import Inventory

/// Reads a part of a workbook as it is unpacked, through libxml2's SAX2: nothing of it is kept, nothing is fetched.
final class XMLPart {
  private let handler: any XMLPartHandler
  private var problem: (any Error)?
  private var hasDocumentType = false

  private init(_ handler: any XMLPartHandler) { self.handler = handler }

  /// Parses the part of a name, to its end or until the handler has seen enough.
  /// - Returns: whether there is such a part.
  /// - Throws: `failed` for one that is not well-formed; what the handler throws.
  static func parse(
    _ name: String, of archive: ZipArchive, at path: InputPath, limit: Int = ZipArchive.sizeLimit,
    telling handler: any XMLPartHandler
  ) throws -> Bool {
    guard let context = xmlCreatePushParserCtxt(nil, nil, nil, 0, nil), let calls = context.pointee.sax else {
      throw YadokariError(.failed, "the library that reads XML cannot be used")
    }
    defer { xmlFreeParserCtxt(context) }
    xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOENT.rawValue))
    calls.pointee = Self.calls
    let part = XMLPart(handler)
    context.pointee.userData = Unmanaged.passUnretained(part).toOpaque()
    return try withExtendedLifetime(part) {
      func check() throws {
        if let problem = part.problem { throw problem }
        if part.hasDocumentType {
          throw YadokariError(.failed, "\(path), \(name): a document type declaration, which no workbook has")
        }
        guard context.pointee.wellFormed != 0 else {
          throw YadokariError(.failed, "\(path), \(name): not well-formed XML; open it in Excel and save it again")
        }
      }
      let isThere = try archive.read(name, limit: limit) { piece in
        xmlParseChunk(context, piece.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(piece.count), 0)
        try check()
        return !handler.isDone
      }
      guard isThere, !handler.isDone else { return isThere }
      xmlParseChunk(context, nil, 0, 1)
      try check()
      return true
    }
  }

  private static var calls: xmlSAXHandler {
    var calls = xmlSAXHandler()
    calls.initialized = UInt32(XML_SAX2_MAGIC)
    calls.startElementNs = { context, name, _, _, _, _, count, _, attributes in
      guard let name else { return }
      XMLPart.part(context)?.tell {
        try $0.start(XMLName(address: name), XMLAttributes(addresses: attributes, count: Int(count)))
      }
    }
    calls.endElementNs = { context, name, _, _ in
      guard let name else { return }
      XMLPart.part(context)?.tell { try $0.end(XMLName(address: name)) }
    }
    calls.characters = { context, characters, count in
      XMLPart.part(context)?.tell { try $0.text(UnsafeBufferPointer(start: characters, count: Int(count))) }
    }
    calls.ignorableWhitespace = calls.characters
    calls.cdataBlock = calls.characters
    calls.internalSubset = { context, _, _, _ in XMLPart.part(context)?.hasDocumentType = true }
    calls.serror = { _, _ in }
    return calls
  }

  private func tell(_ call: (any XMLPartHandler) throws -> Void) {
    guard problem == nil, !hasDocumentType, !handler.isDone else { return }
    do { try call(handler) } catch { problem = error }
  }

  private static func part(_ context: UnsafeMutableRawPointer?) -> XMLPart? {
    context.map { Unmanaged<XMLPart>.fromOpaque($0).takeUnretainedValue() }
  }
}
