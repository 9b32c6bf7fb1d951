internal import CLibXML2

/// The attributes of an element, valid during the call only.
struct XMLAttributes {
  let addresses: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  let count: Int

  /// The text of the first one of this name, whatever its prefix.
  subscript(name: StaticString) -> String? {
    guard let addresses else { return nil }
    for number in 0..<count {
      let attribute = XMLAttribute(addresses + number * XMLAttribute.size)
      if attribute.isNamed(name) { return attribute.text }
    }
    return nil
  }
}
