internal import CLibXML2

/// The name of an element without its prefix, valid during the call only.
struct XMLName {
  let address: UnsafePointer<xmlChar>

  static func ~= (name: StaticString, element: XMLName) -> Bool { xmlStrEqual(element.address, name.utf8Start) != 0 }
}
