internal import ArgumentParser

/// Who changes something, and why: on every command that leaves an event.
struct ChangeOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Reason recorded with the event.", valueName: "text"))
  var reason: String?

  @Option(help: ArgumentHelp("Name recorded with the event.", valueName: "name"))
  var actor: String?

  func validate() throws { try refuseBlank(("--reason", reason), ("--actor", actor)) }
}
