/// Takes the elements of a small part one by one: each with its attributes, and the text of those without others in them.
final class XMLElementList: XMLPartHandler {
  let isDone = false
  private let element: (XMLName, XMLAttributes) -> Void
  private let content: (XMLName, String) -> Void
  private var bytes: [UInt8] = []

  init(
    element: @escaping (XMLName, XMLAttributes) -> Void = { _, _ in },
    content: @escaping (XMLName, String) -> Void = { _, _ in }
  ) {
    (self.element, self.content) = (element, content)
  }

  func start(_ name: XMLName, _ attributes: XMLAttributes) {
    bytes.removeAll(keepingCapacity: true)
    element(name, attributes)
  }

  func end(_ name: XMLName) {
    content(name, String(decoding: bytes, as: UTF8.self))
    bytes.removeAll(keepingCapacity: true)
  }

  func text(_ text: UnsafeBufferPointer<UInt8>) { bytes.append(contentsOf: text) }
}
