internal import ArgumentParser

/// Who changes something, and why: on every command that leaves an event.
struct ChangeOptions: ParsableArguments {
  @Option(help: "Why; kept with the event.")
  var reason: String?

  @Option(help: "Who; kept with the event.")
  var actor: String?

  func validate() throws { try refuseBlank(("--reason", reason), ("--actor", actor)) }
}
