internal import Foundation
internal import Inventory
internal import Reports

/// Standard output, or a file, written in large pieces.
final class Output {
  private var buffer: [UInt8] = []
  private let handle: FileHandle

  init(to handle: FileHandle = .standardOutput) { self.handle = handle }

  func write(_ text: String) throws { try write(text.utf8) }

  func write(_ bytes: some Sequence<UInt8>) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count > 1 << 16 { try flush() }
  }

  /// - Throws: `failed` where the other end has gone, or the disk is full.
  func flush() throws {
    defer { buffer.removeAll(keepingCapacity: true) }
    var rest = buffer[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(handle.fileDescriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        let reason = errno == EBADF ? "it is closed" : String(cString: strerror(errno))
        throw YadokariError(.failed, "the output cannot be written: \(reason); check where it goes")
      }
    }
  }

  /// Keeps a file that is opened later from taking the place of a standard stream that is closed, where it would be read or
  /// written for it.
  static func occupyClosedStreams() {
    for (stream, wrongWay) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
    where fcntl(stream, F_GETFD) < 0 {
      // The lowest number that is free is this one.
      _ = open("/dev/null", wrongWay)
    }
  }
}

/// Says something to the person, beside the data. A name in it cannot move the cursor; it may have several lines.
func say(_ text: String) {
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { printable(String($0)) }
  // An error while an error is printed has no place to go.
  try? FileHandle.standardError.write(contentsOf: Data((lines.joined(separator: "\n") + "\n").utf8))
}

/// Prints one line of text for a person, on standard output.
func show(_ line: String) { print(printable(line)) }
