internal import CLibXML2

/// An attribute as libxml2 hands it over: five addresses, valid during the call only.
struct XMLAttribute {
  static let size = 5

  private let name: UnsafePointer<xmlChar>?
  private let prefix: UnsafePointer<xmlChar>?
  private let namespace: UnsafePointer<xmlChar>?
  private let begin: UnsafePointer<xmlChar>?
  private let end: UnsafePointer<xmlChar>?

  init(_ addresses: UnsafePointer<UnsafePointer<xmlChar>?>) {
    (name, prefix, namespace) = (addresses[0], addresses[1], addresses[2])
    (begin, end) = (addresses[3], addresses[4])
  }

  func isNamed(_ name: StaticString) -> Bool { Self.equal(self.name, name) }

  /// It has no prefix.
  var isPlain: Bool { prefix == nil }

  /// It belongs to XML Schema instances. Exports that are cut out of a larger document use its usual prefix undeclared.
  var isOfSchemaInstance: Bool {
    if let namespace { return Self.equal(namespace, "http://www.w3.org/2001/XMLSchema-instance") }
    return Self.equal(prefix, "xsi")
  }

  var text: String {
    guard let begin, let end else { return "" }
    return String(decoding: UnsafeBufferPointer(start: begin, count: end - begin), as: UTF8.self)
  }

  private static func equal(_ text: UnsafePointer<xmlChar>?, _ wanted: StaticString) -> Bool {
    xmlStrEqual(text, wanted.utf8Start) != 0
  }
}
