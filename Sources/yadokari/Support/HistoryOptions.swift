internal import ArgumentParser
internal import Inventory

/// A stretch of time: on every history.
struct HistoryOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "Leave out what happened before. \(TimeArgument.help.abstract)")
  var since: TimeArgument?

  @Option(parsing: .unconditional, help: "Leave out what happened after. \(TimeArgument.help.abstract)")
  var until: TimeArgument?

  func sinceInstant() throws -> Instant { try since?.instant() ?? .distantPast }
  func untilInstant() throws -> Instant { try until?.instant() ?? .distantFuture }
}
