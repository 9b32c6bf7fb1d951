internal import Foundation
internal import Inventory

/// Turns text in another encoding into UTF-8, piece by piece, with the system's `iconv`: a piece may end inside a character.
final class Transcoder {
  private let converter: iconv_t
  /// The bytes of the smallest piece of the encoding: one that is no text is passed over whole.
  private let unitSize: Int
  /// The beginning of a character whose rest is in the next piece.
  private var rest = Data()

  /// Stands for what is no text. No UTF-8 holds it, so that the record around it is set aside.
  private static let invalid: UInt8 = 0xff

  /// - Throws: `usage` for an encoding that the system does not know.
  init(encoding: String) throws {
    // Glibc takes more than names: "//IGNORE" behind one would drop characters in silence.
    let isName = encoding.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "/") }
    guard isName, !encoding.isEmpty, let opened = iconv_open("UTF-8", encoding), Int(bitPattern: opened) != -1 else {
      throw YadokariError(
        .usage, "\"\(encoding)\" is no encoding; name one as iconv does, such as windows-1252, utf-16le or utf-8")
    }
    converter = opened
    let digits = encoding.filter(\.isNumber)
    unitSize = digits == "16" || digits == "2" ? 2 : digits == "32" || digits == "4" ? 4 : 1
  }

  deinit { iconv_close(converter) }

  /// The encoding that the mark at the beginning of a file tells, and the length of the mark.
  static func marked(_ head: Data) -> (encoding: String, length: Int)? {
    // UTF-32's mark begins with that of UTF-16.
    if head.starts(with: [0xff, 0xfe, 0, 0]) { return ("UTF-32LE", 4) }
    if head.starts(with: [0, 0, 0xfe, 0xff]) { return ("UTF-32BE", 4) }
    if head.starts(with: [0xff, 0xfe]) { return ("UTF-16LE", 2) }
    if head.starts(with: [0xfe, 0xff]) { return ("UTF-16BE", 2) }
    return nil
  }

  func utf8(_ piece: Data) -> Data {
    var input = rest + piece
    rest = Data()
    var text = Data()
    var output = [CChar](repeating: 0, count: 1 << 16)
    input.withUnsafeMutableBytes { bytes in
      var next = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      var left = bytes.count
      while left > 0 {
        let reason = output.withUnsafeMutableBytes { space -> Int32 in
          var place = space.baseAddress?.assumingMemoryBound(to: CChar.self)
          var room = space.count
          errno = 0
          let result = iconv(converter, &next, &left, &place, &room)
          let reason = result == Int.max || result == -1 ? errno : 0
          text.append(contentsOf: space.prefix(space.count - room))
          return reason
        }
        switch reason {
        case EINVAL:
          rest = Data(bytes.suffix(left))
          left = 0
        case EILSEQ:
          text.append(Self.invalid)
          let unit = min(unitSize, left)
          next = next?.advanced(by: unit)
          left -= unit
        default: break
        }
      }
    }
    return text
  }

  /// What is left when the file ends in the middle of a character.
  func finish() -> Data {
    defer { rest = Data() }
    return rest.isEmpty ? Data() : Data([Self.invalid])
  }
}
