internal import CLibXML2

/// The names of elements by their addresses: within one document libxml2 keeps each name once.
struct XMLNameCache {
  private struct Entry {
    let address: UnsafePointer<xmlChar>
    let name: ForeignName
  }

  /// Each address has one place; a name that finds its place taken drives out the other.
  private var entries: [Entry?] = Array(repeating: nil, count: 256)

  subscript(address: UnsafePointer<xmlChar>) -> ForeignName {
    mutating get {
      let bits = UInt(bitPattern: address)
      let place = Int(truncatingIfNeeded: (bits ^ bits >> 8) & 255)
      if let entry = entries[place], entry.address == address { return entry.name }
      let name = ForeignName(String(cString: address))
      entries[place] = Entry(address: address, name: name)
      return name
    }
  }
}
