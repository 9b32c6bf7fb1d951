internal import Inventory

/// The texts that the cells of a workbook share, by number. They lie in one piece: most are never asked for.
final class SharedStrings: XMLPartHandler {
  /// The most that they may take, in bytes.
  static let sizeLimit = 128 << 20

  let isDone = false
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var isInText = false
  /// Within how one is pronounced, which is no part of the text.
  private var isPhonetic = false

  var count: Int { ends.count }

  /// Nil for a number that there is not.
  subscript(number: Int) -> ArraySlice<UInt8>? {
    guard ends.indices.contains(number) else { return nil }
    return bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]]
  }

  func start(_ name: XMLName, _ attributes: XMLAttributes) {
    switch name {
    case "t": isInText = !isPhonetic
    case "rPh": isPhonetic = true
    default: break
    }
  }

  func end(_ name: XMLName) {
    switch name {
    case "t": isInText = false
    case "rPh": isPhonetic = false
    case "si": ends.append(bytes.count)
    default: break
    }
  }

  func text(_ text: UnsafeBufferPointer<UInt8>) { if isInText { bytes.append(contentsOf: text) } }
}
