internal import Foundation
internal import Inventory

/// What standard output is: a terminal with so many columns, or a file or a pipe.
enum Screen {
  /// The narrowest that tables are made for.
  static let narrowest = 40

  /// Whether a person sees the output as it comes.
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Columns for tables: the environment's COLUMNS, else those of the terminal; nil for no limit.
  static var width: Int? {
    if let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 {
      return max(narrowest, columns)
    }
    var size = winsize()
    guard isTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return max(narrowest, Int(size.ws_col))
  }

  /// Whether colours may be used: on a terminal that has them, unless NO_COLOR is set (no-color.org).
  static var hasColours: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isTerminal && environment["TERM"] != "dumb" && (environment["NO_COLOR"] ?? "").isEmpty
  }
}
