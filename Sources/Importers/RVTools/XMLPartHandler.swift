/// What is told of the elements of a part while it is read.
protocol XMLPartHandler: AnyObject {
  /// Whether it has seen enough.
  var isDone: Bool { get }

  func start(_ name: XMLName, _ attributes: XMLAttributes) throws
  func end(_ name: XMLName) throws
  /// A piece of the text within the element; long texts come in several.
  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws
}
