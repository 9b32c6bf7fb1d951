extension Instant {
  /// Reads RFC 3339: `2026-11-23T11:18:51Z`, any number of fraction digits (those past the sixth are cut off), a zone as `Z`
  /// or `±hh:mm`, a blank for the `T`. A text without a zone is refused: a zone is never guessed.
  package init?(rfc3339 text: some StringProtocol) {
    // In place where the text lies in one piece, as nearly all do.
    let read = text.utf8.withContiguousStorageIfAvailable { Self.microseconds($0) }
    guard let microseconds = read ?? Array(text.utf8).withUnsafeBufferPointer({ Self.microseconds($0) }) else { return nil }
    self.init(microseconds: microseconds)
  }

  private static func microseconds(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    var reader = DigitReader(bytes: text)
    guard let year = reader.number(digits: 4), reader.take("-"), let month = reader.number(digits: 2), reader.take("-"),
      let day = reader.number(digits: 2), reader.take("T") || reader.take("t") || reader.take(" "),
      let hour = reader.number(digits: 2), reader.take(":"), let minute = reader.number(digits: 2), reader.take(":"),
      let second = reader.number(digits: 2), hour < 24, minute < 60, second <= 60,
      let days = CalendarTime.daysSince1970(year: year, month: month, day: day)
    else { return nil }
    var fraction = 0
    if reader.take(".") {
      guard let digits = reader.fraction() else { return nil }
      fraction = digits
    }
    guard let offset = reader.zone(), reader.isAtEnd else { return nil }
    let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset
    let microseconds = Int64(seconds) * 1_000_000 + Int64(fraction)
    // Year 1 is how Go writes "not set", and our own mark for it. A zone can carry the first and the last day out of the
    // years that RFC 3339 can write.
    guard Instant.distantPast.microseconds < microseconds, microseconds < Instant.distantFuture.microseconds else {
      return nil
    }
    return microseconds
  }
}

/// Walks over the bytes of a time.
private struct DigitReader {
  let bytes: UnsafeBufferPointer<UInt8>
  var place = 0

  var isAtEnd: Bool { place == bytes.count }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func digit() -> Int? {
    guard place < bytes.count, (0x30...0x39).contains(bytes[place]) else { return nil }
    place += 1
    return Int(bytes[place - 1] - 0x30)
  }

  mutating func number(digits: Int) -> Int? {
    var value = 0
    for _ in 0..<digits {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  /// Microseconds from the digits after the point; at least one digit.
  mutating func fraction() -> Int? {
    var value = 0
    var count = 0
    while let digit = digit() {
      if count < 6 { value = value * 10 + digit }
      count += 1
    }
    guard count > 0 else { return nil }
    for _ in min(count, 6)..<6 { value *= 10 }
    return value
  }

  /// Seconds east of UTC.
  mutating func zone() -> Int? {
    if take("Z") || take("z") { return 0 }
    let sign: Int
    if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
    guard let hours = number(digits: 2), hours < 24 else { return nil }
    _ = take(":")
    guard let minutes = number(digits: 2), minutes < 60 else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }
}
