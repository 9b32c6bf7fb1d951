/// The one error of the package: what went wrong, in words for a person, and of which kind it is.
package struct YadokariError: Error, Sendable, Equatable {
  /// The kinds of failure. The raw value is the exit code of the command line.
  package enum Code: Int32, Sendable {
    case failed = 1
    case partlyDone = 2
    case notFound = 3
    case refused = 4
    case conflict = 5
    case timedOut = 6
    case unreachable = 7
    case notAllowed = 8
    case usage = 64
  }

  package let code: Code
  /// Names the file, the place and the cure.
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}

extension YadokariError: CustomStringConvertible {
  package var description: String { message }
}
