internal import ArgumentParser
internal import Reports

/// In which order what happened is printed: on lists and reports of happenings.
struct OrderOptions: ParsableArguments {
  @Flag(help: "Oldest first in tables and pages, newest first in data.")
  var reverse = false

  /// People look for what happened last; programs read on from what they have.
  func isNewestFirst(in format: OutputFormat) -> Bool { format.isForPeople != reverse }
}
