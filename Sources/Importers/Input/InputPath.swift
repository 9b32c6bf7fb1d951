/// A file to read: where its content lies, and what a person calls it.
struct InputPath: Sendable, CustomStringConvertible {
  /// As it was given; `-` is standard input.
  let name: String
  /// Holds what came through a pipe, which can be read only once.
  private let piped: PipedInput?

  init(_ name: String, piped: PipedInput? = nil) {
    self.name = name
    self.piped = piped
  }

  /// Where to open it.
  var location: String { piped?.location ?? name }

  /// Whether it came through a pipe, so that it has no date of its own.
  var isPiped: Bool { piped != nil }

  var description: String { name }
}
