internal import Foundation
internal import Inventory

/// The person at the other end: lines from standard input.
struct Terminal {
  /// The longest line, in bytes.
  private static let longest = 1 << 16

  /// The next line without its end; nil where there is none.
  /// - Parameter isSecret: not shown while it is typed.
  static func line(isSecret: Bool) throws -> String? { isSecret ? try withoutEcho(line) : try line() }

  private static func line() throws -> String? {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while bytes.count < longest {
      let count = read(STDIN_FILENO, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self) }
      if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
    }
    throw YadokariError(.usage, "the answer is longer than any can be; nothing was done")
  }

  /// As long as nothing is shown, no key ends the program: the terminal would go on so.
  private static func withoutEcho(_ body: () throws -> String?) throws -> String? {
    var settings = termios()
    guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return try body() }
    var silent = settings
    silent.c_lflag &= ~tcflag_t(ECHO | ISIG)
    tcsetattr(STDIN_FILENO, TCSADRAIN, &silent)
    defer {
      tcsetattr(STDIN_FILENO, TCSADRAIN, &settings)
      say("")
    }
    return try body()
  }
}
