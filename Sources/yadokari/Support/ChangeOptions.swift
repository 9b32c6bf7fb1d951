internal import ArgumentParser

/// How to change something: on every command that does.
struct ChangeOptions: ParsableArguments {
  @Flag(help: "Show what would be done, and do nothing.")
  var plan = false

  @Flag(name: .shortAndLong, help: "Ask nothing. (Nothing is asked yet.)")
  var yes = false

  @Option(help: "Why; kept with the event.")
  var reason: String?

  @Option(help: "Who; kept with the event.")
  var actor: String?
}
