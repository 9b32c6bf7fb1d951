internal import ArgumentParser
internal import Inventory

/// A stretch of time: on every history.
struct HistoryOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: TimeArgument.help("Start of the time range."))
  var since: TimeArgument?

  @Option(parsing: .unconditional, help: TimeArgument.help("End of the time range."))
  var until: TimeArgument?

  /// The ends that were given.
  func asked() throws -> (since: Instant?, until: Instant?) {
    let window = try window()
    return (since == nil ? nil : window.since, until == nil ? nil : window.until)
  }

  /// Both ends; where one is not given, the end of time on that side.
  /// - Throws: `usage` for a window that ends before it begins: an empty answer to it would look like good news.
  func window() throws -> (since: Instant, until: Instant) {
    let (since, until) = (try since?.instant() ?? .distantPast, try until?.instant() ?? .distantFuture)
    guard since <= until else {
      throw YadokariError(.usage, "--since \(since) is later than --until \(until); swap them")
    }
    return (since, until)
  }
}
