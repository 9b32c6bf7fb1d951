/// A file to read: where its content lies, and what a person calls it.
struct InputPath: Sendable, CustomStringConvertible {
  /// As it was given; `-` is standard input.
  let name: String
  /// Holds what came through a pipe, which can be read only once.
  private let piped: PipedInput?
  /// The encoding of its text that a person named; nil where its mark tells, or it is UTF-8.
  var encoding: String?

  init(_ name: String, piped: PipedInput? = nil) {
    self.name = name
    self.piped = piped
  }

  /// Where to open it.
  var location: String { piped?.location ?? name }

  /// Whether it came through a pipe, so that it has no date of its own.
  var isPiped: Bool { piped != nil }

  static func isUTF8(_ encoding: String) -> Bool { ["utf-8", "utf8"].contains(encoding.lowercased()) }

  var description: String { name }
}
