internal import Foundation

/// Turns UTF-16 into UTF-8, piece by piece: a piece may end inside a unit or between the halves of a pair.
struct UTF16Transcoder {
  private let isBigEndian: Bool
  private var oddByte: UInt8?
  private var half: UInt16?

  /// Stands for what is no text. No UTF-8 holds it, so that the record around it is set aside.
  private static let invalid: UInt8 = 0xff

  /// Nil where a file that begins so is not UTF-16.
  init?(byteOrderMark: Data) {
    switch Array(byteOrderMark) {
    case [0xff, 0xfe]: isBigEndian = false
    case [0xfe, 0xff]: isBigEndian = true
    default: return nil
    }
  }

  mutating func utf8(_ piece: Data) -> Data {
    var text: [UInt8] = []
    text.reserveCapacity(piece.count)
    for byte in piece {
      guard let first = oddByte else {
        oddByte = byte
        continue
      }
      oddByte = nil
      let (high, low) = isBigEndian ? (first, byte) : (byte, first)
      append(UInt16(high) << 8 | UInt16(low), to: &text)
    }
    return Data(text)
  }

  /// What is left when the file ends in the middle of a character.
  mutating func finish() -> Data {
    defer { (oddByte, half) = (nil, nil) }
    return oddByte == nil && half == nil ? Data() : Data([Self.invalid])
  }

  private mutating func append(_ unit: UInt16, to text: inout [UInt8]) {
    if let lead = half {
      half = nil
      if UTF16.isTrailSurrogate(unit) {
        let scalar = Unicode.Scalar(0x1_0000 + (UInt32(lead) - 0xd800) << 10 + (UInt32(unit) - 0xdc00))
        text.append(contentsOf: scalar.map { Array(UTF8.encode($0) ?? .init()) } ?? [Self.invalid])
        return
      }
      text.append(Self.invalid)
    }
    if unit < 0x80 {
      text.append(UInt8(unit))
    } else if UTF16.isLeadSurrogate(unit) {
      half = unit
    } else if let scalar = Unicode.Scalar(unit), let encoded = UTF8.encode(scalar) {
      text.append(contentsOf: encoded)
    } else {
      text.append(Self.invalid)
    }
  }
}
