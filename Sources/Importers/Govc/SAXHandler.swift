internal import CLibXML2

/// The calls of libxml2's parser, handed on to an `XMLRecordParser`.
enum SAXHandler {
  /// Parses one whole document.
  /// - Returns: whether it is well-formed. If not, `parser` was told only what came before the error.
  static func parse(_ document: UnsafeRawBufferPointer, telling parser: UnsafeMutablePointer<XMLRecordParser>) -> Bool {
    guard let count = Int32(exactly: document.count),
      let context = xmlCreateMemoryParserCtxt(document.baseAddress?.assumingMemoryBound(to: CChar.self), count)
    else { return false }
    defer { xmlFreeParserCtxt(context) }
    // Entities: the five of XML, which attributes would else hold as references. None can be declared: a document type
    // declaration cannot stand in here, and nobody is asked for entities either.
    xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOENT.rawValue))
    guard let handler = context.pointee.sax else { return false }
    handler.pointee = calls
    context.pointee.userData = UnsafeMutableRawPointer(parser)
    return xmlParseDocument(context) == 0 && context.pointee.wellFormed != 0
  }

  /// What is nil here is passed over: comments, processing instructions, all of a document type declaration.
  private static var calls: xmlSAXHandler {
    var calls = xmlSAXHandler()
    calls.initialized = UInt32(XML_SAX2_MAGIC)
    calls.startElementNs = { context, name, _, _, _, _, count, _, attributes in
      guard let name else { return }
      SAXHandler.parser(context)?.pointee.start(name, attributes, count: Int(count))
    }
    calls.endElementNs = { context, _, _, _ in SAXHandler.parser(context)?.pointee.end() }
    calls.characters = { context, characters, count in
      SAXHandler.parser(context)?.pointee.append(UnsafeBufferPointer(start: characters, count: Int(count)))
    }
    // The same function: else libxml2 looks at each blank text to find out whether it can be ignored.
    calls.ignorableWhitespace = calls.characters
    calls.cdataBlock = calls.characters
    // Namespaces that nobody declared are reported here and allowed; what is not well-formed shows in the result.
    calls.serror = { _, _ in }
    return calls
  }

  private static func parser(_ context: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<XMLRecordParser>? {
    context?.assumingMemoryBound(to: XMLRecordParser.self)
  }
}
